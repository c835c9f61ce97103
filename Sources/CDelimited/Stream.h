#pragma once
#include "Batch.h"
#include "Reader.h"

namespace delimited {

/// What the cells of a column turned out to be, with texts of its own.
struct Noted {
  uint32_t kinds = 0;
  bool hasOdd = false, hasBent = false;
  std::string odd, bent;
  uint64_t oddLine = 0, bentLine = 0;

  delimited_fact fact() const;
};

/// The rows of a reader as a stream of Arrow's, in the order of the file, which ends where a cell is found that does
/// not fit its column.
class Stream {
 public:
  /// `order` gives for each column of the stream its place in the file, `columns` are those of the stream, and `bytes`
  /// is about what a batch may have.
  Stream(Reader &reader, std::vector<size_t> order, std::vector<delimited_column> columns, size_t bytes,
         std::function<bool()> goesOn);

  ArrowArrayStream arrow{};
  std::vector<Noted> noted;
  /// The column of a stated type with the first cell that does not fit it; as many as there are columns: none.
  size_t misfit;

  /// Looks at all rows that are left without giving them; false when it was told to stop.
  bool look();

 private:
  /// Batches that are done with, kept as long as anybody may hand one back.
  struct Spares {
    std::mutex mutex;
    std::vector<std::unique_ptr<Batch>> batches;
  };
  /// A batch that somebody else holds.
  struct Loan {
    std::unique_ptr<Batch> batch;
    std::shared_ptr<Spares> home;
  };

  int next(ArrowArray &out);
  void describe(ArrowSchema &out);
  bool advance();
  bool isAtEnd() const { return isDone_ || misfit < order_.size(); }
  void note();
  std::unique_ptr<Batch> emptyBatch();

  Reader &reader_;
  const std::vector<size_t> order_;
  const std::vector<delimited_column> columns_;
  std::function<bool()> goesOn_;
  size_t mostRows_, mostTextBytes_;
  std::vector<std::string> names_;
  std::vector<ArrowSchema> schemas_;
  std::vector<ArrowSchema *> children_;
  std::shared_ptr<Spares> spares_ = std::make_shared<Spares>();
  Rows block_{};
  size_t taken_ = 0;
  bool isDone_ = false, isStale_ = false, isStopped_ = false;
};

}  // namespace delimited
