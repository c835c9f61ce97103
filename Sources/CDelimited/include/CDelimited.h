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

/// The values of one column of a block.
typedef struct {
  const void *values;
  /// A bit a row, set where there is a value.
  const uint64_t *validity;
  delimited_fact fact;
} delimited_values;

/// Rows that stand together in the file; of use until the next are asked for.
typedef struct {
  size_t rows;
  const delimited_values *columns;
} delimited_block;

typedef enum {
  DELIMITED_NO_MISTAKE,
  DELIMITED_EMPTY,
  DELIMITED_CELLS,
  DELIMITED_OPEN_QUOTE,
  DELIMITED_AFTER_QUOTE,
  DELIMITED_ZERO_BYTE,
  DELIMITED_NOT_UTF8,
  DELIMITED_UTF16,
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

/// Starts reading rows as these columns with so many threads; the columns are copied.
void delimited_start(delimited_reader *reader, const delimited_column *columns, size_t threads);
/// The next rows in the order of the file; false at the end and at a mistake.
bool delimited_next(delimited_reader *reader, delimited_block *block);

/// Reads a gzip file to its end without keeping anything.
delimited_mistake delimited_check_gzip(int descriptor, delimited_sink sink, void *context);

#ifdef __cplusplus
}
#endif
