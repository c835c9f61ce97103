#pragma once
#include "Records.h"

namespace delimited {

/// What becomes of a cell that is read as one type.
enum class Fit { value, null, none };

/// Reads cells as values; only forms that no two readers would take differently are known.
class Values {
 public:
  explicit Values(const Dialect &dialect) : dialect_(dialect), isPlain_(dialect.decimal == '.' && !dialect.thousands) {}

  /// Whether a cell is one of the words for none.
  bool isNull(const char *text, size_t count) const;
  /// Whether an integer or a flag is written otherwise than its value would be.
  static bool isBent(const char *text, size_t count);
  /// What a cell that is no null looks like, as one bit.
  uint32_t kind(const char *text, size_t count) const;

  Fit integer(const char *text, size_t count, int64_t &out) const;
  Fit number(const char *text, size_t count, double &out) const;
  /// How long a cell is before a decimal point with nothing but zeros behind it; all of it where there is none.
  size_t beforeZeros(const char *text, size_t count) const;
  /// Whether a cell of digits alone is exactly the number it was read as; what has a point or an exponent is rounded.
  bool keepsDigits(const char *text, size_t count, double number) const;
  static Fit flag(const char *text, size_t count, bool &out);
  static Fit date(const char *text, size_t count, int32_t &out);
  /// Microseconds; `rest` is of nanoseconds, and `isZoned` whether there is an offset, which is taken off.
  static Fit moment(const char *text, size_t count, int64_t &out, int32_t &rest, bool &isZoned);

 private:
  bool plain(const char *text, size_t count, char *out, size_t &length) const;
  /// How many bytes of what stands between thousands begin at a place; 0: none. A blank may be one that breaks no line.
  size_t separator(const char *text, size_t count, size_t place) const;
  static Fit plainInteger(const char *text, size_t count, int64_t &out);
  static Fit plainNumber(const char *text, size_t count, double &out);

  const Dialect &dialect_;
  bool isPlain_;
};

}  // namespace delimited
