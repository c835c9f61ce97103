#include "forest.h"

#include <stdlib.h>
#include <string.h>

typedef int16_t codes16 __attribute__((vector_size(32)));
typedef uint16_t words16 __attribute__((vector_size(32)));

#define VECTORS (TREES_GROUP / 16)

// The leaves of one word that stand in 64 rows.
TREES_INLINE void strike(const trees_touch *touch, const trees_touch *end, const int16_t *codes, words16 *standing) {
  for (int place = 0; place < VECTORS; place++) standing[place] = ~(words16){0};
  for (; touch < end; touch++) {
    const int16_t *row = codes + touch->offset;
    codes16 rank = (codes16){0} + touch->rank;
    words16 leaves = (words16){0} + touch->strike;
    for (int place = 0; place < VECTORS; place++) {
      codes16 own;
      memcpy(&own, row + 16 * place, sizeof own);
      standing[place] &= ~((words16)(own > rank) & leaves);
    }
  }
}

// Words of sixteen leaves side by side: those of `low` below those of `high`, row after row.
TREES_INLINE void store_pairs(const words16 *lower, const words16 *higher, uint32_t *pairs) {
  words16 low = *lower, high = *higher;
  words16 first = __builtin_shufflevector(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  words16 last =
      __builtin_shufflevector(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  memcpy(pairs, &first, sizeof first);
  memcpy(pairs + 8, &last, sizeof last);
}

// Pairs of words side by side, sixteen rows.
TREES_INLINE void store_fours(const uint32_t *low, const uint32_t *high, uint64_t *fours) {
  for (int row = 0; row < 16; row++) fours[row] = low[row] | (uint64_t)high[row] << 32;
}

// Strikes off what the categories of 64 rows leave out.
TREES_INLINE void look_up(const trees_forest *forest, const trees_stage *stage, const int16_t *codes, uint64_t *standing) {
  const trees_lookup *lookup = forest->lookups + stage->first_lookup;
  size_t rest = stage->lookups;
  for (; rest >= 3; rest -= 3, lookup += 3) {
    const uint64_t *a = forest->tables + lookup[0].table, *b = forest->tables + lookup[1].table,
                   *c = forest->tables + lookup[2].table;
    const int16_t *x = codes + lookup[0].offset, *y = codes + lookup[1].offset, *z = codes + lookup[2].offset;
    for (int row = 0; row < TREES_GROUP; row++) standing[row] &= a[x[row]] & b[y[row]] & c[z[row]];
  }
  for (; rest; rest--, lookup++) {
    const uint64_t *table = forest->tables + lookup->table;
    const int16_t *code = codes + lookup->offset;
    for (int row = 0; row < TREES_GROUP; row++) standing[row] &= table[code[row]];
  }
}

// The leaves of a stage that stand in 64 rows.
TREES_INLINE void stand(const trees_forest *forest, const trees_stage *stage, const int16_t *codes, uint64_t *standing) {
  words16 words[4][VECTORS];
  uint32_t pairs[2][16];
  for (int word = 0; word < 4; word++) {
    if (word < stage->words)
      strike(forest->touches + stage->touches[word], forest->touches + stage->touches[word + 1], codes, words[word]);
    else
      memset(words[word], 0, sizeof words[word]);
  }
  for (int place = 0; place < VECTORS; place++) {
    store_pairs(&words[0][place], &words[1][place], pairs[0]);
    store_pairs(&words[2][place], &words[3][place], pairs[1]);
    store_fours(pairs[0], pairs[1], standing + 16 * place);
  }
  if (stage->lookups) look_up(forest, stage, codes, standing);
}

// The leaf of each of 64 rows in a tree of stages; a later stage gives way to an earlier one.
TREES_INLINE void find_by_stages(const trees_forest *forest, const trees_ready *tree, const int16_t *codes,
                           uint32_t *leaves) {
  uint64_t standing[TREES_GROUP];
  for (uint32_t rest = tree->stages; rest; rest--) {
    const trees_stage *stage = &forest->stages[tree->first_stage + rest - 1];
    stand(forest, stage, codes, standing);
    for (int row = 0; row < TREES_GROUP; row++) {
      uint32_t leaf = stage->first_leaf + (uint32_t)__builtin_ctzll(standing[row] | 1ull << 63);
      leaves[row] = standing[row] || rest == tree->stages ? leaf : leaves[row];
    }
  }
}

// The leaf of each of 64 rows in a tree that descends, sixteen rows in step.
TREES_INLINE void find_by_steps(const trees_forest *forest, const trees_ready *tree, const int16_t *codes,
                          uint32_t *leaves) {
  const trees_step *steps = forest->steps + tree->first_step;
  for (int first = 0; first < TREES_GROUP; first += 16) {
    int32_t place[16] = {0};
    int32_t moved;
    do {
      moved = 0;
      for (int row = 0; row < 16; row++) {
        const trees_step *step = &steps[place[row]];
        uint32_t code = (uint16_t)codes[(step->offset & INT32_MAX) + first + row];
        uint32_t goes_right = code > step->rank;
        if (tree->has_categories && step->offset >> 31)
          goes_right = forest->bits[step->rank + (code >> 3)] >> (code & 7) & 1;
        int32_t next = step->child[goes_right];
        moved |= next ^ place[row];
        place[row] = next;
      }
    } while (moved);
    for (int row = 0; row < 16; row++) leaves[first + row] = steps[place[row]].rank;
  }
}

// What a linear leaf answers for a row; its plain value where an input is missing.
static double linear(const trees_forest *forest, uint32_t leaf, const double *const *columns, size_t row) {
  uint32_t own = forest->leaf_of[leaf];
  double sum = forest->linear_constants[own];
  for (uint32_t term = forest->linear_first[own]; term < forest->linear_first[own + 1]; term++) {
    double number = columns[forest->linear_features[term]][row];
    if (number != number) return forest->leaves[leaf];
    if (number <= (double)1e-35f && number >= -(double)1e-35f) number = 0;
    sum += forest->linear_coefficients[term] * number;
  }
  return sum;
}

// Adds the answers of 64 rows, whose leaves are known, to their sums.
TREES_INLINE void add_leaves(const trees_forest *forest, const trees_ready *tree, const uint32_t *leaves, void *sums) {
  size_t width = forest->width;
  for (size_t place = 0; place < width; place++) {
    size_t group = (width > 1 ? place : tree->group) * forest->block;
    if (forest->is_single) {
      float *sum = (float *)sums + group;
      for (int row = 0; row < TREES_GROUP; row++) sum[row] += forest->singles[leaves[row] * width + place];
    } else {
      double *sum = (double *)sums + group;
      for (int row = 0; row < TREES_GROUP; row++) sum[row] += forest->leaves[leaves[row] * width + place];
    }
  }
}

// Adds the answers of a tree of one stage and one number a leaf to the sums of 64 rows.
TREES_INLINE void add_stage(const trees_forest *forest, const trees_ready *tree, const int16_t *codes, void *sums) {
  uint64_t standing[TREES_GROUP];
  const trees_stage *stage = &forest->stages[tree->first_stage];
  stand(forest, stage, codes, standing);
  if (forest->is_single) {
    float *sum = (float *)sums + tree->group * forest->block;
    const float *leaves = forest->singles + stage->first_leaf;
    for (int row = 0; row < TREES_GROUP; row++) sum[row] += leaves[__builtin_ctzll(standing[row])];
  } else {
    double *sum = (double *)sums + tree->group * forest->block;
    const double *leaves = forest->leaves + stage->first_leaf;
    for (int row = 0; row < TREES_GROUP; row++) sum[row] += leaves[__builtin_ctzll(standing[row])];
  }
}

// Adds what all trees answer, tree after tree, for 64 rows at a time.
TREES_INLINE void add(const trees_forest *forest, const int16_t *codes, const double *const *columns, size_t first,
                size_t rows, void *sums) {
  uint32_t leaves[TREES_GROUP];
  size_t size = forest->is_single ? sizeof(float) : sizeof(double);
  for (size_t place = 0; place < forest->tree_count; place++) {
    const trees_ready *tree = &forest->trees[place];
    for (size_t row = 0; row < rows; row += TREES_GROUP) {
      void *target = (char *)sums + row * size;
      if (tree->stages == 1 && forest->width == 1 && !tree->is_linear) {
        add_stage(forest, tree, codes + row, target);
        continue;
      }
      if (tree->stages)
        find_by_stages(forest, tree, codes + row, leaves);
      else
        find_by_steps(forest, tree, codes + row, leaves);
      if (!tree->is_linear) {
        add_leaves(forest, tree, leaves, target);
        continue;
      }
      double *sum = (double *)target + tree->group * forest->block;
      for (size_t one = 0; one < TREES_GROUP && row + one < rows; one++)
        sum[one] += linear(forest, leaves[one], columns, first + row + one);
    }
  }
}

static void add_plain(const trees_forest *forest, const int16_t *codes, const double *const *columns, size_t first,
                      size_t rows, void *sums) {
  add(forest, codes, columns, first, rows, sums);
}

TREES_FAST static void add_fast(const trees_forest *forest, const int16_t *codes, const double *const *columns,
                                size_t first, size_t rows, void *sums) {
  add(forest, codes, columns, first, rows, sums);
}

int trees_has_fast_path(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
#else
  return 0;
#endif
}

void trees_add_block(const trees_forest *forest, const int16_t *codes, const double *const *columns, size_t first,
                     size_t rows, void *sums, int is_fast) {
  (is_fast ? add_fast : add_plain)(forest, codes, columns, first, rows, sums);
}

// The sums of a block, row after row.
static void spread(const trees_forest *forest, const void *sums, size_t rows, double *result) {
  for (size_t group = 0; group < forest->groups; group++)
    for (size_t row = 0; row < rows; row++) {
      size_t place = group * forest->block + row;
      result[row * forest->groups + group] =
          forest->is_single ? ((const float *)sums)[place] : ((const double *)sums)[place];
    }
}

int trees_score(const trees_forest *forest, const double *const *columns, size_t rows, double *result, int is_fast) {
  size_t block = forest->block;
  int16_t *codes = malloc((forest->view_count + 1) * block * sizeof *codes);
  double *sums = malloc((forest->groups + 1) * block * sizeof *sums);
  int status = codes && sums ? TREES_DONE : TREES_NO_MEMORY;
  for (size_t first = 0; status == TREES_DONE && first < rows; first += block) {
    size_t count = rows - first < block ? rows - first : block;
    status = trees_code_block(forest, columns, first, count, codes, is_fast);
    if (status != TREES_DONE) break;
    for (size_t place = 0; place < forest->groups * block; place++) {
      if (forest->is_single)
        ((float *)sums)[place] = (float)forest->start[place / block];
      else
        sums[place] = forest->start[place / block];
    }
    trees_add_block(forest, codes, columns, first, count, sums, is_fast);
    spread(forest, sums, count, result + first * forest->groups);
  }
  free(codes);
  free(sums);
  return status;
}
