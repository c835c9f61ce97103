/// A cell of delimited text that is not what its column is wanted as.
package struct OddCell: Sendable, Hashable {
  package var text: String
  package var file: String
  /// From 1.
  package var line: Int

  package init(text: String, file: String, line: Int) {
    self.text = text
    self.file = file
    self.line = line
  }

  /// What to write where this is a number with a percent sign, which no dialect has; nil: it is none.
  ///
  /// `table`: whose column it is; predictions have no columns that are made of others.
  package func shareHint(column: String, of table: String) -> String? {
    guard text.trimmed.hasSuffix("%"), Double(String(text.trimmed.dropLast()).trimmed) != nil else {
      return nil
    }
    let sign = "no key of 'csv' takes a percent sign"
    if table.hasSuffix("_predictions") {
      return "\(sign): write plain numbers where the file is made"
    }
    let x = column.sqlName
    let share =
      "CASE WHEN contains(\(x), '%') THEN CAST(rtrim(\(x), ' %') AS DOUBLE) / 100 "
      + "ELSE CAST(\(x) AS DOUBLE) END"
    return
      "\(sign): keep '\(column)' as text, \(Pasteable.types(column)), and make a share of it, "
      + "data.\(Pasteable.derive("\(column)_share", share))"
  }

  /// Where it stands, as part of a sentence.
  package var place: String {
    let shown = text.count > 40 ? text.prefix(40) + "…" : text
    return "'\(shown)' in line \(line) of '\(file)'"
  }
}
