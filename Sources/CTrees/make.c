#include <stdlib.h>
#include <string.h>

#include "maker.h"

int trees_refuse(trees_maker *maker, const char *why) {
  if (!maker->why) maker->why = why;
  return 0;
}

int trees_grow(void **array, size_t *capacity, size_t count, size_t more, size_t size) {
  if (more <= *capacity - count) return 1;
  size_t wanted = *capacity * 2 > count + more ? *capacity * 2 : count + more;
  void *grown = realloc(*array, wanted * size);
  if (!grown) return 0;
  *array = grown;
  *capacity = wanted;
  return 1;
}

// A copy of an array; NULL for none.
static void *copy(const void *array, size_t count, size_t size) {
  if (!array) return NULL;
  void *copied = malloc(count * size + 1);
  if (copied) memcpy(copied, array, count * size);
  return copied;
}

// Looks at what a tree says of where its splits and leaves are.
static int check_tree(trees_maker *maker, const trees_tree *tree) {
  const trees_description *given = maker->given;
  if (tree->leaves == 0 || tree->first_leaf > given->leaf_count ||
      tree->leaves > given->leaf_count - tree->first_leaf || tree->first_split > given->split_count ||
      tree->splits > given->split_count - tree->first_split || tree->group >= given->groups)
    return trees_refuse(maker, "a tree is not whole");
  for (uint32_t place = 0; place < tree->splits; place++) {
    const trees_split *split = &given->splits[tree->first_split + place];
    for (int side = 0; side < 2; side++) {
      int64_t child = side ? split->right : split->left;
      if (child >= (int64_t)tree->splits || ~child >= (int64_t)tree->leaves)
        return trees_refuse(maker, "a split has a child that there is not");
    }
    if (split->feature >= given->features || split->nan > 2 || split->zero > 2 || split->inside > 1 ||
        split->categories > given->category_words || split->words > given->category_words - split->categories)
      return trees_refuse(maker, "a split is of no kind that is known");
    if (!split->words && split->threshold != split->threshold)
      return trees_refuse(maker, "a threshold is no number");
  }
  return 1;
}

// Looks at the whole of a description.
static int check(trees_maker *maker) {
  const trees_description *given = maker->given;
  const size_t most = 1u << 28;
  if (!given->tree_count || !given->groups || !given->width || !given->features)
    return trees_refuse(maker, "it has no trees");
  if (given->tree_count > most || given->split_count > most || given->category_words > most ||
      given->groups > 4096 || given->width > given->groups || given->features > 1u << 20 ||
      given->leaf_count > most / given->width || given->linear_terms > most)
    return trees_refuse(maker, "it is too large");
  for (size_t place = 0; place < given->tree_count; place++) {
    if (!check_tree(maker, &given->trees[place])) return 0;
    if (given->trees[place].is_linear && (!given->linear_first || given->is_single || given->width > 1))
      return trees_refuse(maker, "it has no linear leaves");
  }
  if (!given->linear_first) return 1;
  for (size_t leaf = 0; leaf < given->leaf_count; leaf++)
    if (given->linear_first[leaf] > given->linear_first[leaf + 1])
      return trees_refuse(maker, "its linear leaves are not whole");
  if (given->linear_first[given->leaf_count] != given->linear_terms)
    return trees_refuse(maker, "its linear leaves are not whole");
  for (size_t term = 0; term < given->linear_terms; term++)
    if (given->linear_features[term] >= given->features)
      return trees_refuse(maker, "a linear leaf has an input that there is not");
  return 1;
}

// Copies what is used as it was given.
static int copy_given(trees_maker *maker) {
  const trees_description *given = maker->given;
  trees_forest *forest = maker->forest;
  forest->features = given->features;
  forest->groups = given->groups;
  forest->width = given->width;
  forest->is_single = given->is_single;
  forest->tree_count = given->tree_count;
  forest->start = copy(given->start, given->groups, sizeof *given->start);
  forest->trees = calloc(given->tree_count, sizeof *forest->trees);
  forest->leaves = calloc(given->leaf_count * given->width + 1, sizeof *forest->leaves);
  forest->singles = calloc(given->leaf_count * given->width + 1, sizeof *forest->singles);
  forest->leaf_of = calloc(given->leaf_count + 1, sizeof *forest->leaf_of);
  if (!forest->start || !forest->trees || !forest->leaves || !forest->singles || !forest->leaf_of)
    return trees_refuse(maker, "there is too little memory");
  if (!given->linear_first) return 1;
  forest->linear_constants = copy(given->linear_constants, given->leaf_count, sizeof(double));
  forest->linear_first = copy(given->linear_first, given->leaf_count + 1, sizeof(uint32_t));
  forest->linear_features = copy(given->linear_features, given->linear_terms, sizeof(uint32_t));
  forest->linear_coefficients = copy(given->linear_coefficients, given->linear_terms, sizeof(double));
  return (forest->linear_constants && forest->linear_first && forest->linear_features &&
          forest->linear_coefficients) ||
         trees_refuse(maker, "there is too little memory");
}

// Makes room to lay out the largest tree.
static int make_room(trees_maker *maker) {
  uint32_t splits = 0, leaves = 0;
  for (size_t place = 0; place < maker->given->tree_count; place++) {
    const trees_tree *tree = &maker->given->trees[place];
    if (tree->splits > splits) splits = tree->splits;
    if (tree->leaves > leaves) leaves = tree->leaves;
  }
  trees_layout *layout = &maker->layout;
  layout->leaf_at = calloc(leaves + 1u, sizeof(uint32_t));
  layout->start = calloc(splits + 1u, sizeof(uint32_t));
  layout->middle = calloc(splits + 1u, sizeof(uint32_t));
  layout->is_reached = calloc(splits + 1u, 1);
  layout->stack = calloc(splits + 1u, sizeof(int64_t));
  return (layout->leaf_at && layout->start && layout->middle && layout->is_reached &&
          layout->stack) ||
         trees_refuse(maker, "there is too little memory");
}

// Makes all trees ready.
static int make_trees(trees_maker *maker) {
  trees_forest *forest = maker->forest;
  for (size_t place = 0; place < maker->given->tree_count; place++) {
    const trees_tree *tree = &maker->given->trees[place];
    trees_ready *ready = &forest->trees[place];
    ready->first_leaf = (uint32_t)forest->leaf_count;
    ready->group = tree->group;
    ready->is_linear = tree->is_linear;
    if (!trees_lay_out(maker, tree)) return 0;
    int is_made = maker->layout.leaves <= TREES_MASKED_LEAVES ? trees_make_stages(maker, tree, ready)
                                                              : trees_make_steps(maker, tree, ready);
    if (!is_made) return 0;
    for (uint32_t at = 0; at < maker->layout.leaves; at++) {
      uint32_t leaf = tree->first_leaf + maker->layout.leaf_at[at];
      size_t width = forest->width;
      for (size_t one = 0; one < width; one++) {
        double number = maker->given->leaves[leaf * width + one];
        forest->leaves[forest->leaf_count * width + one] = number;
        forest->singles[forest->leaf_count * width + one] = (float)number;
      }
      forest->leaf_of[forest->leaf_count++] = leaf;
    }
  }
  return 1;
}

trees_forest *trees_make(const trees_description *description, const char **why) {
  trees_maker maker = {.given = description, .forest = calloc(1, sizeof(trees_forest))};
  int is_made = maker.forest ? check(&maker) && copy_given(&maker) && make_room(&maker) &&
                                   trees_make_columns(&maker) && make_trees(&maker)
                             : 0;
  *why = is_made ? "" : maker.why ? maker.why : "there is too little memory";
  trees_layout *layout = &maker.layout;
  void *scratch[] = {layout->leaf_at,    layout->start, layout->middle,
                     layout->is_reached, layout->stack, maker.number_codes, maker.category_codes,
                     maker.views};
  for (size_t place = 0; place < sizeof scratch / sizeof *scratch; place++) free(scratch[place]);
  if (is_made) return maker.forest;
  trees_free(maker.forest);
  return NULL;
}

void trees_free(trees_forest *forest) {
  if (!forest) return;
  for (size_t place = 0; place < forest->code_count; place++) free(forest->codes[place].thresholds);
  void *parts[] = {forest->start,        forest->codes,
                   forest->views,        forest->trees,
                   forest->stages,       forest->touches,
                   forest->lookups,      forest->tables,
                   forest->steps,        forest->bits,
                   forest->leaves,       forest->singles,
                   forest->leaf_of,      forest->linear_constants,
                   forest->linear_first, forest->linear_features,
                   forest->linear_coefficients};
  for (size_t place = 0; place < sizeof parts / sizeof *parts; place++) free(parts[place]);
  free(forest);
}
