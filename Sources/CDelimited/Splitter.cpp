#include <cstring>

#include "Records.h"

namespace delimited {

Dialect::Dialect(const delimited_dialect &written)
    : separator(written.separator),
      quote(written.quote),
      comment(written.comment),
      decimal(written.decimal),
      thousands(written.thousands),
      trim(written.trim),
      sepLine(written.sep_line) {
  for (size_t i = 0; i < written.null_count; ++i) nulls.emplace_back(written.nulls[i]);
}

void Block::clear() {
  begin = end = 0;
  cells.clear();
  lines.clear();
  lineCount = blankLine = 0;
  mistake = {};
  hasBlank = beginsWithRow = false;
}

void Splitter::reset(size_t start) {
  quoted_ = false;
  start_ = place_ = opened_ = bareFrom_ = start;
  bare_.clear();
}

size_t Splitter::split(const char *text, size_t count, bool isAll) {
  scan(text, count, isAll);
  if (isAll && !quoted_) return count;
  return lastEnd(text, count, isAll);
}

/// Follows quotes from where it stopped.
void Splitter::scan(const char *text, size_t count, bool isAll) {
  while (dialect_.quote && place_ < count) {
    const void *found = memchr(text + place_, dialect_.quote, count - place_);
    if (!found) {
      place_ = count;
      return;
    }
    const size_t quote = static_cast<size_t>(static_cast<const char *>(found) - text);
    if (!quoted_) {
      place_ = quote + 1;
      if (!opens(text, quote)) continue;
      quoted_ = true;
      opened_ = quote;
      bare_.emplace_back(bareFrom_, quote);
      continue;
    }
    // Whether it closes is known with the next byte.
    if (quote + 1 == count && !isAll) {
      place_ = quote;
      return;
    }
    if (quote + 1 < count && text[quote + 1] == text[quote]) {
      place_ = quote + 2;
      continue;
    }
    quoted_ = false;
    bareFrom_ = place_ = quote + 1;
  }
}

/// Whether a quote outside of quotes begins a cell.
bool Splitter::opens(const char *text, size_t place) const {
  size_t before = place;
  while (dialect_.trim && before > start_ && dialect_.isBlank(static_cast<unsigned char>(text[before - 1]))) --before;
  if (before > start_) {
    const unsigned char last = static_cast<unsigned char>(text[before - 1]);
    if (last != dialect_.separator && last != '\n' && last != '\r') return false;
  }
  if (!dialect_.comment) return true;
  while (before > start_ && text[before - 1] != '\n' && text[before - 1] != '\r') --before;
  return static_cast<unsigned char>(text[before]) != dialect_.comment;
}

/// After the last line end outside of quotes; lone carriage returns count where there is no other.
size_t Splitter::lastEnd(const char *text, size_t count, bool isAll) const {
  for (const char wanted : {'\n', '\r'}) {
    for (size_t i = bare_.size() + (quoted_ ? 0 : 1); i-- > 0;) {
      const size_t from = i < bare_.size() ? bare_[i].first : bareFrom_;
      const size_t to = i < bare_.size() ? bare_[i].second : count;
      for (size_t place = to; place > from; --place) {
        const void *found = memrchr(text + from, wanted, place - from);
        if (!found) break;
        place = static_cast<size_t>(static_cast<const char *>(found) - text) + 1;
        // A carriage return that ends the text may belong to a line feed to come.
        if (wanted == '\n' || (place < count && text[place] != '\n') || (place == count && isAll)) return place;
      }
    }
  }
  return 0;
}

}  // namespace delimited
