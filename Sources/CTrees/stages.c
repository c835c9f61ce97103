#include <string.h>

#include "maker.h"

int trees_goes_right(const trees_maker *maker, const trees_split *split, const trees_codes *codes, uint32_t code) {
  if (code == codes->count + 1) return split->nan == TREES_RIGHT;
  uint32_t word = code / 32;
  int is_inside = code < codes->count && word < split->words &&
                  maker->given->categories[split->categories + word] >> (code & 31) & 1;
  return is_inside ? split->inside == TREES_RIGHT : split->inside == TREES_LEFT;
}

// Puts the leaf or the split `child` where it lies.
static int visit(trees_maker *maker, const trees_tree *tree, int64_t child, size_t *height) {
  trees_layout *layout = &maker->layout;
  if (child < 0) {
    if (layout->leaves == tree->leaves) return trees_refuse(maker, "a leaf is below two splits");
    layout->leaf_at[layout->leaves++] = (uint32_t)~child;
    return 1;
  }
  if (layout->is_reached[child]) return trees_refuse(maker, "a split is below two others");
  layout->is_reached[child] = 1;
  layout->start[child] = layout->leaves;
  layout->stack[(*height)++] = child * 4;
  return 1;
}

int trees_lay_out(trees_maker *maker, const trees_tree *tree) {
  trees_layout *layout = &maker->layout;
  const trees_split *splits = maker->given->splits + tree->first_split;
  layout->leaves = 0;
  memset(layout->is_reached, 0, tree->splits);
  size_t height = 0;
  int is_tree = visit(maker, tree, tree->splits ? 0 : -1, &height);
  while (is_tree && height) {
    // A split, and how many of its sides are done.
    int64_t split = layout->stack[height - 1] / 4, done = layout->stack[height - 1] % 4;
    layout->stack[height - 1] += 1;
    if (done == 0) {
      is_tree = visit(maker, tree, splits[split].left, &height);
    } else if (done == 1) {
      layout->middle[split] = layout->leaves;
      is_tree = visit(maker, tree, splits[split].right, &height);
    } else {
      height--;
    }
  }
  return is_tree;
}

// The leaves from `start` to `end` among the `count` from `first`, a bit each.
static uint64_t leaves_between(uint32_t start, uint32_t end, uint32_t first, uint32_t count) {
  uint32_t low = start > first ? start - first : 0, high = end > first ? end - first : 0;
  if (high > count) high = count;
  if (low >= high) return 0;
  uint64_t below = high == 64 ? ~0ull : (1ull << high) - 1;
  return below & ~((1ull << low) - 1);
}

// The splits by numbers that strike leaves off one word of sixteen.
static int make_word(trees_maker *maker, const trees_tree *tree, uint32_t first_leaf) {
  trees_forest *forest = maker->forest;
  const trees_layout *layout = &maker->layout;
  for (uint32_t place = 0; place < tree->splits; place++) {
    const trees_split *split = &maker->given->splits[tree->first_split + place];
    if (!layout->is_reached[place] || split->words) continue;
    uint16_t strike = (uint16_t)leaves_between(layout->start[place], layout->middle[place], first_leaf, 16);
    if (!strike) continue;
    if (!trees_grow((void **)&forest->touches, &maker->touch_room, forest->touch_count, 1, sizeof(trees_touch)))
      return trees_refuse(maker, "there is too little memory");
    uint32_t seen = trees_view_of(maker, split);
    const trees_codes *codes = &forest->codes[forest->views[seen].source];
    forest->touches[forest->touch_count++] = (trees_touch){.offset = seen * (uint32_t)forest->block,
                                                           .rank = trees_code(codes, split->threshold),
                                                           .strike = strike};
  }
  return 1;
}

// The table of a column of categories in one stage, which all splits of the tree on it share.
static int make_table(trees_maker *maker, const trees_tree *tree, uint32_t seen, uint32_t first_leaf) {
  trees_forest *forest = maker->forest;
  const trees_layout *layout = &maker->layout;
  const trees_codes *codes = &forest->codes[forest->views[seen].source];
  size_t size = codes->count + 2;
  if (forest->table_count + size > 1u << 23)
    return trees_refuse(maker, "its tables of categories are too large");
  if (!trees_grow((void **)&forest->tables, &maker->table_room, forest->table_count, size, sizeof(uint64_t)) ||
      !trees_grow((void **)&forest->lookups, &maker->lookup_room, forest->lookup_count, 1, sizeof(trees_lookup)))
    return trees_refuse(maker, "there is too little memory");
  uint64_t *table = forest->tables + forest->table_count;
  memset(table, 0xff, size * sizeof *table);
  for (uint32_t place = 0; place < tree->splits; place++) {
    const trees_split *split = &maker->given->splits[tree->first_split + place];
    if (!layout->is_reached[place] || !split->words || trees_view_of(maker, split) != seen) continue;
    uint64_t strike = leaves_between(layout->start[place], layout->middle[place], first_leaf, TREES_STAGE);
    for (uint32_t code = 0; strike && code < size; code++)
      if (trees_goes_right(maker, split, codes, code)) table[code] &= ~strike;
  }
  forest->lookups[forest->lookup_count++] =
      (trees_lookup){.offset = seen * (uint32_t)forest->block, .table = (uint32_t)forest->table_count};
  forest->table_count += size;
  return 1;
}

// The tables of all columns of categories that strike leaves off a stage.
static int make_tables(trees_maker *maker, const trees_tree *tree, trees_stage *stage, uint32_t first_leaf) {
  trees_forest *forest = maker->forest;
  const trees_layout *layout = &maker->layout;
  stage->first_lookup = (uint32_t)forest->lookup_count;
  for (uint32_t place = 0; place < tree->splits; place++) {
    const trees_split *split = &maker->given->splits[tree->first_split + place];
    if (!layout->is_reached[place] || !split->words) continue;
    if (!leaves_between(layout->start[place], layout->middle[place], first_leaf, TREES_STAGE)) continue;
    uint32_t seen = trees_view_of(maker, split);
    int is_made = 0;
    for (size_t at = stage->first_lookup; at < forest->lookup_count; at++)
      is_made |= forest->lookups[at].offset == seen * forest->block;
    if (!is_made && !make_table(maker, tree, seen, first_leaf)) return 0;
  }
  stage->lookups = (uint32_t)forest->lookup_count - stage->first_lookup;
  return 1;
}

int trees_make_stages(trees_maker *maker, const trees_tree *tree, trees_ready *ready) {
  trees_forest *forest = maker->forest;
  ready->first_stage = (uint32_t)forest->stage_count;
  for (uint32_t first = 0; first < maker->layout.leaves; first += TREES_STAGE) {
    uint32_t leaves = maker->layout.leaves - first;
    trees_stage stage = {.first_leaf = ready->first_leaf + first};
    stage.words = (uint8_t)(leaves > 48 ? 4 : (leaves + 15) / 16);
    for (uint32_t word = 0; word < 4; word++) {
      stage.touches[word] = (uint32_t)forest->touch_count;
      if (word < stage.words && !make_word(maker, tree, first + 16 * word)) return 0;
    }
    stage.touches[4] = (uint32_t)forest->touch_count;
    if (!make_tables(maker, tree, &stage, first)) return 0;
    if (!trees_grow((void **)&forest->stages, &maker->stage_room, forest->stage_count, 1, sizeof stage))
      return trees_refuse(maker, "there is too little memory");
    forest->stages[forest->stage_count++] = stage;
    ready->stages++;
  }
  return 1;
}
