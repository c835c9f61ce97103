internal import CDelimited
import GateCore
import GateSystem

extension delimited_mistake {
  /// What the reader of delimited text could not take, as a sentence.
  func diagnostic(
    of path: String, in table: String, separator: Character, written: TextDialect = TextDialect()
  ) -> Diagnostic {
    let (problem, hint) = words(separator == "\t" ? "a tab" : "'\(separator)'", written)
    let place = line > 0 ? "line \(line) of '\(path)'" : "'\(path)'"
    return Diagnostic("\(table): \(place) \(problem)", hint: hint)
  }

  /// What is wrong there, and what to do.
  private func words(_ separator: String, _ written: TextDialect) -> (String, String?) {
    // What is written already is part of what is to be written.
    var (unquoted, other) = (written, written)
    unquoted.quote = nil
    other.separator = separator == "';'" ? 9 : UInt8(ascii: ";")
    let key = "where quotes mean nothing, add to the table: csv: \(unquoted.yaml ?? "{}")"
    return switch kind {
    case DELIMITED_EMPTY:
      ("is empty; a header line with the columns' names was wanted", "check what wrote it")
    case DELIMITED_CELLS:
      (
        "has \(found.counted("cell")), and the header has \(wanted)",
        (is_last && found < wanted
          ? "the file ends within this row: it may have been cut short, then fetch or write it again; else "
          : "")
          + "put a cell that holds \(separator) between quotes; if \(separator) does not stand between "
          + "cells, say what does: csv: \(other.yaml ?? "{}")"
      )
    case DELIMITED_OPEN_QUOTE:
      (
        "opens a quote that is never closed",
        "close it; \(key)"
      )
    case DELIMITED_AFTER_QUOTE:
      (
        "has text between a closing quote and \(separator)",
        "write a quote within quotes twice; \(key)"
      )
    case DELIMITED_BLANK_LINE:
      (
        "is empty, and in a file of one column that may be a missing value or no row",
        "write \"\" for a missing value, or delete the line"
      )
    case DELIMITED_LONG_RECORD:
      ("begins a row that is longer than 64 MB", "is a quote left open? otherwise split the row")
    case DELIMITED_SEP_LINE:
      ("is not 'sep=' and a separator, as 'sep_line' says", "remove 'sep_line'")
    case DELIMITED_READING: ("cannot be read: \(systemError(system_error))", nil)
    default: bytes
    }
  }

  /// What is wrong with the bytes themselves.
  private var bytes: (String, String?) {
    switch kind {
    case DELIMITED_ZERO_BYTE:
      ("holds a zero byte; text in UTF-8 was wanted", "write the file again as UTF-8")
    case DELIMITED_NOT_UTF8:
      (
        "holds bytes that are not UTF-8",
        "convert the file, as in: iconv -f WINDOWS-1252 -t UTF-8 old.csv > new.csv"
      )
    case DELIMITED_UTF16:
      (
        "is UTF-16; UTF-8 was wanted",
        "convert the file, as in: iconv -f UTF-16 -t UTF-8 old.csv > new.csv"
      )
    case DELIMITED_GZIP:
      (
        "is packed with gzip, which its name does not say",
        "give it a name that ends in .gz, such as 'data.csv.gz', or unpack it"
      )
    case DELIMITED_ZSTD: ("is packed with Zstandard; text was wanted", "unpack it: unzstd FILE")
    case DELIMITED_PARQUET:
      (
        "is a Parquet file, which its name does not say",
        "give it a name that ends in .parquet, or add to the table: format: parquet"
      )
    case DELIMITED_ZIP:
      ("is a zip or an Excel file; text was wanted", "unpack it, or save the sheet as CSV")
    case DELIMITED_GZIP_CUT:
      ("ends in the middle of its gzip data: it was cut short", "fetch or write it again")
    case DELIMITED_GZIP_BROKEN:
      (
        "is damaged: its gzip data are not those whose sum and length it holds",
        "fetch or write it again"
      )
    case DELIMITED_GZIP_TAIL:
      ("has bytes behind its gzip data that are none", "write it again with gzip")
    case DELIMITED_NO_GZIP:
      ("is no gzip file although its name ends in .gz", "name it without .gz, or pack it with gzip")
    case DELIMITED_MEMORY: ("takes more memory than there is", nil)
    default: ("cannot be read", nil)
    }
  }
}
