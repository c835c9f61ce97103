#include "Values.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace delimited {

static bool isDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }
static bool isSign(char c) { return c == '+' || c == '-'; }

/// Whether a text is a word in any case of letters.
static bool isWord(const char *text, size_t count, const char *word) {
  for (size_t i = 0; i < count; ++i) {
    if (!word[i] || (text[i] | 0x20) != word[i]) return false;
  }
  return word[count] == 0;
}

bool Values::isNull(const char *text, size_t count) const {
  if (count == 0) return true;
  for (const std::string &word : dialect_.nulls) {
    if (word.size() == count && memcmp(word.data(), text, count) == 0) return true;
  }
  return false;
}

bool Values::isBent(const char *text, size_t count) {
  const bool isNegative = text[0] == '-';
  if (text[0] == '+' || (text[isNegative] == '0' && count > 1)) return true;
  const char first = text[0] | 0x20;
  if (first != 't' && first != 'f') return false;
  for (size_t i = 0; i < count; ++i) {
    if (text[i] < 'a') return true;
  }
  return false;
}

/// Digits with an optional sign; none beyond 64 bits.
Fit Values::plainInteger(const char *text, size_t count, int64_t &out) {
  const bool isNegative = text[0] == '-';
  const char *p = text + isSign(text[0]), *end = text + count;
  if (p == end) return Fit::none;
  uint64_t value = 0;
  if (end - p <= 18) {
    for (; p < end; ++p) {
      if (!isDigit(*p)) return Fit::none;
      value = value * 10 + static_cast<uint64_t>(*p - '0');
    }
    out = isNegative ? -static_cast<int64_t>(value) : static_cast<int64_t>(value);
    return Fit::value;
  }
  if (!isDigit(*p)) return Fit::none;
  const char *from = isNegative ? text : p;
  const auto result = std::from_chars(from, end, out);
  return result.ec == std::errc() && result.ptr == end ? Fit::value : Fit::none;
}

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// A number between its sign and its end, as far as its form goes.
struct Decimal {
  uint64_t digits = 0;
  int exponent = 0;
  int count = 0;

  bool read(const char *p, const char *end);
};

/// False when this is no number; `count` beyond 19 says that `digits` is too short.
bool Decimal::read(const char *p, const char *end) {
  const char *start = p;
  for (; p < end && isDigit(*p); ++p) digits = digits * 10 + static_cast<uint64_t>(*p - '0');
  count = static_cast<int>(p - start);
  if (p < end && *p == '.') {
    const char *point = ++p;
    for (; p < end && isDigit(*p); ++p) digits = digits * 10 + static_cast<uint64_t>(*p - '0');
    exponent = -static_cast<int>(p - point);
    count -= exponent;
  }
  if (count == 0) return false;
  if (p == end) return true;
  if ((*p | 0x20) != 'e' || ++p == end) return false;
  const bool isNegative = *p == '-';
  if (isSign(*p)) ++p;
  if (p == end) return false;
  int power = 0;
  for (; p < end; ++p) {
    if (!isDigit(*p)) return false;
    if (power < 100000) power = power * 10 + (*p - '0');
  }
  exponent += isNegative ? -power : power;
  return true;
}

/// The nearest double; beyond the largest is none, below the smallest is zero.
Fit Values::plainNumber(const char *text, size_t count, double &out) {
  const bool isNegative = text[0] == '-';
  const char *p = text + isSign(text[0]), *end = text + count;
  Decimal decimal;
  if (p < end && !isDigit(*p) && *p != '.') {
    const size_t rest = static_cast<size_t>(end - p);
    if (isWord(p, rest, "nan")) return Fit::null;
    if (!isWord(p, rest, "inf") && !isWord(p, rest, "infinity")) return Fit::none;
    out = isNegative ? -HUGE_VAL : HUGE_VAL;
    return Fit::value;
  }
  if (!decimal.read(p, end)) return Fit::none;
  // Both sides are exact, so their one rounding is that of the number itself.
  if (decimal.count <= 19 && decimal.digits <= (1ull << 53) && decimal.exponent >= -22 && decimal.exponent <= 22) {
    const double digits = static_cast<double>(decimal.digits);
    out = decimal.exponent < 0 ? digits / powers[-decimal.exponent] : digits * powers[decimal.exponent];
  } else {
    const auto result = std::from_chars(p, end, out);
    if (result.ec == std::errc::result_out_of_range) {
      out = std::strtod(std::string(p, end).c_str(), nullptr);
      if (std::isinf(out)) return Fit::none;
    }
  }
  if (isNegative) out = -out;
  return Fit::value;
}

size_t Values::separator(const char *text, size_t count, size_t place) const {
  if (!dialect_.thousands) return 0;
  if (static_cast<unsigned char>(text[place]) == dialect_.thousands) return 1;
  if (dialect_.thousands != ' ') return 0;
  // U+00A0 and U+202F, which spreadsheets write.
  if (place + 2 <= count && !memcmp(text + place, "\xC2\xA0", 2)) return 2;
  return place + 3 <= count && !memcmp(text + place, "\xE2\x80\xAF", 3) ? 3 : 0;
}

/// A number as it would be written with a point and without separators; false when it is not so written.
bool Values::plain(const char *text, size_t count, char *out, size_t &length) const {
  if (count > 400) return false;
  length = 0;
  int group = -1;
  bool isWhole = true;
  for (size_t i = 0; i < count; ++i) {
    const unsigned char byte = static_cast<unsigned char>(text[i]);
    const size_t between = isWhole ? separator(text, count, i) : 0;
    if (byte == dialect_.decimal && isWhole) {
      if (group >= 0 && group != 3) return false;
      isWhole = false;
      out[length++] = '.';
    } else if (between) {
      // One to three digits stand before the first separator, of which the first is no 0, and three after each.
      const size_t sign = length > 0 && isSign(out[0]);
      const size_t before = length - sign;
      if (group >= 0 ? group != 3 : before < 1 || before > 3 || out[sign] == '0') return false;
      group = 0;
      i += between - 1;
    } else if (byte == '.') {
      return false;
    } else {
      if (!isDigit(text[i])) {
        if (isWhole && group >= 0 && group != 3) return false;
        if (i > 0) isWhole = false;
      } else if (group >= 0 && isWhole) {
        ++group;
      }
      out[length++] = text[i];
    }
  }
  return !isWhole || group < 0 || group == 3;
}

Fit Values::integer(const char *text, size_t count, int64_t &out) const {
  if (isPlain_) return plainInteger(text, count, out);
  char room[400];
  size_t length = 0;
  return plain(text, count, room, length) && length > 0 ? plainInteger(room, length, out) : Fit::none;
}

size_t Values::beforeZeros(const char *text, size_t count) const {
  size_t end = count;
  while (end > 1 && text[end - 1] == '0') --end;
  return end > 1 && static_cast<unsigned char>(text[end - 1]) == dialect_.decimal ? end - 1 : count;
}

Fit Values::number(const char *text, size_t count, double &out) const {
  if (isPlain_) return plainNumber(text, count, out);
  char room[400];
  size_t length = 0;
  return plain(text, count, room, length) && length > 0 ? plainNumber(room, length, out) : Fit::none;
}

bool Values::keepsDigits(const char *text, size_t count, double number) const {
  std::string digits;
  for (size_t i = isSign(text[0]); i < count; ++i) {
    const unsigned char byte = static_cast<unsigned char>(text[i]);
    if (const size_t between = separator(text, count, i)) {
      i += between - 1;
      continue;
    }
    if (!isDigit(text[i])) return true;
    if (!digits.empty() || byte != '0') digits += text[i];
  }
  char written[400];
  const int length = snprintf(written, sizeof written, "%.0f", std::fabs(number));
  return digits == (digits.empty() ? std::string() : std::string(written, static_cast<size_t>(length)));
}

Fit Values::flag(const char *text, size_t count, bool &out) {
  out = isWord(text, count, "true");
  return out || isWord(text, count, "false") ? Fit::value : Fit::none;
}

uint32_t Values::kind(const char *text, size_t count) const {
  int64_t integer = 0, micros = 0;
  double number = 0;
  bool flagged = false, isZoned = false;
  int32_t days = 0, rest = 0;
  if (this->integer(text, count, integer) == Fit::value) return DELIMITED_INTEGER;
  if (this->number(text, count, number) != Fit::none) {
    // Digits alone that 64 bits do not hold would lose some of them.
    for (size_t i = 0; i < count; ++i) {
      const size_t between = separator(text, count, i);
      if (!isDigit(text[i]) && !isSign(text[i]) && !between) return DELIMITED_NUMBER;
      if (between) i += between - 1;
    }
    return DELIMITED_TEXT;
  }
  if (flag(text, count, flagged) == Fit::value) return DELIMITED_FLAG;
  if (date(text, count, days) == Fit::value) return DELIMITED_DATE;
  if (moment(text, count, micros, rest, isZoned) == Fit::none) return DELIMITED_TEXT;
  if (rest != 0) return isZoned ? DELIMITED_TEXT : DELIMITED_NANOSECONDS;
  return isZoned ? DELIMITED_ZONED : DELIMITED_MOMENT;
}

}  // namespace delimited
