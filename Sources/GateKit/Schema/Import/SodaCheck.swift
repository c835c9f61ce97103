/// One check of a Soda file: a line, and what stands under it.
struct SodaCheck {
  /// A check, and the column it is of; nil: the table.
  typealias Made = (check: ImportedCheck, column: String?)

  let line: String
  let file: SodaFile
  /// The condition of the filter of the table's part, and its name.
  var condition: String?
  var part: String?
  var keys: ImportArguments
  private let mark: Mark

  /// Reads nothing yet.
  init(_ line: String, _ settings: Node?, mark: Mark, file: SodaFile) {
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
    let meta = keys.notes([
      "name", "title", "attributes", "identity", "samples limit", "samples columns",
    ])
    var made: [Made]
    if line == "schema" {
      made = try schema()
    } else if line == "failed rows" {
      made = try failedRows()
    } else if line.hasPrefix("values in ") {
      made = try reference()
    } else if let (left, right) = line.splitOnce(" same as "), left == "row_count" {
      try file.source.known(right, at: mark)
      made = [(check("row_count_equals", [.init("table", .text(right))]), nil)]
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
  func check(_ id: String, _ parameters: [SchemaText.Member]) -> ImportedCheck {
    var check = ImportedCheck(id, parameters, source: line, place: "checks for \(file.table)")
    if let part { check.meta.append(("filter", part)) }
    return check
  }

  /// The condition on rows, of the part and of the check; nil: all rows.
  mutating func filter() throws(ImportGap) -> String? {
    let own = try keys.take("filter").map { node throws(ImportGap) in
      if let text = node.text { return text }
      throw ImportGap("'filter' is \(node.found), wanted SQL", at: node.mark)
    }
    let parts = [condition, own].compactMap(\.self)
    return parts.isEmpty ? nil : parts.count == 1 ? parts[0] : "(\(parts[0])) AND (\(parts[1]))"
  }

  /// What passes, and whether a breach blocks: the line's own limit, or `fail` and `warn`.
  mutating func limits(_ text: String) throws(ImportGap) -> [(limit: SodaLimit, blocks: Bool)] {
    var limits: [(SodaLimit, Bool)] = []
    for key in ["fail", "warn"] {
      guard let node = keys.take(key) else { continue }
      guard let words = node.text, words.hasPrefix("when "),
        let limit = SodaLimit(String(words.dropFirst("when ".count)))
      else {
        throw ImportGap("'\(key)' is \(node.found), wanted 'when' and a limit", at: node.mark)
      }
      limits.append((limit.turned, key == "fail"))
    }
    if !text.isEmpty {
      guard limits.isEmpty, let limit = SodaLimit(text) else {
        throw ImportGap("its limit '\(text)' is not understood")
      }
      limits.append((limit, true))
    }
    if limits.isEmpty { throw ImportGap("it has no limit") }
    return limits
  }

  /// A failed share of rows of the table, or those that a query finds.
  private mutating func failedRows() throws(ImportGap) -> [Made] {
    let condition = keys.take("fail condition")?.text
    let query = keys.take("fail query")?.text
    let filter = try filter()
    let rest: [SchemaText.Member] = filter.map { [.init("where", .text($0))] } ?? []
    let hasLimits = keys.node["fail"] != nil || keys.node["warn"] != nil
    switch (condition, query) {
    case (let condition?, nil):
      guard hasLimits else {
        let sql = "(\(condition)) IS NOT TRUE"
        return [
          (
            check(
              "condition", [.init("sql", .text(sql)), .init("allow_empty", .flag(true))] + rest),
            nil
          )
        ]
      }
      let sql = "count(*) FILTER (WHERE \(condition))"
      return try bounded(try limits(""), nil, "aggregate", [.init("sql", .text(sql))] + rest)
    case (nil, let query?):
      guard filter == nil else { throw ImportGap("a filter does not reach into its query") }
      let sql = SodaCheck.about(file.table, query).withoutEnd
      guard hasLimits else { return [(check("no_rows", [.init("sql", .text(sql))]), nil)] }
      return try bounded(
        try limits(""), nil, "query", [.init("sql", .text("SELECT count(*) FROM (\n\(sql)\n)"))])
    default: throw ImportGap("wanted 'fail condition' or 'fail query'")
    }
  }

  /// A check for every limit.
  func bounded(
    _ limits: [(limit: SodaLimit, blocks: Bool)], _ column: String?, _ id: String,
    _ parameters: [SchemaText.Member]
  ) throws(ImportGap) -> [Made] {
    var made: [Made] = []
    for (limit, blocks) in limits {
      guard let bounds = limit.bounds else {
        throw ImportGap("what passes is no one interval")
      }
      var one = check(id, parameters + bounds)
      one.isBlocking = blocks
      made.append((one, column))
    }
    return made
  }

  /// `values in (a) must exist in t (b)`.
  private mutating func reference() throws(ImportGap) -> [Made] {
    guard let (left, right) = line.splitOnce(" must exist in "), left.hasSuffix(")"),
      let (_, mine) = String(left.dropLast()).splitOnce("("), right.hasSuffix(")"),
      let (table, theirs) = String(right.dropLast()).splitOnce("("),
      !mine.contains(","), !theirs.contains(",")
    else { throw ImportGap("wanted one column on each side") }
    try file.source.known(table, at: mark)
    let filter = try filter()
    return [
      (
        check(
          "foreign_key",
          [
            .init("table", .text(table)), .init("column", .text(theirs)),
            .init("allow_empty", .flag(true)),
          ] + (filter.map { [.init("where", .text($0))] } ?? [])), mine
      )
    ]
  }

  /// `freshness(c, NOW) < 2d`.
  private mutating func freshness() throws(ImportGap) -> [Made] {
    guard let (head, age) = line.splitOnce("<"), head.hasSuffix(")"),
      let (_, inner) = String(head.dropLast()).splitOnce("(")
    else { throw ImportGap("wanted 'freshness(column) < age'") }
    let words = inner.split(separator: ",").map(\.trimmed)
    guard words.count == 1 || words.count == 2 && words[1] == "NOW", !words.isEmpty else {
      throw ImportGap("its moment is a variable of the scan")
    }
    guard let seconds = Self.seconds(age) else { throw ImportGap("its age is '\(age)'") }
    // To Soda a date in the future is fresh.
    return [
      (
        check(
          "freshness",
          [.init("max_age", .text("\(seconds)s")), .init("allow_future", .flag(true))]), words[0]
      )
    ]
  }

  /// `1d6h30m` in seconds.
  private static func seconds(_ text: String) -> Int? {
    let units: [Character: Int] = ["d": 86_400, "h": 3600, "m": 60, "s": 1]
    var (total, digits) = (0, "")
    for character in text {
      if character.isNumber {
        digits.append(character)
      } else {
        guard let unit = units[character], let count = Int(digits), count < 1_000_000 else {
          return nil
        }
        total += count * unit
        digits = ""
      }
    }
    return digits.isEmpty && total > 0 ? total : nil
  }

  /// SQL in which the judged table stands as `{table}`; texts and quoted names stay.
  static func about(_ table: String, _ sql: String) -> String {
    var result = ""
    var rest = Substring(sql)
    while let first = rest.first {
      if first == "'" || first == "\"" {
        let inner = rest.dropFirst().prefix { $0 != first }
        let whole = rest.prefix(inner.count + 2)
        result += first == "\"" && inner == table ? "{table}" : String(whole)
        rest = rest.dropFirst(whole.count)
      } else if first.isLetter || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        // A name before a dot is the table's too: the engine knows it by this name.
        result += word.lowercased() == table.lowercased() ? "{table}" : String(word)
        rest = rest.dropFirst(word.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
