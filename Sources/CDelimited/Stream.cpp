#include "Stream.h"

#include <algorithm>
#include <cerrno>

namespace delimited {

/// Rows of a batch that the engine keeps as they come: those of one of its row groups; and of the least that it reads.
constexpr size_t mostRows = 122880, fewestRows = 2048;

delimited_fact Noted::fact() const {
  delimited_fact fact{};
  fact.kinds = kinds;
  if (hasOdd) fact.odd = {odd.data(), odd.size(), oddLine};
  if (hasBent) fact.bent = {bent.data(), bent.size(), bentLine};
  return fact;
}

Stream::Stream(Reader &reader, std::vector<size_t> order, std::vector<delimited_column> columns, size_t bytes,
               std::function<bool()> goesOn)
    : noted(order.size()),
      misfit(order.size()),
      reader_(reader),
      order_(std::move(order)),
      columns_(std::move(columns)),
      goesOn_(std::move(goesOn)),
      mostTextBytes_(bytes) {
  size_t width = 1;
  for (const delimited_column &column : columns_) width += BatchColumn::size(column);
  mostRows_ = std::clamp(bytes / width / fewestRows * fewestRows, fewestRows, mostRows);
  for (size_t place = 0; place < columns_.size(); ++place) names_.push_back("c" + std::to_string(place));
  for (size_t place = 0; place < columns_.size(); ++place) {
    ArrowSchema schema{};
    schema.format = BatchColumn::format(columns_[place]);
    schema.name = names_[place].c_str();
    schema.flags = 2;  // may be null
    schema.release = [](ArrowSchema *) {};
    schemas_.push_back(schema);
  }
  for (ArrowSchema &schema : schemas_) children_.push_back(&schema);
  arrow.private_data = this;
  arrow.get_schema = [](ArrowArrayStream *stream, ArrowSchema *out) {
    static_cast<Stream *>(stream->private_data)->describe(*out);
    return 0;
  };
  arrow.get_next = [](ArrowArrayStream *stream, ArrowArray *out) {
    return static_cast<Stream *>(stream->private_data)->next(*out);
  };
  arrow.get_last_error = [](ArrowArrayStream *) { return "reading ended before the file did"; };
  arrow.release = [](ArrowArrayStream *stream) { stream->release = nullptr; };
}

/// The columns, which stay the stream's own.
void Stream::describe(ArrowSchema &out) {
  out = {};
  out.format = "+s";
  out.name = "";
  out.n_children = static_cast<int64_t>(children_.size());
  out.children = children_.data();
  out.release = [](ArrowSchema *schema) { schema->release = nullptr; };
}

/// Goes to the next block and takes in what its cells turned out to be; false at the end, whatever that is.
bool Stream::advance() {
  if (isAtEnd()) return false;
  isStopped_ = !goesOn_();
  isDone_ = isStopped_ || !reader_.next(block_);
  taken_ = 0;
  if (isDone_) return false;
  note();
  return !isAtEnd();
}

/// Takes in what a block's cells turned out to be.
void Stream::note() {
  uint64_t line = 0;
  for (size_t place = 0; place < order_.size(); ++place) {
    const delimited_fact &fact = block_.columns[order_[place]].fact;
    Noted &noted = this->noted[place];
    if (fact.bent.bytes && !noted.hasBent) {
      noted.hasBent = true;
      noted.bent.assign(fact.bent.bytes, fact.bent.count);
      noted.bentLine = fact.bent.line;
    }
    if (fact.kinds == 0) continue;
    noted.kinds |= fact.kinds;
    if (fact.odd.bytes && !noted.hasOdd) {
      noted.hasOdd = true;
      noted.odd.assign(fact.odd.bytes, fact.odd.count);
      noted.oddLine = fact.odd.line;
    }
    if (!columns_[place].is_stated) {
      isStale_ = true;
    } else if (fact.odd.bytes && (misfit == order_.size() || fact.odd.line < line)) {
      misfit = place;
      line = fact.odd.line;
    }
  }
}

bool Stream::look() {
  while (advance()) {
  }
  return !isStopped_;
}

std::unique_ptr<Batch> Stream::emptyBatch() {
  std::unique_ptr<Batch> batch;
  {
    std::lock_guard<std::mutex> lock(spares_->mutex);
    if (!spares_->batches.empty()) {
      batch = std::move(spares_->batches.back());
      spares_->batches.pop_back();
    }
  }
  if (!batch) batch = std::make_unique<Batch>(columns_, mostRows_, mostTextBytes_);
  batch->start();
  return batch;
}

/// Gives the next rows; an array without release at the end.
int Stream::next(ArrowArray &out) {
  out = {};
  try {
    std::unique_ptr<Batch> batch;
    while (!isStale_ && !(batch && batch->isFull())) {
      if (taken_ >= block_.count) {
        block_.count = 0;
        if (!advance()) break;
        continue;
      }
      if (!batch) batch = emptyBatch();
      taken_ += batch->add(block_, order_, taken_);
    }
    // What was read as another type than it has is of no use, but what the rest looks like is.
    if (isStale_) look();
    if (isStopped_) return ECANCELED;
    if (reader_.mistake.kind != DELIMITED_NO_MISTAKE) return EIO;
    if (!batch || isStale_ || batch->rows() == 0) return 0;
    auto loan = std::make_unique<Loan>();
    loan->home = spares_;
    batch->give(
        out,
        [](ArrowArray *array) {
          std::unique_ptr<Loan> loan(static_cast<Loan *>(array->private_data));
          std::lock_guard<std::mutex> lock(loan->home->mutex);
          loan->home->batches.push_back(std::move(loan->batch));
          array->release = nullptr;
        },
        loan.get());
    loan->batch = std::move(batch);
    loan.release();
    return 0;
  } catch (const std::bad_alloc &) {
    reader_.mistake = delimited::mistake(DELIMITED_MEMORY);
    return ENOMEM;
  }
}

}  // namespace delimited
