#include <math.h>
#include <stdlib.h>

#include "maker.h"

// What a split does with NaN and zero, as a number from 0 to 8.
static int treatment(const trees_split *split) { return split->words ? 0 : split->nan * 3 + split->zero; }

uint32_t trees_view_of(const trees_maker *maker, const trees_split *split) {
  const uint32_t *codes = split->words ? maker->category_codes : maker->number_codes;
  return maker->views[codes[split->feature]][treatment(split)];
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

// One more than the highest category that a split names.
static uint32_t category_count(const trees_maker *maker, const trees_split *split) {
  for (uint32_t word = split->words; word; word--) {
    uint32_t bits = maker->given->categories[split->categories + word - 1];
    if (bits && word > TREES_CODES / 32) return TREES_CODES + 1;
    if (bits) return word * 32 - (uint32_t)__builtin_clz(bits);
  }
  return 0;
}

// Notes which inputs are split by thresholds and which by categories; gives how many code columns that makes.
static size_t count_codes(trees_maker *maker) {
  size_t count = 0;
  const trees_description *given = maker->given;
  for (size_t feature = 0; feature < given->features; feature++)
    maker->number_codes[feature] = maker->category_codes[feature] = UINT32_MAX;
  for (size_t place = 0; place < given->split_count; place++) {
    const trees_split *split = &given->splits[place];
    uint32_t *codes = (split->words ? maker->category_codes : maker->number_codes) + split->feature;
    if (*codes == UINT32_MAX) count++;
    *codes = 0;
  }
  // The columns of an input stand side by side.
  uint32_t next = 0;
  for (size_t feature = 0; feature < given->features; feature++) {
    if (!maker->number_codes[feature]) maker->number_codes[feature] = next++;
    if (!maker->category_codes[feature]) maker->category_codes[feature] = next++;
  }
  return count;
}

// Puts thresholds in order, each once, with infinities behind them.
static int order(trees_maker *maker, trees_codes *codes, uint32_t found) {
  qsort(codes->thresholds, found, sizeof(double), compare);
  uint32_t kept = 0;
  for (uint32_t place = 0; place < found; place++)
    if (!kept || codes->thresholds[place] != codes->thresholds[kept - 1])
      codes->thresholds[kept++] = codes->thresholds[place];
  if (kept > TREES_CODES) return trees_refuse(maker, "an input has too many thresholds");
  codes->count = kept;
  while ((1u << codes->levels) - 1 < kept) codes->levels++;
  uint32_t size = 1u << codes->levels;
  double *filled = realloc(codes->thresholds, size * sizeof(double));
  if (!filled) return trees_refuse(maker, "there is too little memory");
  for (uint32_t place = kept; place < size; place++) filled[place] = INFINITY;
  codes->thresholds = filled;
  return 1;
}

// Gathers thresholds and counts categories.
static int gather(trees_maker *maker) {
  const trees_description *given = maker->given;
  trees_forest *forest = maker->forest;
  uint32_t *found = calloc(forest->code_count + 1, sizeof *found);
  if (!found) return trees_refuse(maker, "there is too little memory");
  int is_done = 1;
  for (int is_filling = 0; is_done && is_filling < 2; is_filling++) {
    for (size_t place = 0; place < given->split_count; place++) {
      const trees_split *split = &given->splits[place];
      uint32_t at = (split->words ? maker->category_codes : maker->number_codes)[split->feature];
      trees_codes *codes = &forest->codes[at];
      codes->feature = split->feature;
      codes->is_category = split->words > 0;
      uint32_t count = split->words && !is_filling ? category_count(maker, split) : 0;
      if (count > codes->count) codes->count = count;
      if (!split->words && is_filling) codes->thresholds[found[at]] = split->threshold;
      if (!split->words) found[at]++;
    }
    for (size_t at = 0; at < forest->code_count; at++) {
      trees_codes *codes = &forest->codes[at];
      if (codes->is_category) {
        if (codes->count > TREES_CODES) is_done = trees_refuse(maker, "an input has too many categories");
      } else if (is_filling) {
        is_done = is_done && order(maker, codes, found[at]);
      } else {
        codes->thresholds = malloc((found[at] + 1) * sizeof(double));
        if (!codes->thresholds) is_done = trees_refuse(maker, "there is too little memory");
        found[at] = 0;
      }
    }
  }
  free(found);
  return is_done;
}

// The view of a code column with one treatment of NaN and zero.
static trees_view view(const trees_codes *codes, uint32_t source, int treatment) {
  trees_view made = {.source = source, .nan = treatment / 3, .zero = treatment % 3};
  if (codes->is_category) return made;
  int16_t sides[] = {[TREES_RIGHT] = (int16_t)codes->count, [TREES_LEFT] = 0};
  made.zero_code = made.zero == TREES_PLAIN ? trees_code(codes, 0) : sides[made.zero];
  made.nan_code = made.nan == TREES_PLAIN ? made.zero_code : sides[made.nan];
  return made;
}

// Makes the views that splits look at, those of a column side by side.
static int make_views(trees_maker *maker) {
  trees_forest *forest = maker->forest;
  for (size_t place = 0; place < maker->given->split_count; place++) {
    const trees_split *split = &maker->given->splits[place];
    uint32_t at = (split->words ? maker->category_codes : maker->number_codes)[split->feature];
    uint32_t *slot = &maker->views[at][treatment(split)];
    if (!*slot) forest->view_count++;
    *slot = 1;
  }
  forest->views = calloc(forest->view_count + 1, sizeof *forest->views);
  if (!forest->views) return trees_refuse(maker, "there is too little memory");
  uint32_t next = 0;
  for (uint32_t at = 0; at < forest->code_count; at++)
    for (int treatment = 0; treatment < 9; treatment++) {
      if (!maker->views[at][treatment]) continue;
      forest->views[next] = view(&forest->codes[at], at, treatment);
      maker->views[at][treatment] = next++;
    }
  // The codes of a block stay near the processor.
  forest->block = forest->view_count <= 80 ? 256 : forest->view_count <= 160 ? 128 : 64;
  return forest->view_count < 1u << 22 || trees_refuse(maker, "it is too large");
}

int trees_make_columns(trees_maker *maker) {
  trees_forest *forest = maker->forest;
  maker->number_codes = calloc(maker->given->features, sizeof(uint32_t));
  maker->category_codes = calloc(maker->given->features, sizeof(uint32_t));
  if (!maker->number_codes || !maker->category_codes) return trees_refuse(maker, "there is too little memory");
  size_t count = count_codes(maker);
  forest->codes = calloc(count + 1, sizeof *forest->codes);
  maker->views = calloc(count + 1, sizeof *maker->views);
  if (!forest->codes || !maker->views) return trees_refuse(maker, "there is too little memory");
  forest->code_count = count;
  return gather(maker) && make_views(maker);
}
