#include "forest.h"

#include <math.h>

// LightGBM takes a number that is no further from zero than this for zero.
static const double next_to_zero = 1e-35f;

// Codes numbers by an input's thresholds, eight at a time: how many of them are below each.
TREES_INLINE void code_numbers(const trees_codes *codes, const double *numbers, size_t rows, int16_t *result) {
  const double *thresholds = codes->thresholds;
  for (size_t first = 0; first < rows; first += 8) {
    size_t places[8] = {0};
    for (uint32_t level = codes->levels; level--;) {
      const double *middle = thresholds + ((size_t)1 << level) - 1;
      for (int row = 0; row < 8; row++)
        places[row] += (size_t)(middle[places[row]] < numbers[first + row]) << level;
    }
    for (int row = 0; row < 8; row++) result[first + row] = (int16_t)places[row];
  }
}

int16_t trees_code(const trees_codes *codes, double number) {
  double numbers[8] = {number};
  int16_t result[8];
  code_numbers(codes, numbers, 8, result);
  return result[0];
}

int16_t trees_category_code(const trees_codes *codes, double number, int is_single) {
  if (number != number) return (int16_t)(codes->count + 1);
  // LightGBM cuts a fraction off before it looks at the sign, XGBoost after.
  double least = is_single ? 0 : -1;
  if (is_single ? number < least : number <= least) return (int16_t)codes->count;
  return number < codes->count ? (int16_t)number : (int16_t)codes->count;
}

// Reads some rows of a column as the library does; not 0: one is infinite in single precision.
TREES_INLINE int read_column(const trees_forest *forest, const double *column, size_t rows, double *numbers) {
  if (forest->is_single) {
    int is_infinite = 0;
    for (size_t row = 0; row < rows; row++) {
      float single = (float)column[row];
      is_infinite |= single - single != 0 && single == single;
      numbers[row] = single;
    }
    return is_infinite;
  }
  for (size_t row = 0; row < rows; row++) {
    double number = column[row];
    numbers[row] = number > next_to_zero || number < -next_to_zero || number != number ? number : 0;
  }
  return 0;
}

// Codes numbers for one view of their column.
TREES_INLINE void code_view(const trees_view *view, const double *numbers, const int16_t *plain, size_t rows,
                      int16_t *codes) {
  for (size_t row = 0; row < rows; row++)
    codes[row] = numbers[row] != numbers[row] ? view->nan_code : plain[row];
  if (view->zero == TREES_PLAIN) return;
  for (size_t row = 0; row < rows; row++)
    if (numbers[row] == 0) codes[row] = view->zero_code;
}

// Codes the rows of a block for every view.
TREES_INLINE int code_block(const trees_forest *forest, const double *const *columns, size_t first, size_t rows,
                            int16_t *codes) {
  double numbers[256] = {0};
  int16_t plain[256];
  uint32_t read = UINT32_MAX, coded = UINT32_MAX;
  // Every input is looked at, for the library refuses an infinity in one that no tree splits by.
  if (forest->is_single)
    for (size_t feature = 0; feature < forest->features; feature++)
      if (read_column(forest, columns[feature] + first, rows, numbers)) return TREES_INFINITE;
  for (size_t place = 0; place < forest->view_count; place++) {
    const trees_view *view = &forest->views[place];
    const trees_codes *source = &forest->codes[view->source];
    int16_t *target = codes + place * forest->block;
    if (source->feature != read) {
      read_column(forest, columns[source->feature] + first, rows, numbers);
      read = source->feature;
    }
    if (source->is_category) {
      for (size_t row = 0; row < rows; row++)
        target[row] = trees_category_code(source, numbers[row], forest->is_single);
    } else {
      if (coded != view->source)
        code_numbers(source, numbers, rows, plain);
      coded = view->source;
      code_view(view, numbers, plain, rows, target);
    }
    for (size_t row = rows; row < forest->block; row++) target[row] = 0;
  }
  return TREES_DONE;
}

static int code_block_plain(const trees_forest *forest, const double *const *columns, size_t first, size_t rows,
                            int16_t *codes) {
  return code_block(forest, columns, first, rows, codes);
}

TREES_FAST static int code_block_fast(const trees_forest *forest, const double *const *columns, size_t first,
                                      size_t rows, int16_t *codes) {
  return code_block(forest, columns, first, rows, codes);
}

int trees_code_block(const trees_forest *forest, const double *const *columns, size_t first, size_t rows,
                     int16_t *codes, int is_fast) {
  return (is_fast ? code_block_fast : code_block_plain)(forest, columns, first, rows, codes);
}
