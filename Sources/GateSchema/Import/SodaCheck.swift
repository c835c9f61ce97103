import GateCore

/// One check of a Soda file: a line, and what stands under it.
struct SodaCheck {
  /// A check, and the column it is of; nil: the table.
  typealias Made = (check: ImportedCheck, column: String?)

  package let line: String
  package let file: SodaFile
  /// The condition of the filter of the table's part, and its name.
  package var condition: String?
  package var part: String?
  package var keys: ImportArguments
  /// Parts of it that have no counterpart, where the rest has.
  package var gaps: [ImportGap] = []
  /// What Soda does not look at, and people should know.
  package var remarks: [String] = []
  private let mark: Mark

  /// What is measured in a way that a table alone does not tell, by what a line begins with.
  private static let strangers: [(opening: String, reason: String, hint: String?)] = [
    ("anomaly ", "it is measured against earlier scans, which Soda keeps", "use the gate 'drift'"),
    ("change ", "it is measured against an earlier scan, which Soda keeps", "use the gate 'drift'"),
    ("group by", "it is asked of groups that a query finds", "say it by 'no_rows'"),
    ("group evolution", "it is measured against an earlier scan, which Soda keeps", nil),
    (
      "distribution_difference", "it compares with a distribution in another file",
      "use the gate 'drift'"
    ),
    ("$", "it is a template, which another file defines", nil),
  ]

  /// Reads nothing yet.
  package init(_ line: String, _ settings: Node?, mark: Mark, file: SodaFile) {
    self.line = line.trimmed
    self.file = file
    self.mark = mark
    keys = ImportArguments(settings ?? Node(.mapping([]), at: mark))
  }

  /// What comes of it; throws why it has no counterpart.
  mutating func imported() throws(ImportGap) -> [Made] {
    if let node = keys.node.pairs == nil ? keys.node : nil, !node.isNull {
      throw ImportGap("found \(node.found) under it, wanted a mapping", at: node.mark)
    }
    if let stranger = Self.strangers.first(where: { line.hasPrefix($0.opening) }) {
      throw ImportGap(stranger.reason, hint: stranger.hint)
    }
    let meta = keys.notes([
      "name", "title", "attributes", "identity", "samples limit", "samples columns",
      "collect failed rows", "failed rows query", "failed rows sql query", "schema_name", "owner",
    ])
    var made: [Made]
    if line == "schema" {
      made = try schema()
    } else if line == "failed rows" {
      made = try failedRows()
    } else if line.hasPrefix("values in ") {
      made = try reference()
    } else if let (left, right) = line.splitOnce(" same as "), left == "row_count" {
      made = [try sameRows(right)]
    } else if line.hasPrefix("freshness") {
      made = try freshness()
    } else {
      made = try metric()
    }
    try keys.finish()
    for index in made.indices { made[index].check.meta += meta }
    return made
  }

  /// A check of this line.
  package func check(_ id: String, _ parameters: [SchemaText.Member]) -> ImportedCheck {
    var check = ImportedCheck(id, parameters, source: line, place: "checks for \(file.table)")
    if let part { check.meta.append(("filter", part)) }
    return check
  }

  /// `row_count same as t`, or `t in another data source`.
  private func sameRows(_ text: String) throws(ImportGap) -> Made {
    let table = (text.splitOnce(" in ")?.0 ?? text).bare
    if condition != nil || table.contains("[") {
      throw ImportGap("it compares parts of tables", hint: "say it by 'query'")
    }
    try file.source.known(table, at: mark)
    return (check("row_count_equals", [.init("table", .text(table))]), nil)
  }

  /// The condition on rows, of the part and of the check; nil: all rows.
  package mutating func filter() throws(ImportGap) -> String? {
    let own = try keys.take("filter").map { node throws(ImportGap) in
      if let text = node.text { return try file.resolved(text) }
      throw ImportGap("'filter' is \(node.found), wanted SQL", at: node.mark)
    }
    let parts = [condition, own].compactMap(\.self)
    return parts.isEmpty ? nil : parts.count == 1 ? parts[0] : "(\(parts[0])) AND (\(parts[1]))"
  }

  /// What passes, and whether a breach blocks: the line's own limit, or `fail` and `warn`.
  package mutating func limits(_ text: String) throws(ImportGap) -> [(
    limit: SodaLimit, blocks: Bool
  )] {
    if !text.isEmpty {
      // Where the line has a limit, Soda looks at no other.
      for key in ["fail", "warn"] where keys.take(key) != nil {
        remarks.append("'\(key)' beside the limit '\(text)' is not looked at")
      }
      guard let limit = SodaLimit(text) else {
        throw ImportGap("its limit '\(text)' is not understood")
      }
      return [(limit, true)]
    }
    var limits: [(SodaLimit, Bool)] = []
    for key in ["fail", "warn"] {
      guard let node = keys.take(key) else { continue }
      guard let words = try node.text.map(file.resolved), words.hasPrefix("when "),
        let limit = SodaLimit(String(words.dropFirst("when ".count)))
      else {
        throw ImportGap("'\(key)' is \(node.found), wanted 'when' and a limit", at: node.mark)
      }
      limits.append((limit.turned, key == "fail"))
    }
    if limits.isEmpty { throw ImportGap("it has no limit") }
    return limits
  }
}
