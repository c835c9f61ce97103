#pragma once
#include <string>
#include <vector>

#include "Source.h"

namespace delimited {

/// How the text is written, with nulls of its own.
struct Dialect {
  unsigned char separator = ',', quote = '"', comment = 0, decimal = '.', thousands = 0;
  bool trim = false, sepLine = false;
  std::vector<std::string> nulls;

  explicit Dialect(const delimited_dialect &written);
  bool isBlank(unsigned char byte) const {
    return (byte == ' ' || byte == '\t') && byte != separator;
  }
};

/// Finds where records end in text that begins at a record and grows.
class Splitter {
 public:
  explicit Splitter(const Dialect &dialect) : dialect_(dialect) {}

  /// The end of the last whole record in `count` bytes, of which those before the last call's `count` are the same;
  /// 0 when there is none.
  size_t split(const char *text, size_t count, bool isAll);
  /// Starts anew, at a record that begins so far into the text.
  void reset(size_t start = 0);
  /// Where the quote stands that is open at the end.
  size_t openQuote() const { return opened_; }
  bool isQuoted() const { return quoted_; }

 private:
  void scan(const char *text, size_t count, bool isAll);
  bool opens(const char *text, size_t place) const;
  size_t lastEnd(const char *text, size_t count, bool isAll) const;

  const Dialect &dialect_;
  bool quoted_ = false;
  size_t start_ = 0, place_ = 0, opened_ = 0, bareFrom_ = 0;
  /// Where text outside of quotes begins and ends.
  std::vector<std::pair<size_t, size_t>> bare_;
};

/// Bytes of a block's text.
struct Cell {
  uint32_t start;
  uint32_t count;
};

/// Whole records of a file, and their cells once they are told apart.
struct Block {
  /// One byte longer than what is used, for an end that need not be looked for.
  std::vector<char> text;
  size_t begin = 0, end = 0;
  std::vector<Cell> cells;
  /// The line of each row, and how many the block has; from 0.
  std::vector<uint32_t> lines;
  uint64_t lineCount = 0;
  Mistake mistake{};
  /// Of a file of one column: a line without a cell that no row has followed yet.
  bool hasBlank = false, beginsWithRow = false;
  uint64_t blankLine = 0;

  size_t rows() const { return lines.size(); }
  /// Forgets what it held and keeps its room.
  void clear();
};

/// How many lines end in some text.
uint64_t countLines(const char *begin, const char *end);

/// The first byte that is none of UTF-8, or zero; nil when all is well.
const char *findForeign(const char *begin, const char *end);

/// Tells the cells of whole records apart.
class Tokenizer {
 public:
  Tokenizer(const Dialect &dialect, Block &block) : dialect_(dialect), block_(block) {}

  /// Every record with `columns` cells, or as many as the first has; at most so many records.
  void run(size_t columns, size_t mostRows);

 private:
  bool record(size_t columns);
  bool isBlank(const Cell &cell) const;
  bool bareCell();
  bool quotedCell(unsigned char *quote);
  void skipLine();
  bool endLine();
  bool refuse(delimited_mistake_kind kind);

  const Dialect &dialect_;
  Block &block_;
  unsigned char *place_ = nullptr, *end_ = nullptr, *base_ = nullptr;
  uint64_t line_ = 0;
};

}  // namespace delimited
