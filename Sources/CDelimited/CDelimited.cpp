#include "CDelimited.h"

#include "Reader.h"

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

delimited_mistake delimited_reader_mistake(const delimited_reader *reader) { return reader->mistake; }

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

void delimited_start(delimited_reader *reader, const delimited_column *columns, size_t threads) {
  guarded(reader, [&] { reader->reader->start(columns, threads); });
}

bool delimited_next(delimited_reader *reader, delimited_block *block) {
  bool found = false;
  guarded(reader, [&] { found = reader->reader->next(*block); });
  return found && reader->mistake.kind == DELIMITED_NO_MISTAKE;
}
