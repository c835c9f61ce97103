#pragma once
#include <memory>

#include "Values.h"

namespace delimited {

/// A text as the engine keeps it: up to twelve bytes in place, of longer ones the first four and where they are.
struct TextValue {
  uint32_t count;
  char bytes[12];
};

/// The values of one column of a block.
struct View {
  const void *values;
  /// A bit a row, set where there is a value.
  const uint64_t *validity;
  delimited_fact fact;
};

/// Rows that stand together in the file; of use until the next are asked for.
struct Rows {
  size_t count;
  const View *columns;
};

/// The values of all columns of a block.
class Columns {
 public:
  /// Reads every cell of the block as its column wants it; the block must stay.
  void fill(const Block &block, const std::vector<delimited_column> &columns, const Values &values);
  /// What every cell of the block looks like, without a value of it.
  static void classify(const Block &block, size_t width, const Values &values, delimited_fact *facts);

  /// How many bytes a value of such a column has.
  static size_t size(const delimited_column &column);

  const std::vector<View> &views() const { return views_; }

 private:
  struct Storage {
    std::unique_ptr<char[]> values;
    size_t room = 0;
    std::vector<uint64_t> validity;
  };
  std::vector<Storage> storage_;
  std::vector<View> views_;
};

}  // namespace delimited
