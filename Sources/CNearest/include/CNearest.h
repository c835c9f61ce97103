#pragma once

// A C face on nanoflann's kd-tree. All points stand row after row; nothing throws across it and nothing is global.

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The tree; once it is made, any number of threads may ask it.
typedef struct nearest_tree nearest_tree;

/// A tree over `count` points of `width` numbers, both at least 1, which must outlive it; null: there is not enough memory.
///
/// The numbers are finite, and so are the squares of their differences.
nearest_tree *nearest_make(const double *points, int64_t count, int64_t width);

/// Writes the `wanted` points nearest to each of `count` queries by Euclid's distance, the nearest first and of equally
/// far ones the one that comes first: its place to `found`, -1 where there are fewer points, and the square of its distance
/// to `squares`. False: there is not enough memory.
bool nearest_find(
    const nearest_tree *tree, const double *queries, int64_t count, int64_t wanted,
    int32_t *found, double *squares);

/// Frees a tree.
void nearest_free(nearest_tree *tree);

#ifdef __cplusplus
}
#endif
