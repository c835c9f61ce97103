#include "Batch.h"

#include <algorithm>
#include <cstring>

namespace delimited {

/// Texts of up to so many bytes stand in their value.
constexpr size_t shortText = 12;
/// Bytes of the first and of the largest room for longer texts.
constexpr size_t firstRoom = 1 << 12, largestRoom = 1 << 20;

const char *BatchColumn::format(const delimited_column &column) {
  switch (column.type) {
    case DELIMITED_AS_NOTHING: case DELIMITED_AS_TEXT: return "vu";
    case DELIMITED_AS_INTEGER:
      if (column.low >= 0) return column.bytes == 1 ? "C" : column.bytes == 2 ? "S" : column.bytes == 4 ? "I" : "L";
      return column.bytes == 1 ? "c" : column.bytes == 2 ? "s" : column.bytes == 4 ? "i" : "l";
    case DELIMITED_AS_DOUBLE: return "g";
    case DELIMITED_AS_FLOAT: return "f";
    case DELIMITED_AS_BOOLEAN: return "b";
    case DELIMITED_AS_DATE: return "tdD";
    case DELIMITED_AS_MOMENT: return "tsu:";
    case DELIMITED_AS_NANOSECONDS: return "tsn:";
    case DELIMITED_AS_ZONED: return "tsu:UTC";
  }
  return "vu";
}

size_t BatchColumn::size(const delimited_column &column) { return Columns::size(column); }

void BatchColumn::start(const delimited_column &column, size_t rows) {
  column_ = column;
  const bool isFlag = column.type == DELIMITED_AS_BOOLEAN;
  values_.resize(isFlag ? (rows + 63) / 64 * 8 : rows * size(column));
  if (isFlag) std::fill(values_.begin(), values_.end(), 0);
  validity_.assign((rows + 63) / 64, 0);
  texts_.clear();
  used_.clear();
  nulls_ = textRoom_ = textBytes_ = 0;
}

/// Sets bits from `at` on to the `count` bits from `from` on; those they were must be zero.
static void copyBits(uint64_t *out, size_t at, const uint64_t *bits, size_t from, size_t count) {
  for (size_t done = 0; done < count;) {
    const size_t place = from + done, shift = place & 63, room = 64 - ((at + done) & 63);
    const size_t taken = std::min({64 - shift, room, count - done});
    uint64_t word = bits[place >> 6] >> shift;
    if (taken < 64) word &= (uint64_t{1} << taken) - 1;
    out[(at + done) >> 6] |= word << ((at + done) & 63);
    done += taken;
  }
}

static size_t countBits(const uint64_t *bits, size_t from, size_t count) {
  size_t found = 0;
  for (size_t done = 0; done < count;) {
    const size_t place = from + done, shift = place & 63, taken = std::min(64 - shift, count - done);
    uint64_t word = bits[place >> 6] >> shift;
    if (taken < 64) word &= (uint64_t{1} << taken) - 1;
    found += static_cast<size_t>(__builtin_popcountll(word));
    done += taken;
  }
  return found;
}

void BatchColumn::add(const View &from, size_t start, size_t count, size_t row) {
  copyBits(validity_.data(), row, from.validity, start, count);
  nulls_ += count - countBits(from.validity, start, count);
  const char *values = static_cast<const char *>(from.values);
  if (column_.type == DELIMITED_AS_NOTHING || column_.type == DELIMITED_AS_TEXT) {
    addTexts(reinterpret_cast<const TextValue *>(values) + start, count, row);
  } else if (column_.type == DELIMITED_AS_BOOLEAN) {
    for (size_t i = 0; i < count; ++i) {
      values_[(row + i) >> 3] |= static_cast<char>((values[start + i] != 0) << ((row + i) & 7));
    }
  } else {
    const size_t width = size(column_);
    memcpy(values_.data() + row * width, values + start * width, count * width);
  }
}

/// A text's value in a batch says of a longer one which room it stands in and where.
void BatchColumn::addTexts(const TextValue *values, size_t count, size_t row) {
  TextValue *out = reinterpret_cast<TextValue *>(values_.data()) + row;
  memcpy(out, values, count * sizeof(TextValue));
  for (size_t i = 0; i < count; ++i) {
    if (values[i].count <= shortText) continue;
    const char *text;
    memcpy(&text, values[i].bytes + 4, sizeof text);
    char *to = roomForText(values[i].count);
    memcpy(to, text, values[i].count);
    const int32_t place[] = {static_cast<int32_t>(texts_.size() - 1), static_cast<int32_t>(to - texts_.back().get())};
    memcpy(out[i].bytes + 4, place, sizeof place);
  }
}

char *BatchColumn::roomForText(size_t count) {
  if (texts_.empty() || static_cast<size_t>(used_.back()) + count > textRoom_) {
    textRoom_ = std::max(count, std::min(largestRoom, textRoom_ == 0 ? firstRoom : textRoom_ * 2));
    texts_.emplace_back(new char[textRoom_]);
    used_.push_back(0);
  }
  char *room = texts_.back().get() + used_.back();
  used_.back() += static_cast<int64_t>(count);
  textBytes_ += count;
  return room;
}

void BatchColumn::give(ArrowArray &array, size_t rows) {
  buffers_ = {nulls_ == 0 ? nullptr : static_cast<const void *>(validity_.data()), values_.data()};
  if (column_.type == DELIMITED_AS_NOTHING || column_.type == DELIMITED_AS_TEXT) {
    for (const auto &text : texts_) buffers_.push_back(text.get());
    buffers_.push_back(used_.data());
  }
  array = {};
  array.length = static_cast<int64_t>(rows);
  array.null_count = static_cast<int64_t>(nulls_);
  array.n_buffers = static_cast<int64_t>(buffers_.size());
  array.buffers = buffers_.data();
  // The batch is let go of as a whole.
  array.release = [](ArrowArray *released) { released->release = nullptr; };
}

Batch::Batch(const std::vector<delimited_column> &columns, size_t mostRows, size_t mostTextBytes)
    : types_(columns),
      mostRows_(mostRows),
      mostTextBytes_(mostTextBytes),
      columns_(columns.size()),
      arrays_(columns.size()) {
  for (ArrowArray &array : arrays_) children_.push_back(&array);
}

void Batch::start() {
  for (size_t place = 0; place < columns_.size(); ++place) columns_[place].start(types_[place], mostRows_);
  rows_ = textBytes_ = 0;
}

size_t Batch::add(const Rows &block, const std::vector<size_t> &order, size_t start) {
  const size_t count = std::min(block.count - start, mostRows_ - rows_);
  textBytes_ = 0;
  for (size_t place = 0; place < columns_.size(); ++place) {
    columns_[place].add(block.columns[order[place]], start, count, rows_);
    textBytes_ += columns_[place].textBytes();
  }
  rows_ += count;
  return count;
}

void Batch::give(ArrowArray &array, void (*release)(ArrowArray *), void *context) {
  for (size_t place = 0; place < columns_.size(); ++place) columns_[place].give(arrays_[place], rows_);
  array = {};
  array.length = static_cast<int64_t>(rows_);
  array.n_buffers = 1;
  array.buffers = buffers_;
  array.n_children = static_cast<int64_t>(children_.size());
  array.children = children_.data();
  array.release = release;
  array.private_data = context;
}

}  // namespace delimited
