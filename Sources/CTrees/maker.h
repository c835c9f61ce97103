#pragma once
#include "forest.h"

// The making of a forest.

// How a tree lies: its leaves from left to right, and which of them a split sends left or right.
typedef struct {
  // The file's leaf at each place.
  uint32_t *leaf_at;
  // The places below a split: left from `start` to `middle`, right from there on.
  uint32_t *start, *middle;
  // Whether the root leads to a split.
  uint8_t *is_reached;
  uint32_t leaves;
  // What is left to visit while it is laid out.
  int64_t *stack;
} trees_layout;

// What is needed while a forest is made.
typedef struct {
  const trees_description *given;
  trees_forest *forest;
  trees_layout layout;
  // The codes of each input, by thresholds and by categories; UINT32_MAX: none.
  uint32_t *number_codes, *category_codes;
  // The view of each code column by what is done with NaN and zero.
  uint32_t (*views)[9];
  size_t stage_room, touch_room, lookup_room, table_room, step_room, bit_room;
  const char *why;
} trees_maker;

// Makes the code columns and their views; 0: no.
int trees_make_columns(trees_maker *maker);
// Lays out a tree; 0: it is no tree.
int trees_lay_out(trees_maker *maker, const trees_tree *tree);
// Makes a tree that was laid out ready; 0: no.
int trees_make_stages(trees_maker *maker, const trees_tree *tree, trees_ready *ready);
int trees_make_steps(trees_maker *maker, const trees_tree *tree, trees_ready *ready);
// The view that a split looks at.
uint32_t trees_view_of(const trees_maker *maker, const trees_split *split);
// Whether a split sends a code of categories right.
int trees_goes_right(const trees_maker *maker, const trees_split *split, const trees_codes *codes, uint32_t code);
// Says why a forest is not scored here; always 0.
int trees_refuse(trees_maker *maker, const char *why);
