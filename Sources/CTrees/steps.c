#include <string.h>

#include "maker.h"

// The bits of a split by categories, a bit a code; gives the first byte.
static int make_bits(trees_maker *maker, const trees_split *split, const trees_codes *codes, trees_step *step) {
  trees_forest *forest = maker->forest;
  size_t size = codes->count / 8 + 1;
  if (forest->bit_count + size > 1u << 26) return trees_refuse(maker, "its tables of categories are too large");
  if (!trees_grow((void **)&forest->bits, &maker->bit_room, forest->bit_count, size + 1, 1))
    return trees_refuse(maker, "there is too little memory");
  uint8_t *bits = forest->bits + forest->bit_count;
  memset(bits, 0, size + 1);
  for (uint32_t code = 0; code < codes->count + 2; code++)
    bits[code / 8] |= (uint8_t)(trees_goes_right(maker, split, codes, code) << (code & 7));
  step->rank = (uint32_t)forest->bit_count;
  forest->bit_count += size + 1;
  return 1;
}

// A split as a step; its children are steps, and the leaves stand behind the splits in order.
static int make_step(trees_maker *maker, const trees_tree *tree, uint32_t place, trees_step *step) {
  const trees_split *split = &maker->given->splits[tree->first_split + place];
  uint32_t seen = trees_view_of(maker, split);
  const trees_codes *codes = &maker->forest->codes[maker->forest->views[seen].source];
  step->offset = seen * (uint32_t)maker->forest->block;
  for (int side = 0; side < 2; side++) {
    int32_t child = side ? split->right : split->left;
    // A leaf's place is where its side of the split begins.
    uint32_t at = side ? maker->layout.middle[place] : maker->layout.start[place];
    step->child[side] = child >= 0 ? child : (int32_t)(tree->splits + at);
  }
  if (!split->words) {
    step->rank = (uint32_t)trees_code(codes, split->threshold);
    return 1;
  }
  step->offset |= 1u << 31;
  return make_bits(maker, split, codes, step);
}

int trees_make_steps(trees_maker *maker, const trees_tree *tree, trees_ready *ready) {
  trees_forest *forest = maker->forest;
  size_t count = (size_t)tree->splits + maker->layout.leaves;
  if (forest->step_count + count > 1u << 27) return trees_refuse(maker, "it is too large");
  if (!trees_grow((void **)&forest->steps, &maker->step_room, forest->step_count, count, sizeof(trees_step)))
    return trees_refuse(maker, "there is too little memory");
  trees_step *steps = forest->steps + forest->step_count;
  memset(steps, 0, count * sizeof *steps);
  for (uint32_t place = 0; place < tree->splits; place++) {
    if (!maker->layout.is_reached[place]) continue;
    if (!make_step(maker, tree, place, &steps[place])) return 0;
    ready->has_categories |= steps[place].offset >> 31;
  }
  for (uint32_t leaf = 0; leaf < maker->layout.leaves; leaf++) {
    int32_t own = (int32_t)(tree->splits + leaf);
    steps[own] = (trees_step){.child = {own, own}, .rank = ready->first_leaf + leaf};
  }
  ready->first_step = (uint32_t)forest->step_count;
  ready->steps = (uint32_t)count;
  forest->step_count += count;
  return 1;
}
