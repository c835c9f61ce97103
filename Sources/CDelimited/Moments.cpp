#include "Values.h"

namespace delimited {

/// Two digits as a number from 0 to `most`; -1 when they are none.
static int twoDigits(const char *p, int most) {
  const unsigned tens = static_cast<unsigned char>(p[0] - '0'), ones = static_cast<unsigned char>(p[1] - '0');
  if (tens > 9 || ones > 9) return -1;
  const int value = static_cast<int>(tens * 10 + ones);
  return value <= most ? value : -1;
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (Hinnant, `days_from_civil`).
static int32_t daysFromCivil(int year, int month, int day) {
  year -= month <= 2;
  const int era = year / 400;
  const int ofEra = year - era * 400;
  const int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
}

Fit Values::date(const char *text, size_t count, int32_t &out) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (count != 10 || text[4] != '-' || text[7] != '-') return Fit::none;
  const int century = twoDigits(text, 99), years = twoDigits(text + 2, 99);
  const int month = twoDigits(text + 5, 12), day = twoDigits(text + 8, 31);
  if (century < 0 || years < 0 || month < 1 || day < 1) return Fit::none;
  const int year = century * 100 + years;
  const bool isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  // The calendar of the engine and of Python begins with year 1.
  if (year == 0 || day > lengths[month - 1] + (month == 2 && isLeap)) return Fit::none;
  out = daysFromCivil(year, month, day);
  return Fit::value;
}

/// Up to nine digits after a point, as nanoseconds; -1 when they are none. `p` goes on to what follows.
static int32_t fraction(const char *&p, const char *end) {
  if (p == end || *p != '.') return 0;
  int32_t value = 0;
  int count = 0;
  for (++p; p < end && static_cast<unsigned char>(*p - '0') < 10; ++p) {
    if (++count > 9) return -1;
    value = value * 10 + (*p - '0');
  }
  if (count == 0) return -1;
  for (; count < 9; ++count) value *= 10;
  return value;
}

/// `Z` or hours with or without minutes, as seconds; false when it is neither.
static bool offset(const char *p, const char *end, int &seconds) {
  seconds = 0;
  if (end - p == 1 && *p == 'Z') return true;
  if (end - p != 3 && end - p != 5 && end - p != 6) return false;
  if ((*p != '+' && *p != '-') || (end - p == 6 && p[3] != ':')) return false;
  const int hours = twoDigits(p + 1, 15), minutes = end - p > 3 ? twoDigits(end - 2, 59) : 0;
  if (hours < 0 || minutes < 0) return false;
  seconds = (hours * 60 + minutes) * (*p == '-' ? -60 : 60);
  return true;
}

Fit Values::moment(const char *text, size_t count, int64_t &out, int32_t &rest, bool &isZoned) {
  int32_t days = 0;
  isZoned = false;
  if (count < 19 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':') return Fit::none;
  if (date(text, 10, days) != Fit::value) return Fit::none;
  const int hours = twoDigits(text + 11, 23), minutes = twoDigits(text + 14, 59), seconds = twoDigits(text + 17, 59);
  const char *p = text + 19, *end = text + count;
  const int32_t nanoseconds = fraction(p, end);
  int shift = 0;
  if (hours < 0 || minutes < 0 || seconds < 0 || nanoseconds < 0) return Fit::none;
  if (p < end) {
    if (!offset(p, end, shift)) return Fit::none;
    isZoned = true;
  }
  const int64_t whole = static_cast<int64_t>(days) * 86400 + hours * 3600 + minutes * 60 + seconds - shift;
  out = whole * 1000000 + nanoseconds / 1000;
  rest = nanoseconds % 1000;
  return Fit::value;
}

}  // namespace delimited
