#include <cstring>

#include "Reader.h"

namespace delimited {

/// Bytes of a block, and how many one record may have.
constexpr size_t blockSize = 1 << 20, longestRecord = 64 << 20;
/// What is read beyond the end of a block's text without a look at where it ends.
constexpr size_t margin = 32;

/// Reads until the text is as long as it may be or the file ends; how much there is.
size_t Feeder::fill(std::vector<char> &text) {
  size_t filled = rest_.size();
  text.resize(std::max(blockSize, filled * 2) + margin);
  if (filled > 0) memcpy(text.data(), rest_.data(), filled);
  rest_.clear();
  while (!isAtEnd_ && filled < text.size() - margin) {
    const size_t count = source_.read(text.data() + filled, text.size() - margin - filled);
    isAtEnd_ = count == 0;
    filled += count;
  }
  return filled;
}

/// Gives the block what ends at `end` and keeps the rest.
void Feeder::cut(Block &block, size_t end, size_t filled) {
  const char *text = block.text.data();
  rest_.assign(text + end, text + filled);
  block.text[end] = '\n';
  block.end = end;
  splitter_.reset();
}

std::unique_ptr<Part> Feeder::next(std::unique_ptr<Part> spare, const Look &look) {
  if (isAtEnd_ && rest_.empty() && source_.mistake().kind == DELIMITED_NO_MISTAKE) return nullptr;
  std::unique_ptr<Part> part = spare ? std::move(spare) : std::make_unique<Part>();
  part->isTaken = part->isDone = false;
  Block &block = part->block;
  block.clear();
  for (;;) {
    const size_t filled = fill(block.text);
    const char *text = block.text.data();
    // Of a file that could not be read to its end nothing is of use.
    if (source_.mistake().kind != DELIMITED_NO_MISTAKE) {
      block.mistake = source_.mistake();
      return part;
    }
    if (filled == 0) return nullptr;
    if (look) {
      look(block, filled);
      splitter_.reset(block.begin);
    }
    const size_t end = splitter_.split(text, filled, isAtEnd_);
    if (end > 0) {
      cut(block, end, filled);
      return part;
    }
    if (isAtEnd_) {
      block.mistake = mistake(DELIMITED_OPEN_QUOTE, countLines(text, text + splitter_.openQuote()));
      return part;
    }
    if (filled > longestRecord) {
      block.mistake = mistake(DELIMITED_LONG_RECORD);
      return part;
    }
    rest_.assign(text, text + filled);
  }
}

}  // namespace delimited
