#pragma once
#include "CTrees.h"

// The same lines make the plain code and that for AVX2, so that both give the same bits.
#define TREES_INLINE static inline __attribute__((always_inline))
#if defined(__x86_64__)
#define TREES_FAST __attribute__((target("avx2,bmi")))
#else
#define TREES_FAST
#endif

// A forest made ready. Inputs are coded in blocks of rows; a code column holds one 16-bit code a row of the block.

// Rows whose codes are compared together: four vectors of sixteen.
#define TREES_GROUP 64
// Leaves of a mask.
#define TREES_STAGE 64
// Trees of more leaves descend.
#define TREES_MASKED_LEAVES 512
// The largest code; thresholds and categories of an input beyond it are left to the library.
#define TREES_CODES TREES_MOST_CATEGORIES

// A code column: an input coded by its thresholds or by its categories.
typedef struct {
  uint32_t feature;
  uint8_t is_category;
  // How many thresholds or categories there are.
  uint32_t count;
  // Thresholds in rising order, with infinities behind them: two to the power of `levels`.
  double *thresholds;
  uint32_t levels;
} trees_codes;

// A column as some splits see it: that of `source`, with other codes for NaN and zero.
typedef struct {
  uint32_t source;
  uint8_t nan, zero;
  int16_t nan_code, zero_code;
} trees_view;

// Sixteen leaves that are struck off in rows whose code is above `rank`.
typedef struct {
  uint32_t offset;
  int16_t rank;
  uint16_t strike;
} trees_touch;

// The leaves that each code of a column of categories leaves standing.
typedef struct {
  uint32_t offset, table;
} trees_lookup;

// Up to 64 leaves of a tree: touches by word of sixteen leaves, lookups, and the first of its leaves in order.
typedef struct {
  uint32_t touches[5];
  uint32_t first_lookup, lookups;
  uint32_t first_leaf;
  uint8_t words;
} trees_stage;

// A split or leaf of a tree that descends; a leaf leads to itself.
typedef struct {
  uint32_t offset;
  int32_t child[2];
  // Numbers: the code that goes left at most. Categories: the first byte of a bit a code, set: right.
  uint32_t rank;
} trees_step;

// A tree made ready; leaves stand in the order of the stages, or as the file has them where it descends.
typedef struct {
  uint32_t first_stage, stages;
  uint32_t first_step, steps;
  uint32_t first_leaf;
  uint32_t group;
  uint8_t is_linear, has_categories;
} trees_ready;

struct trees_forest {
  size_t features, groups, width, block;
  uint8_t is_single;
  double *start;
  trees_codes *codes;
  trees_view *views;
  size_t code_count, view_count;
  trees_ready *trees;
  trees_stage *stages;
  trees_touch *touches;
  trees_lookup *lookups;
  uint64_t *tables;
  trees_step *steps;
  uint8_t *bits;
  size_t tree_count, stage_count, touch_count, lookup_count, table_count, step_count, bit_count;
  // Of `width` numbers each, in the order of the stages.
  double *leaves;
  float *singles;
  size_t leaf_count;
  // The leaf of the file that each of `leaves` is, for linear trees.
  uint32_t *leaf_of;
  double *linear_constants, *linear_coefficients;
  uint32_t *linear_first, *linear_features;
};

// Codes the rows of a block for every view; 0, or TREES_INFINITE.
int trees_code_block(const trees_forest *forest, const double *const *columns, size_t first, size_t rows,
                     int16_t *codes, int is_fast);
// The code of a number by an input's thresholds: how many are below it.
int16_t trees_code(const trees_codes *codes, double number);
// The code of a category: itself, `count` for one that no split names, or `count` + 1 for NaN.
int16_t trees_category_code(const trees_codes *codes, double number, int is_single);

// Adds what the trees answer for the coded rows of a block to its sums, group after group of `block` rows.
void trees_add_block(const trees_forest *forest, const int16_t *codes, const double *const *columns, size_t first,
                     size_t rows, void *sums, int is_fast);

// Grows an array of items of `size` bytes that has `count` to hold `more`; 0: there is no memory.
int trees_grow(void **array, size_t *capacity, size_t count, size_t more, size_t size);
