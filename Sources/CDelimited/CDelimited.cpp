#include "CDelimited.h"

#include "Stream.h"

/// A reader, or that there was no memory for it.
struct delimited_reader {
  std::unique_ptr<delimited::Reader> reader;
  delimited_mistake mistake{};
};

/// Runs a part of the reader; what C must not see of it becomes its mistake.
template <class Body>
static void guarded(delimited_reader *reader, Body body) {
  try {
    body();
    if (reader->reader) reader->mistake = reader->reader->mistake;
  } catch (const std::exception &) {
    reader->mistake = delimited::mistake(DELIMITED_MEMORY);
  }
}

delimited_reader *delimited_open(int descriptor, bool gzip, const delimited_dialect *dialect, delimited_sink sink,
                                 void *context) {
  auto *reader = new (std::nothrow) delimited_reader;
  if (!reader) return nullptr;
  guarded(reader, [&] {
    reader->reader = std::make_unique<delimited::Reader>(descriptor, gzip, *dialect, sink, context);
    reader->reader->open();
  });
  return reader;
}

void delimited_free(delimited_reader *reader) { delete reader; }

delimited_mistake delimited_reader_mistake(const delimited_reader *reader) {
  // What a stream came upon is noted by the reader itself.
  return reader->reader && reader->reader->mistake.kind != DELIMITED_NO_MISTAKE ? reader->reader->mistake : reader->mistake;
}

uint8_t delimited_separator(const delimited_reader *reader) {
  return reader->reader ? reader->reader->dialect.separator : 0;
}

size_t delimited_names(const delimited_reader *reader) { return reader->reader ? reader->reader->names.size() : 0; }

delimited_cell delimited_name(const delimited_reader *reader, size_t place) {
  const std::string &name = reader->reader->names[place];
  return {name.data(), name.size(), 1};
}

void delimited_sample(delimited_reader *reader, delimited_fact *facts) {
  guarded(reader, [&] { reader->reader->sample(facts); });
}

/// The rows of a reader, or that there was no memory for them.
struct delimited_stream {
  delimited_reader *reader;
  std::unique_ptr<delimited::Stream> stream;
};

delimited_stream *delimited_stream_open(delimited_reader *reader, const delimited_column *columns, const size_t *order,
                                        size_t threads, size_t bytes, delimited_goes_on goes_on, void *context) {
  auto *stream = new (std::nothrow) delimited_stream{reader, nullptr};
  if (!stream) return nullptr;
  guarded(reader, [&] {
    const size_t count = reader->reader->names.size();
    std::vector<size_t> places(order, order + count);
    std::vector<delimited_column> wanted;
    for (const size_t place : places) wanted.push_back(columns[place]);
    reader->reader->start(columns, threads);
    stream->stream = std::make_unique<delimited::Stream>(*reader->reader, std::move(places), std::move(wanted), bytes,
                                                         [goes_on, context] { return goes_on(context); });
  });
  return stream;
}

void delimited_stream_free(delimited_stream *stream) { delete stream; }

void *delimited_stream_arrow(delimited_stream *stream) { return stream->stream ? &stream->stream->arrow : nullptr; }

bool delimited_stream_look(delimited_stream *stream) {
  bool goesOn = true;
  guarded(stream->reader, [&] { goesOn = stream->stream->look(); });
  return goesOn;
}

delimited_fact delimited_stream_fact(const delimited_stream *stream, size_t place) {
  return stream->stream ? stream->stream->noted[place].fact() : delimited_fact{};
}

size_t delimited_stream_misfit(const delimited_stream *stream) { return stream->stream ? stream->stream->misfit : SIZE_MAX; }
