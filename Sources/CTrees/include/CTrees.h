#pragma once
#include <stddef.h>
#include <stdint.h>

// Scores forests of decision trees with the bits that LightGBM and XGBoost give.
//
// Columns are coded once by the model's own thresholds; a split is then a comparison of 16-bit codes, done for many
// rows at once, which strikes leaves off a mask; the lowest leaf left is the answer of the tree.

// The most categories that an input may have.
#define TREES_MOST_CATEGORIES 32000

// Where a split sends a value: NaN, zero, or a category of its set.
enum {
  TREES_RIGHT = 0,
  TREES_LEFT = 1,
  // NaN is taken for zero; zero is taken for the number it is.
  TREES_PLAIN = 2,
};

// A split of a tree. Numbers that are at most `threshold` go left; with `words` > 0, categories of the set go to
// `inside`, all others to the other side.
typedef struct {
  double threshold;
  uint32_t feature;
  // A split of the same tree, or ~leaf.
  int32_t left, right;
  // The first of its words among the categories, a bit a category, and how many words there are.
  uint32_t categories, words;
  uint8_t nan, zero, inside;
} trees_split;

// A tree: its splits and leaves among those of the forest, and the group its answers are added to.
typedef struct {
  uint32_t first_split, splits;
  uint32_t first_leaf, leaves;
  uint32_t group;
  // Whether each leaf has a linear model.
  uint8_t is_linear;
} trees_tree;

// A forest as its file has it.
typedef struct {
  const trees_tree *trees;
  size_t tree_count;
  const trees_split *splits;
  size_t split_count;
  const uint32_t *categories;
  size_t category_words;
  // `width` numbers a leaf: with more than one, those of the groups 0 to width - 1.
  const double *leaves;
  size_t leaf_count, width;
  // Linear leaves: the constant of each leaf; the terms of leaf i are those from linear_first[i] to linear_first[i + 1].
  const double *linear_constants;
  const uint32_t *linear_first, *linear_features;
  const double *linear_coefficients;
  size_t linear_terms;
  // How many inputs and sums a row has.
  size_t features, groups;
  // What each sum starts from.
  const double *start;
  // Whether inputs and sums are of single precision, as XGBoost has them; else numbers next to zero are zero, as
  // LightGBM has it.
  uint8_t is_single;
} trees_description;

// A forest made ready.
typedef struct trees_forest trees_forest;

// Makes a forest ready; NULL: it is not one that is scored here, and `why` says so in a few words.
trees_forest *trees_make(const trees_description *description, const char **why);
void trees_free(trees_forest *forest);

// What a call of `trees_score` came to.
enum { TREES_DONE = 0, TREES_NO_MEMORY = 1, TREES_INFINITE = 2 };

// Whether this processor has what the fast path wants.
int trees_has_fast_path(void);

// Writes `groups` sums a row. `columns`: one array of `rows` numbers an input. `is_fast`: use AVX2, which the processor
// must have; the bits are the same without. TREES_INFINITE: a number is infinite in single precision, which XGBoost
// refuses.
int trees_score(const trees_forest *forest, const double *const *columns, size_t rows, double *sums, int is_fast);
