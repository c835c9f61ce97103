#include <cstring>

#include "Records.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace delimited {

uint64_t countLines(const char *begin, const char *end) {
  uint64_t count = 0;
  for (const char *p = begin; p < end; ++p) count += *p == '\n';
  if (memchr(begin, '\r', static_cast<size_t>(end - begin))) {
    for (const char *p = begin; p < end; ++p) count += *p == '\r' && (p + 1 == end || p[1] != '\n');
  }
  return count;
}

/// How many bytes a character beginning here has; 0 when it is none.
static size_t characterLength(const unsigned char *p, const unsigned char *end) {
  const unsigned char first = *p;
  const size_t count = first < 0x80 ? 1 : first >= 0xC2 && first < 0xE0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
  if (count == 0 || static_cast<size_t>(end - p) < count) return 0;
  for (size_t i = 1; i < count; ++i) {
    if ((p[i] & 0xC0) != 0x80) return 0;
  }
  if ((first == 0xE0 && p[1] < 0xA0) || (first == 0xED && p[1] > 0x9F) || (first == 0xF0 && p[1] < 0x90) ||
      (first == 0xF4 && p[1] > 0x8F)) {
    return 0;
  }
  return count;
}

const char *findForeign(const char *begin, const char *end) {
  const void *zero = memchr(begin, 0, static_cast<size_t>(end - begin));
  const unsigned char *p = reinterpret_cast<const unsigned char *>(begin);
  const unsigned char *last = reinterpret_cast<const unsigned char *>(end);
  while (p < last) {
    uint64_t word = 0;
    while (last - p >= 8 && (memcpy(&word, p, 8), (word & 0x8080808080808080u) == 0)) p += 8;
    if (p == last) break;
    const size_t count = characterLength(p, last);
    if (count == 0) break;
    p += count;
  }
  const unsigned char *first = static_cast<const unsigned char *>(zero);
  if (first && first < p) return static_cast<const char *>(zero);
  return p < last ? reinterpret_cast<const char *>(p) : static_cast<const char *>(zero);
}

/// The next separator or line end; the text is followed by a line feed.
static unsigned char *findEnd(unsigned char *p, unsigned char separator) {
#ifdef __SSE2__
  const __m128i separators = _mm_set1_epi8(static_cast<char>(separator));
  const __m128i feeds = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
  for (;; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(p));
    const __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(bytes, separators),
                                      _mm_or_si128(_mm_cmpeq_epi8(bytes, feeds), _mm_cmpeq_epi8(bytes, returns)));
    const int mask = _mm_movemask_epi8(hits);
    if (mask) return p + __builtin_ctz(static_cast<unsigned>(mask));
  }
#else
  while (*p != separator && *p != '\n' && *p != '\r') ++p;
  return p;
#endif
}

void Tokenizer::run(size_t columns, size_t mostRows) {
  block_.cells.clear();
  block_.lines.clear();
  base_ = reinterpret_cast<unsigned char *>(block_.text.data());
  place_ = base_ + block_.begin;
  end_ = base_ + block_.end;
  line_ = 0;
  bool wasBlank = false;
  block_.beginsWithRow = false;
  while (place_ < end_ && block_.rows() < mostRows) {
    if (dialect_.comment && *place_ == dialect_.comment) {
      skipLine();
    } else if (*place_ == '\n' || *place_ == '\r') {
      if (!wasBlank) block_.blankLine = line_;
      wasBlank = true;
      endLine();
    } else {
      if (block_.rows() == 0 && !wasBlank) block_.beginsWithRow = true;
      // In a file of one column an empty line may have been meant as a missing value.
      if (wasBlank && columns == 1) {
        line_ = block_.blankLine;
        refuse(DELIMITED_BLANK_LINE);
        return;
      }
      wasBlank = false;
      if (!record(columns)) return;
    }
  }
  block_.hasBlank = wasBlank;
  block_.begin = static_cast<size_t>(place_ - base_);
  block_.lineCount = line_;
}

/// One record; false after a mistake.
bool Tokenizer::record(size_t columns) {
  const size_t first = block_.cells.size();
  const uint64_t line = line_;
  bool isBare = true;
  do {
    unsigned char *start = place_;
    while (dialect_.trim && dialect_.isBlank(*place_)) ++place_;
    const bool isQuoted = dialect_.quote && *place_ == dialect_.quote && place_ < end_;
    if (!isQuoted) place_ = start;
    isBare = !isQuoted;
    if (!(isQuoted ? quotedCell(place_) : bareCell())) return false;
  } while (!endLine());
  const size_t found = block_.cells.size() - first;
  if (columns != 0 && found != columns) {
    line_ = line;
    refuse(DELIMITED_CELLS);
    block_.mistake.found = found;
    block_.mistake.wanted = columns;
    block_.mistake.is_last = place_ >= end_ && place_[-1] != '\n' && place_[-1] != '\r';
    return false;
  }
  if (found == 1 && isBare && isBlank(block_.cells.back())) {
    line_ = line;
    return refuse(DELIMITED_BLANK_LINE);
  }
  block_.lines.push_back(static_cast<uint32_t>(line));
  return true;
}

/// Whether a cell holds nothing but blanks.
bool Tokenizer::isBlank(const Cell &cell) const {
  for (uint32_t i = 0; i < cell.count; ++i) {
    if (base_[cell.start + i] != ' ' && base_[cell.start + i] != '\t') return false;
  }
  return true;
}

/// A cell without quotes around it, in which a quote is a character as any other.
bool Tokenizer::bareCell() {
  unsigned char *start = place_;
  place_ = findEnd(place_, dialect_.separator);
  unsigned char *last = place_;
  if (dialect_.trim) {
    while (start < last && dialect_.isBlank(*start)) ++start;
    while (last > start && dialect_.isBlank(last[-1])) --last;
  }
  block_.cells.push_back({static_cast<uint32_t>(start - base_), static_cast<uint32_t>(last - start)});
  return true;
}

/// A cell between quotes, in which two of them stand for one; it is made whole where it stands.
bool Tokenizer::quotedCell(unsigned char *quote) {
  unsigned char *out = quote + 1;
  unsigned char *p = quote + 1;
  const Cell cell{static_cast<uint32_t>(p - base_), 0};
  for (;;) {
    void *found = p < end_ ? memchr(p, dialect_.quote, static_cast<size_t>(end_ - p)) : nullptr;
    if (!found) return refuse(DELIMITED_OPEN_QUOTE);
    unsigned char *next = static_cast<unsigned char *>(found);
    line_ += countLines(reinterpret_cast<char *>(p), reinterpret_cast<char *>(next));
    const size_t count = static_cast<size_t>(next - p);
    if (out != p) memmove(out, p, count);
    out += count;
    p = next + 1;
    if (p >= end_ || *p != dialect_.quote) break;
    *out++ = dialect_.quote;
    ++p;
  }
  while (dialect_.trim && dialect_.isBlank(*p)) ++p;
  place_ = p;
  if (p < end_ && *p != dialect_.separator && *p != '\n' && *p != '\r') return refuse(DELIMITED_AFTER_QUOTE);
  const size_t count = static_cast<size_t>(out - base_) - cell.start;
  block_.cells.push_back({cell.start, static_cast<uint32_t>(count)});
  return true;
}

/// Goes to the next line.
void Tokenizer::skipLine() {
  while (*place_ != '\n' && *place_ != '\r') ++place_;
  endLine();
}

/// Goes over what ends a cell; true when that ends the line.
bool Tokenizer::endLine() {
  if (place_ >= end_) {
    ++line_;
    return true;
  }
  const unsigned char byte = *place_++;
  if (byte == dialect_.separator) return false;
  if (byte == '\r' && place_ < end_ && *place_ == '\n') ++place_;
  ++line_;
  return true;
}

bool Tokenizer::refuse(delimited_mistake_kind kind) {
  block_.mistake = delimited::mistake(kind, line_);
  return false;
}

}  // namespace delimited
