#include "Reader.h"

#include <algorithm>
#include <cstring>

namespace delimited {

Reader::Reader(int descriptor, bool gzip, const delimited_dialect &written, delimited_sink sink, void *context)
    : dialect(written),
      choosesSeparator_(dialect.separator == 0),
      values_(dialect),
      feeder_(descriptor, gzip, dialect, sink, context) {}

Reader::~Reader() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    isStopped_ = true;
  }
  hasRoom_.notify_all();
  hasWork_.notify_all();
  for (std::thread &thread : threads_) thread.join();
}

/// Reads as far as the header.
void Reader::open() {
  first_ = feeder_.next(nullptr, [this](Block &block, size_t count) { begin(block, count); });
  if (!first_) {
    mistake = delimited::mistake(DELIMITED_EMPTY);
    return;
  }
  Block &block = first_->block;
  mistake = block.mistake;
  const unsigned char *text = reinterpret_cast<const unsigned char *>(block.text.data());
  const auto begins = [&](const char *bytes, size_t count) {
    return block.text.size() >= count && memcmp(text, bytes, count) == 0;
  };
  if (begins("\x1F\x8B\x08", 3)) mistake = delimited::mistake(DELIMITED_GZIP);
  if (begins("\x28\xB5\x2F\xFD", 4)) mistake = delimited::mistake(DELIMITED_ZSTD);
  if (begins("PAR1\x15", 5)) mistake = delimited::mistake(DELIMITED_PARQUET);
  if (begins("PK\x03\x04", 4)) mistake = delimited::mistake(DELIMITED_ZIP);
  if (mistake.kind == DELIMITED_OPEN_QUOTE) ++mistake.line;
  if (mistake.kind != DELIMITED_NO_MISTAKE) return;
  if (block.end >= 2 && ((text[0] == 0xFF && text[1] == 0xFE) || (text[0] == 0xFE && text[1] == 0xFF))) {
    mistake = delimited::mistake(DELIMITED_UTF16);
    return;
  }
  if (lacksSepLine_) {
    mistake = delimited::mistake(DELIMITED_SEP_LINE, 1);
    return;
  }
  takeHeader();
}

/// Finds where the header begins and what separates cells, without which nobody knows where quotes begin and records
/// end; once more when the file's first record needs more text.
void Reader::begin(Block &block, size_t count) {
  block.begin = count >= 3 && memcmp(block.text.data(), "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  line_ = 1;
  if (choosesSeparator_) dialect.separator = 0;
  lacksSepLine_ = dialect.sepLine && !takeSepLine(block, count);
  if (dialect.separator == 0) chooseSeparator(block, count);
}

/// Takes the separator from a first line as spreadsheets write it; false when there is none.
bool Reader::takeSepLine(Block &block, size_t end) {
  const char *text = block.text.data() + block.begin;
  const size_t count = end - block.begin;
  if (count < 6 || strncasecmp(text, "sep=", 4) != 0 || (text[5] != '\n' && text[5] != '\r')) return false;
  dialect.separator = static_cast<unsigned char>(text[4]);
  block.begin += 6;
  if (text[5] == '\r' && count > 6 && text[6] == '\n') ++block.begin;
  ++line_;
  return true;
}

/// What is most frequent in the first line outside of quotes; a comma where nothing is more frequent.
void Reader::chooseSeparator(const Block &block, size_t end) {
  const char candidates[] = {',', ';', '\t', '|'};
  size_t counts[4] = {};
  bool isQuoted = false;
  for (size_t i = block.begin; i < end; ++i) {
    const char byte = block.text[i];
    const bool isLineEnd = byte == '\n' || byte == '\r';
    if (dialect.comment && static_cast<unsigned char>(byte) == dialect.comment && !isQuoted &&
        (i == block.begin || block.text[i - 1] == '\n' || block.text[i - 1] == '\r')) {
      while (i < end && block.text[i] != '\n' && block.text[i] != '\r') ++i;
      continue;
    }
    if (dialect.quote && static_cast<unsigned char>(byte) == dialect.quote) isQuoted = !isQuoted;
    if (isLineEnd && !isQuoted && i > block.begin && block.text[i - 1] != '\n' && block.text[i - 1] != '\r') break;
    for (size_t k = 0; k < 4 && !isQuoted; ++k) counts[k] += byte == candidates[k];
  }
  dialect.separator = static_cast<unsigned char>(candidates[std::max_element(counts, counts + 4) - counts]);
}

/// Takes the names of the columns from the first record.
void Reader::takeHeader() {
  Block &block = first_->block;
  const char *foreign = findForeign(block.text.data() + block.begin, block.text.data() + block.end);
  Tokenizer(dialect, block).run(0, 1);
  mistake = block.mistake;
  if (foreign && foreign < block.text.data() + block.begin) {
    mistake = delimited::mistake(*foreign ? DELIMITED_NOT_UTF8 : DELIMITED_ZERO_BYTE);
  } else if (mistake.kind == DELIMITED_NO_MISTAKE && block.rows() == 0) {
    mistake = delimited::mistake(DELIMITED_EMPTY);
  }
  mistake.line += line_;
  for (const Cell &cell : block.cells) names.emplace_back(block.text.data() + cell.start, cell.count);
  line_ += block.lineCount;
}

/// Tells the first block's cells apart and says what they look like.
void Reader::sample(delimited_fact *facts) {
  work(*first_);
  isFirstTold_ = true;
  if (first_->block.mistake.kind != DELIMITED_NO_MISTAKE) return;
  Columns::classify(first_->block, names.size(), values_, facts);
  for (size_t place = 0; place < names.size(); ++place) facts[place].odd.line += line_;
}

void Reader::start(const delimited_column *columns, size_t threads) {
  columns_.assign(columns, columns + names.size());
  // What is in memory already needs no threads.
  if (threads < 2 || feeder_.isAtEnd()) return;
  mostParts_ = threads * 2 + 1;
  threads_.emplace_back([this] { feed(); });
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { labour(); });
}

/// Tells a block's cells apart, and reads them once it is known what as.
void Reader::work(Part &part) const {
  Block &block = part.block;
  try {
    if (block.mistake.kind != DELIMITED_NO_MISTAKE) return;
    if (&part != first_.get() || !isFirstTold_) {
      const char *from = block.text.data() + block.begin, *to = block.text.data() + block.end;
      const char *foreign = findForeign(from, to);
      if (foreign) {
        block.mistake = delimited::mistake(*foreign ? DELIMITED_NOT_UTF8 : DELIMITED_ZERO_BYTE, countLines(from, foreign));
        return;
      }
      Tokenizer(dialect, block).run(names.size(), SIZE_MAX);
    }
    if (!columns_.empty() && block.mistake.kind == DELIMITED_NO_MISTAKE) part.columns.fill(block, columns_, values_);
  } catch (const std::bad_alloc &) {
    block.mistake = delimited::mistake(DELIMITED_MEMORY);
  }
}

/// A block that is done with; nil while there is none.
std::unique_ptr<Part> Reader::spare() {
  std::lock_guard<std::mutex> lock(mutex_);
  if (spares_.empty()) return nullptr;
  std::unique_ptr<Part> part = std::move(spares_.back());
  spares_.pop_back();
  return part;
}

/// Reads ahead, as far as there is room.
void Reader::feed() {
  bool goesOn = true;
  while (goesOn) {
    std::unique_ptr<Part> part;
    try {
      part = feeder_.next(spare());
    } catch (const std::bad_alloc &) {
      part = std::make_unique<Part>();
      part->block.mistake = delimited::mistake(DELIMITED_MEMORY);
    }
    std::unique_lock<std::mutex> lock(mutex_);
    goesOn = part && part->block.mistake.kind == DELIMITED_NO_MISTAKE;
    hasRoom_.wait(lock, [this] { return isStopped_ || parts_.size() < mostParts_; });
    if (isStopped_) return;
    if (part) parts_.push_back(std::move(part));
    if (!goesOn) isFed_ = true;
    lock.unlock();
    hasWork_.notify_all();
    hasResult_.notify_all();
  }
}

/// Works on the blocks that nobody has taken.
void Reader::labour() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    const auto free = [this] {
      return std::find_if(parts_.begin(), parts_.end(), [](const auto &part) { return !part->isTaken; });
    };
    hasWork_.wait(lock, [&] { return isStopped_ || isFed_ || free() != parts_.end(); });
    const auto found = free();
    if (isStopped_ || found == parts_.end()) return;
    Part &part = **found;
    part.isTaken = true;
    lock.unlock();
    work(part);
    lock.lock();
    part.isDone = true;
    hasResult_.notify_all();
  }
}

/// The next block in the order of the file; nil at the end.
std::unique_ptr<Part> Reader::wait() {
  if (first_) {
    work(*first_);
    return std::move(first_);
  }
  if (threads_.empty()) {
    auto part = feeder_.next(spare());
    if (part) work(*part);
    return part;
  }
  std::unique_lock<std::mutex> lock(mutex_);
  hasResult_.wait(lock, [this] { return parts_.empty() ? isFed_ : parts_.front()->isDone; });
  if (parts_.empty()) return nullptr;
  auto part = std::move(parts_.front());
  parts_.pop_front();
  lock.unlock();
  hasRoom_.notify_one();
  return part;
}

bool Reader::next(Rows &out) {
  if (current_) {
    std::lock_guard<std::mutex> lock(mutex_);
    spares_.push_back(std::move(current_));
  }
  if (mistake.kind != DELIMITED_NO_MISTAKE) return false;
  return hand(wait(), out);
}

/// Gives a block out with the lines of the file.
bool Reader::hand(std::unique_ptr<Part> part, Rows &out) {
  if (!part) return false;
  Block &block = part->block;
  if (followsBlank_ && names.size() == 1 && block.beginsWithRow) {
    mistake = delimited::mistake(DELIMITED_BLANK_LINE, blankLine_);
    return false;
  }
  if (block.mistake.kind != DELIMITED_NO_MISTAKE) {
    mistake = block.mistake;
    mistake.line += line_;
    return false;
  }
  for (const View &view : part->columns.views()) {
    const_cast<View &>(view).fact.odd.line += line_;
    const_cast<View &>(view).fact.bent.line += line_;
  }
  if (block.hasBlank && !(followsBlank_ && block.rows() == 0)) blankLine_ = line_ + block.blankLine;
  followsBlank_ = block.hasBlank || (followsBlank_ && block.rows() == 0);
  line_ += block.lineCount;
  current_ = std::move(part);
  out.count = current_->block.rows();
  out.columns = current_->columns.views().data();
  return true;
}

}  // namespace delimited
