// Delimited text, read exactly: bytes become records, cells and columns of values, or one mistake with its line.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How the text is written; a zero byte stands for "none".
typedef struct {
  /// Zero: the most frequent of , ; tab and | in the header.
  uint8_t separator;
  uint8_t quote;
  /// Lines that start with it hold no record.
  uint8_t comment;
  uint8_t decimal;
  uint8_t thousands;
  /// Whether blanks and tabs around a cell are left out.
  bool trim;
  /// Whether the first line is `sep=` and the separator.
  bool sep_line;
  /// Cells that are nulls beside empty ones.
  const char *const *nulls;
  size_t null_count;
} delimited_dialect;

/// What a cell looks like; those of a column are a set of bits.
enum {
  DELIMITED_INTEGER = 1,
  DELIMITED_NUMBER = 2,
  DELIMITED_FLAG = 4,
  DELIMITED_DATE = 8,
  DELIMITED_MOMENT = 16,
  DELIMITED_ZONED = 32,
  DELIMITED_NANOSECONDS = 64,
  DELIMITED_TEXT = 128,
};

/// What the values of a column become.
typedef enum {
  /// No value was seen yet: a text that is none, whatever the cell holds.
  DELIMITED_AS_NOTHING,
  DELIMITED_AS_TEXT,
  /// Of 1, 2, 4 or 8 bytes, from `low` to `high`.
  DELIMITED_AS_INTEGER,
  DELIMITED_AS_DOUBLE,
  DELIMITED_AS_FLOAT,
  DELIMITED_AS_BOOLEAN,
  /// Days since 1970, of 4 bytes.
  DELIMITED_AS_DATE,
  /// Microseconds since 1970.
  DELIMITED_AS_MOMENT,
  DELIMITED_AS_NANOSECONDS,
  /// Microseconds since 1970 UTC; without an offset in UTC.
  DELIMITED_AS_ZONED,
} delimited_type;

/// One column as it is wanted.
typedef struct {
  delimited_type type;
  uint8_t bytes;
  int64_t low;
  int64_t high;
  /// Whether the manifest says the type, so that `1` is a flag.
  bool is_stated;
} delimited_column;

/// A cell with its line, both of no meaning while `bytes` is null.
typedef struct {
  const char *bytes;
  size_t count;
  uint64_t line;
} delimited_cell;

/// What the cells of a column look like.
typedef struct {
  uint32_t kinds;
  /// The first that is no number, or of a column whose type is stated the first that does not fit.
  delimited_cell odd;
  /// The first whose text its value does not keep: zeros or a plus before an integer, capitals of a flag.
  delimited_cell bent;
} delimited_fact;

typedef enum {
  DELIMITED_NO_MISTAKE,
  DELIMITED_EMPTY,
  DELIMITED_CELLS,
  DELIMITED_OPEN_QUOTE,
  DELIMITED_AFTER_QUOTE,
  DELIMITED_ZERO_BYTE,
  DELIMITED_NOT_UTF8,
  DELIMITED_UTF16,
  /// The first bytes are those of gzip, Zstandard, Parquet, or of a zip or Excel file.
  DELIMITED_GZIP,
  DELIMITED_ZSTD,
  DELIMITED_PARQUET,
  DELIMITED_ZIP,
  DELIMITED_BLANK_LINE,
  DELIMITED_LONG_RECORD,
  DELIMITED_SEP_LINE,
  DELIMITED_READING,
  DELIMITED_GZIP_CUT,
  DELIMITED_GZIP_BROKEN,
  DELIMITED_GZIP_TAIL,
  DELIMITED_NO_GZIP,
  DELIMITED_MEMORY,
} delimited_mistake_kind;

/// Why reading ended before the file did.
typedef struct {
  delimited_mistake_kind kind;
  uint64_t line;
  size_t found;
  size_t wanted;
  int system_error;
  /// Whether the file ends within that row: its last line has no end.
  bool is_last;
} delimited_mistake;

typedef struct delimited_reader delimited_reader;

/// What every byte of the file is handed to, in order.
typedef void (*delimited_sink)(void *context, const void *bytes, size_t count);

/// Opens the file of a descriptor, which stays the caller's, and reads its header; free it also after a mistake.
delimited_reader *delimited_open(int descriptor, bool gzip, const delimited_dialect *dialect,
                                 delimited_sink sink, void *context);
void delimited_free(delimited_reader *reader);

/// Of the reader, once a function says that there is one.
delimited_mistake delimited_reader_mistake(const delimited_reader *reader);
uint8_t delimited_separator(const delimited_reader *reader);
size_t delimited_names(const delimited_reader *reader);
delimited_cell delimited_name(const delimited_reader *reader, size_t place);

/// What the cells of the first rows look like, one fact a column.
void delimited_sample(delimited_reader *reader, delimited_fact *facts);

/// The rows of a reader on their way out, as a stream of Arrow's C interface; of use as long as the reader is.
typedef struct delimited_stream delimited_stream;

/// Asked between blocks: whether to go on.
typedef bool (*delimited_goes_on)(void *context);

/// Starts reading rows, with so many threads. `columns` are those of the file, `order` gives for each column of the
/// stream its place among them, and `bytes` is about what one array may have; all are copied. Free it.
delimited_stream *delimited_stream_open(delimited_reader *reader, const delimited_column *columns, const size_t *order,
                                        size_t threads, size_t bytes, delimited_goes_on goes_on, void *context);
void delimited_stream_free(delimited_stream *stream);

/// It as a `struct ArrowArrayStream *`, whose columns are called c0, c1, ...; read it once. It ends early where a cell
/// does not fit its column, and fails at a mistake and where it may not go on.
void *delimited_stream_arrow(delimited_stream *stream);
/// Looks at the rows that are left without giving them; false where it may not go on.
bool delimited_stream_look(delimited_stream *stream);
/// What the cells of a column of the stream turned out to be, as far as it was read.
delimited_fact delimited_stream_fact(const delimited_stream *stream, size_t place);
/// The column of a stated type with the first cell that does not fit it; as many as there are columns: none.
size_t delimited_stream_misfit(const delimited_stream *stream);

/// Reads a gzip file to its end without keeping anything: hands over its own bytes, and those that come out of them where
/// `unpacked` is no null.
delimited_mistake delimited_check_gzip(int descriptor, delimited_sink packed, void *packed_context,
                                       delimited_sink unpacked, void *unpacked_context);

/// Unpacks one or more gzip members, or one of zlib, into exactly `room` bytes; false where they give more or fewer or are
/// not those whose sums they hold. Where `out` is null the bytes that come out are kept nowhere.
bool delimited_unpack(const void *bytes, size_t count, void *out, size_t room);

/// The CRC-32 of bytes that come after others of that sum, which is 0 of none.
uint32_t delimited_crc32(uint32_t sum, const void *bytes, size_t count);

#ifdef __cplusplus
}
#endif
