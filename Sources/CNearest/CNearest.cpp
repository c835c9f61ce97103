#include "CNearest.h"

#include <nanoflann.hpp>

#include <cmath>
#include <limits>
#include <new>

namespace {

/// The points as the tree reads them.
struct Points {
  const double *values;
  size_t count;
  size_t width;

  size_t kdtree_get_point_count() const { return count; }
  double kdtree_get_pt(size_t index, size_t place) const { return values[index * width + place]; }
  template <class Box>
  bool kdtree_get_bbox(Box &) const {
    return false;
  }
};

using Distance = nanoflann::L2_Simple_Adaptor<double, Points, double, uint32_t>;
using Tree = nanoflann::KDTreeSingleIndexAdaptor<Distance, Points, -1, uint32_t>;

/// The nearest so far, of equally far ones those that come first, whatever order the tree hands them over in.
class Nearest {
 public:
  Nearest(int64_t wanted, int32_t *found, double *squares)
      : wanted_(wanted), found_(found), squares_(squares) {}

  size_t size() const { return static_cast<size_t>(count_); }
  bool full() const { return count_ == wanted_; }

  bool addPoint(double square, uint32_t index) {
    const int32_t place = static_cast<int32_t>(index);
    int64_t at = count_;
    for (; at > 0; --at) {
      const double before = squares_[at - 1];
      if (before < square || (before == square && found_[at - 1] < place)) break;
      if (at < wanted_) {
        squares_[at] = before;
        found_[at] = found_[at - 1];
      }
    }
    if (at < wanted_) {
      squares_[at] = square;
      found_[at] = place;
    }
    if (count_ < wanted_) ++count_;
    return true;
  }

  /// The tree takes what is nearer than this, and one as far as the last may come before it.
  double worstDist() const {
    const double most = std::numeric_limits<double>::infinity();
    return full() ? std::nextafter(squares_[wanted_ - 1], most) : most;
  }

 private:
  int64_t wanted_;
  int64_t count_ = 0;
  int32_t *found_;
  double *squares_;
};

}  // namespace

struct nearest_tree {
  Points points;
  Tree tree;

  nearest_tree(const double *values, int64_t count, int64_t width)
      : points{values, static_cast<size_t>(count), static_cast<size_t>(width)},
        // Of many coordinates most leaves are looked into anyway, and then large ones are quicker.
        tree(
            static_cast<int>(width), points,
            nanoflann::KDTreeSingleIndexAdaptorParams(width > 10 ? 128 : 16)) {
    tree.buildIndex();
  }
};

extern "C" {

nearest_tree *nearest_make(const double *points, int64_t count, int64_t width) {
  try {
    return new nearest_tree(points, count, width);
  } catch (...) {
    return nullptr;
  }
}

bool nearest_find(
    const nearest_tree *tree, const double *queries, int64_t count, int64_t wanted,
    int32_t *found, double *squares) {
  try {
    // The distance to a branch is a sum of other terms than that to a point in it, so one that seems a little too far is
    // looked into.
    const nanoflann::SearchParams all(0, -1e-6f);
    for (int64_t query = 0; query < count; ++query) {
      int32_t *const places = found + query * wanted;
      for (int64_t at = 0; at < wanted; ++at) places[at] = -1;
      Nearest nearest(wanted, places, squares + query * wanted);
      tree->tree.findNeighbors(nearest, queries + query * tree->points.width, all);
    }
    return true;
  } catch (...) {
    return false;
  }
}

void nearest_free(nearest_tree *tree) { delete tree; }

}  // extern "C"
