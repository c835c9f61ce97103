#pragma once
#include <memory>

#include "Arrow.h"
#include "Columns.h"

namespace delimited {

/// A column of a batch: values of many blocks, one after another, as Arrow lays them out.
class BatchColumn {
 public:
  /// Starts anew, with room for so many rows.
  void start(const delimited_column &column, size_t rows);
  /// Takes `count` rows of a block's column from `start` on, as rows from `row` on.
  void add(const View &values, size_t start, size_t count, size_t row);
  /// Its array, which refers to what the column holds.
  void give(ArrowArray &array, size_t rows);
  /// Bytes of texts that do not stand in their value.
  size_t textBytes() const { return textBytes_; }

  /// Arrow's word for the type of such a column.
  static const char *format(const delimited_column &column);
  /// Bytes of a value in a batch.
  static size_t size(const delimited_column &column);

 private:
  void addTexts(const TextValue *values, size_t count, size_t row);
  char *roomForText(size_t count);

  delimited_column column_{};
  std::vector<char> values_;
  std::vector<uint64_t> validity_;
  size_t nulls_ = 0;
  /// Rooms of longer texts and how much of each is used.
  std::vector<std::unique_ptr<char[]>> texts_;
  std::vector<int64_t> used_;
  size_t textRoom_ = 0, textBytes_ = 0;
  std::vector<const void *> buffers_;
};

/// Rows of a file that the engine takes at once.
class Batch {
 public:
  Batch(const std::vector<delimited_column> &columns, size_t mostRows, size_t mostTextBytes);

  /// Forgets what it held and keeps its room.
  void start();
  /// Takes rows of a block from `start` on, as many as there is room for; how many it took.
  size_t add(const Rows &block, const std::vector<size_t> &order, size_t start);
  bool isFull() const { return rows_ >= mostRows_ || textBytes_ >= mostTextBytes_; }
  size_t rows() const { return rows_; }
  /// Its rows as an array whose release calls `release` with it.
  void give(ArrowArray &array, void (*release)(ArrowArray *), void *context);

 private:
  const std::vector<delimited_column> &types_;
  const size_t mostRows_, mostTextBytes_;
  size_t rows_ = 0, textBytes_ = 0;
  std::vector<BatchColumn> columns_;
  std::vector<ArrowArray> arrays_;
  std::vector<ArrowArray *> children_;
  const void *buffers_[1] = {nullptr};
};

}  // namespace delimited
