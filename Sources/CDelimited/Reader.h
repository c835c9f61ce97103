#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "Columns.h"

namespace delimited {

/// A block with its values, on its way through the threads.
struct Part {
  Block block;
  Columns columns;
  bool isTaken = false, isDone = false;
};

/// Cuts a file into blocks of whole records.
class Feeder {
 public:
  Feeder(int descriptor, bool gzip, const Dialect &dialect, delimited_sink sink, void *context)
      : source_(descriptor, gzip, sink, context), splitter_(dialect) {}

  /// What looks at the text of a block before it is known where that ends.
  using Look = std::function<void(Block &block, size_t count)>;

  /// The next block, in the room of one that is done with; nil at the end. What went wrong is the block's mistake.
  std::unique_ptr<Part> next(std::unique_ptr<Part> spare, const Look &look = nullptr);
  bool isAtEnd() const { return isAtEnd_; }

 private:
  size_t fill(std::vector<char> &text);
  void cut(Block &block, size_t end, size_t filled);

  Source source_;
  Splitter splitter_;
  std::vector<char> rest_;
  bool isAtEnd_ = false;
};

/// Reads a file block by block; with several threads, blocks are read ahead and told apart side by side.
class Reader {
 public:
  Reader(int descriptor, bool gzip, const delimited_dialect &dialect, delimited_sink sink, void *context);
  ~Reader();

  void open();
  void sample(delimited_fact *facts);
  void start(const delimited_column *columns, size_t threads);
  bool next(Rows &out);

  Mistake mistake{};
  Dialect dialect;
  std::vector<std::string> names;

 private:
  void begin(Block &block, size_t count);
  void chooseSeparator(const Block &block, size_t count);
  bool takeSepLine(Block &block, size_t count);
  void takeHeader();
  void work(Part &part) const;
  std::unique_ptr<Part> wait();
  std::unique_ptr<Part> spare();
  void feed();
  void labour();
  bool hand(std::unique_ptr<Part> part, Rows &out);

  /// Whether the file's first line says what separates its cells.
  const bool choosesSeparator_;
  Values values_;
  Feeder feeder_;
  std::vector<delimited_column> columns_;
  std::unique_ptr<Part> first_, current_;
  bool isFirstTold_ = false, lacksSepLine_ = false;
  uint64_t line_ = 1;
  bool followsBlank_ = false;
  uint64_t blankLine_ = 0;

  std::mutex mutex_;
  std::condition_variable hasRoom_, hasWork_, hasResult_;
  std::deque<std::unique_ptr<Part>> parts_;
  std::vector<std::unique_ptr<Part>> spares_;
  std::vector<std::thread> threads_;
  size_t mostParts_ = 0;
  bool isFed_ = false, isStopped_ = false;
};

}  // namespace delimited
