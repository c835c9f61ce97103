#include "Columns.h"

#include <cmath>
#include <cstring>

namespace delimited {

namespace {

/// One column of a block on its way from cells to values.
struct Strip {
  const Block &block;
  const Values &values;
  const delimited_column &wanted;
  size_t place, width;
  uint64_t *validity;
  delimited_fact &fact;

  void miss(size_t row, const char *text, size_t count) const;
  void bend(size_t row, const char *text, size_t count) const { fact.bent = {text, count, block.lines[row]}; }
  template <class T, class Read>
  void read(char *out, Read read) const;
  void texts(char *out) const;
  void moments(char *out, bool isZoned) const;
  void nanoseconds(char *out) const;
  template <class T>
  void integers(char *out) const;
  void fill(char *out) const;
};

/// Notes what a cell is that does not fit its column.
void Strip::miss(size_t row, const char *text, size_t count) const {
  const uint32_t found = values.kind(text, count);
  // What nanoseconds do not reach is a moment all the same; only text holds it.
  const uint32_t kind = wanted.type == DELIMITED_AS_NANOSECONDS ? uint32_t{DELIMITED_TEXT} : found;
  fact.kinds |= kind;
  const bool isNumber = kind == DELIMITED_INTEGER || kind == DELIMITED_NUMBER;
  if (!fact.odd.bytes && (wanted.is_stated || !isNumber)) fact.odd = {text, count, block.lines[row]};
}

template <class T, class Read>
void Strip::read(char *out, Read read) const {
  T *values = reinterpret_cast<T *>(out);
  const char *base = block.text.data();
  const Cell *cell = block.cells.data() + place;
  const size_t rows = block.rows();
  const bool isBendable = wanted.type == DELIMITED_AS_INTEGER || wanted.type == DELIMITED_AS_BOOLEAN;
  for (size_t row = 0; row < rows; ++row, cell += width) {
    const char *text = base + cell->start;
    T value{};
    const Fit fit = this->values.isNull(text, cell->count) ? Fit::null : read(text, cell->count, value);
    values[row] = value;
    if (fit == Fit::value) {
      if (isBendable && !fact.bent.bytes && Values::isBent(text, cell->count)) bend(row, text, cell->count);
      continue;
    }
    validity[row >> 6] &= ~(uint64_t{1} << (row & 63));
    if (fit == Fit::none) miss(row, text, cell->count);
  }
}

void Strip::texts(char *out) const {
  read<TextValue>(out, [](const char *text, size_t count, TextValue &value) {
    value.count = static_cast<uint32_t>(count);
    if (count <= sizeof value.bytes) {
      memcpy(value.bytes, text, count);
    } else {
      memcpy(value.bytes, text, 4);
      memcpy(value.bytes + 4, &text, sizeof text);
    }
    return Fit::value;
  });
}

/// Moments and dates, of which those without an offset are in UTC; with an offset only where that is wanted.
void Strip::moments(char *out, bool isZoned) const {
  read<int64_t>(out, [isZoned](const char *text, size_t count, int64_t &value) {
    int32_t days = 0, rest = 0;
    bool found = false;
    if (Values::date(text, count, days) == Fit::value) {
      value = int64_t{days} * 86400000000;
      return Fit::value;
    }
    if (Values::moment(text, count, value, rest, found) == Fit::none || rest != 0) return Fit::none;
    return found && !isZoned ? Fit::none : Fit::value;
  });
}

void Strip::nanoseconds(char *out) const {
  read<int64_t>(out, [](const char *text, size_t count, int64_t &value) {
    int32_t days = 0, rest = 0;
    bool isZoned = false;
    int64_t micros = 0;
    if (Values::date(text, count, days) == Fit::value) {
      micros = int64_t{days} * 86400000000;
    } else if (Values::moment(text, count, micros, rest, isZoned) == Fit::none || isZoned) {
      return Fit::none;
    }
    const bool isBeyond =
        __builtin_mul_overflow(micros, int64_t{1000}, &value) || __builtin_add_overflow(value, int64_t{rest}, &value);
    return isBeyond ? Fit::none : Fit::value;
  });
}

template <class T>
void Strip::integers(char *out) const {
  const Values &values = this->values;
  const int64_t low = wanted.low, high = wanted.high;
  const bool isStated = wanted.is_stated;
  read<T>(out, [&values, low, high, isStated](const char *text, size_t count, T &value) {
    int64_t whole = 0;
    const size_t digits = isStated ? values.beforeZeros(text, count) : count;
    if (values.integer(text, digits, whole) == Fit::value) {
      value = static_cast<T>(whole);
      return whole >= low && whole <= high ? Fit::value : Fit::none;
    }
    // Without a stated type, a number's word for none or its point would make the column another.
    double number = 0;
    if (!isStated) return Fit::none;
    const Fit fit = values.number(text, count, number);
    if (fit != Fit::value) return fit;
    // From 2^53 on other texts become the same number.
    const bool isWhole = number > -9007199254740992 && number < 9007199254740992 && number == static_cast<double>(static_cast<int64_t>(number));
    value = isWhole ? static_cast<T>(number) : T{};
    return isWhole && number >= static_cast<double>(low) && number <= static_cast<double>(high) ? Fit::value : Fit::none;
  });
}

void Strip::fill(char *out) const {
  const Values &values = this->values;
  const bool isStated = wanted.is_stated;
  switch (wanted.type) {
    case DELIMITED_AS_NOTHING:
      return read<TextValue>(out, [](const char *, size_t, TextValue &) { return Fit::none; });
    case DELIMITED_AS_TEXT: return texts(out);
    case DELIMITED_AS_INTEGER:
      return wanted.bytes == 1   ? integers<int8_t>(out)
             : wanted.bytes == 2 ? integers<int16_t>(out)
             : wanted.bytes == 4 ? integers<int32_t>(out)
                                 : integers<int64_t>(out);
    case DELIMITED_AS_DOUBLE:
      return read<double>(out, [&values, isStated](const char *text, size_t count, double &value) {
        const Fit fit = values.number(text, count, value);
        const bool isKept = !isStated || fit != Fit::value || std::fabs(value) < 0x1p53 || values.keepsDigits(text, count, value);
        return isKept ? fit : Fit::none;
      });
    case DELIMITED_AS_FLOAT:
      return read<float>(out, [&values](const char *text, size_t count, float &value) {
        double number = 0;
        const Fit fit = values.number(text, count, number);
        value = static_cast<float>(number);
        if (fit != Fit::value || number - number != 0) return fit;
        // Beyond the largest, or a whole number that is another one then.
        return value - value != 0 || !values.keepsDigits(text, count, double{value}) ? Fit::none : fit;
      });
    case DELIMITED_AS_BOOLEAN:
      return read<bool>(out, [isStated](const char *text, size_t count, bool &value) {
        if (!isStated || count != 1 || (*text != '0' && *text != '1')) return Values::flag(text, count, value);
        value = *text == '1';
        return Fit::value;
      });
    case DELIMITED_AS_DATE:
      return read<int32_t>(out, [isStated](const char *text, size_t count, int32_t &value) {
        int64_t micros = 0;
        int32_t rest = 0;
        bool isZoned = false;
        if (!isStated || count == 10) return Values::date(text, count, value);
        // A midnight is its day.
        const Fit fit = Values::moment(text, count, micros, rest, isZoned);
        if (fit != Fit::value || isZoned || rest != 0 || micros % 86400000000 != 0) return Fit::none;
        return Values::date(text, 10, value);
      });
    case DELIMITED_AS_MOMENT: return moments(out, false);
    case DELIMITED_AS_ZONED: return moments(out, true);
    case DELIMITED_AS_NANOSECONDS: return nanoseconds(out);
  }
}

}  // namespace

size_t Columns::size(const delimited_column &column) {
  switch (column.type) {
    case DELIMITED_AS_NOTHING: case DELIMITED_AS_TEXT: return sizeof(TextValue);
    case DELIMITED_AS_INTEGER: return column.bytes;
    case DELIMITED_AS_FLOAT: case DELIMITED_AS_DATE: return 4;
    case DELIMITED_AS_BOOLEAN: return 1;
    default: return 8;
  }
}

void Columns::fill(const Block &block, const std::vector<delimited_column> &columns, const Values &values) {
  const size_t width = columns.size(), rows = block.rows();
  storage_.resize(width);
  views_.assign(width, {});
  for (size_t place = 0; place < width; ++place) {
    Storage &storage = storage_[place];
    const size_t count = rows * size(columns[place]) + 1;
    if (count > storage.room) {
      // A little more, since the next block has about as many rows.
      storage.room = count + count / 8;
      storage.values.reset(new char[storage.room]);
    }
    storage.validity.assign((rows + 63) / 64, ~uint64_t{0});
    const Strip strip{block, values, columns[place], place, width, storage.validity.data(), views_[place].fact};
    strip.fill(storage.values.get());
    views_[place].values = storage.values.get();
    views_[place].validity = storage.validity.data();
  }
}

void Columns::classify(const Block &block, size_t width, const Values &values, delimited_fact *facts) {
  const Cell *cell = block.cells.data();
  for (size_t row = 0; row < block.rows(); ++row) {
    for (size_t place = 0; place < width; ++place, ++cell) {
      const char *text = block.text.data() + cell->start;
      delimited_fact &fact = facts[place];
      if (values.isNull(text, cell->count)) continue;
      const uint32_t kind = values.kind(text, cell->count);
      fact.kinds |= kind;
      if (!fact.odd.bytes && kind != DELIMITED_INTEGER && kind != DELIMITED_NUMBER) {
        fact.odd = {text, cell->count, block.lines[row]};
      }
    }
  }
}

}  // namespace delimited
