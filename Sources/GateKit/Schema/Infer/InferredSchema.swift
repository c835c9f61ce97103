/// A schema written from a table, for a person to read, mend and sign.
///
/// What it says of each column follows from fixed rules, so that the same table gives the same bytes: the type; nulls
/// (none, or one and a half times the share found, rounded up to a hundredth); for texts of at most 50 values the
/// values, else the form or the lengths; for numbers the range and a tenth of it beyond, a floor of 0 kept; for times a
/// first one and no last; for ids that they are unique.
public struct InferredSchema: Sendable {
  private let table: any Table
  private let label: String?

  /// A table of which a schema is wanted; throws when it has no rows, or not the label.
  public init(_ table: any Table, label: String? = nil) throws(Diagnostic) {
    guard table.rows > 0 else {
      throw Diagnostic("the table has no rows, so nothing can be said of it")
    }
    if let label, !table.schema.contains(where: { $0.name == label }) {
      throw Diagnostic(
        "there is no column '\(label)'",
        hint: label.nearest(in: table.schema.map(\.name)).map { "did you mean '\($0)'?" })
    }
    self.table = table
    self.label = label
  }

  /// The schema as YAML; throws what the engine throws.
  public func yaml() throws -> String {
    var lines = [
      "# What this table must be: written from \(table.rows.counted("row")), for a person to read, mend and sign.",
      "# Ranges reach a tenth of what was found beyond it; change what you know better.",
      "version: 1",
    ]
    if label != nil { lines.append("environments: [training, serving]") }
    lines.append("columns:")
    for column in table.schema {
      let profile = try ColumnProfile(column, of: table)
      lines.append("  \(Self.scalar(column.name)):")
      lines += InferredColumn(profile, isLabel: column.name == label).lines.map { "    \($0)" }
    }
    let least = Self.floor(Double(table.rows) / 10)
    lines += [
      "table:",
      "  # A tenth of the rows found: fewer are a file cut short.",
      "  row_count: {min: \(max(1, least))}",
      "  # Duplicates, leakage, mixed writings and more, with their standard limits:",
      "  # hygiene: integrity",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The number with its first digit only.
  private static func floor(_ number: Double) -> Int {
    var scale = 1.0
    while number / scale >= 10 { scale *= 10 }
    return Int((number / scale).rounded(.down) * scale)
  }

  /// A text in quotes, with what YAML and JSON escape alike.
  static func quoted(_ text: String) -> String {
    var quoted = JSON.string(text).text
    while quoted.last == "\n" { quoted.removeLast() }
    return quoted
  }

  /// A text as YAML has it, quoted where it could be read as something else.
  static func scalar(_ text: String) -> String {
    let words: Set<String> = [
      "null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "infinity", "nan",
    ]
    let bytes = Array(text.utf8)
    let isLetter = { (byte: UInt8) in (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F }
    let isPlain =
      bytes.first.map(isLetter) == true && bytes.last != 0x20
      && bytes.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || " -./".utf8.contains($0) }
      && !words.contains(text.lowercased())
    return isPlain ? text : quoted(text)
  }
}

/// What a schema says of one column.
struct InferredColumn: Sendable {
  private let profile: ColumnProfile
  private let isLabel: Bool

  /// A column's profile, and whether it is what the model predicts.
  init(_ profile: ColumnProfile, isLabel: Bool) {
    self.profile = profile
    self.isLabel = isLabel
  }

  /// The keys with their comments, a line each.
  var lines: [String] {
    var lines = ["type: \(type)"]
    if isLabel {
      lines += ["# What the model predicts; requests do not have it.", "not_in: [serving]"]
    }
    if profile.values == 0 {
      return lines + ["# No value was found, so nothing more can be said."]
    }
    lines += nulls
    if isKey {
      return lines + ["# Every row has its own: rows are told apart by it.", "unique: true"] + form
    }
    switch profile.column.kind {
    case .integer, .number: return lines + range
    case .timestamp: return lines + time
    case .string: return lines + (listed ?? []) + (listed == nil ? form : [])
    default: return lines
    }
  }

  /// The kind in a schema's words, or as the engine declares it.
  private var type: String {
    let column = profile.column
    switch column.kind {
    case .number, .integer, .boolean, .string: return column.kind.rawValue
    case .timestamp: return column.declared == "DATE" ? "date" : "timestamp"
    case .other:
      return column.declared.hasSuffix("]") ? "list" : InferredSchema.quoted(column.declared)
    }
  }

  private var nulls: [String] {
    let missing = profile.rows - profile.values
    if missing == 0 { return ["not_null: true"] }
    let share = Double(missing) / Double(profile.rows)
    let most = min(1, (150 * share).rounded(.up) / 100)
    return [
      "# \(missing) of \(profile.rows) rows have none; half as many again may.",
      "null_share: {max: \(most)}",
    ]
  }

  /// Whether rows are told apart by it: unique, and named or made as ids are.
  private var isKey: Bool {
    guard profile.values == profile.rows, profile.distinct == profile.rows, profile.rows >= 20
    else {
      return false
    }
    let name = profile.column.name.lowercased()
    let isNamed = name == "id" || ["_id", "_key", "uuid"].contains { name.hasSuffix($0) }
    switch profile.column.kind {
    case .string: return isNamed || profile.formats.contains("uuid")
    case .integer:
      guard let low = profile.low.flatMap({ Int($0) }), let high = profile.high.flatMap({ Int($0) })
      else { return isNamed }
      return isNamed || high.subtractingReportingOverflow(low).partialValue == profile.rows - 1
    default: return false
    }
  }

  /// The values themselves, where they are few and most are no rarities.
  private var listed: [String]? {
    guard let domain = profile.domain, profile.distinct * 5 <= profile.values else { return nil }
    // A text of another column's size is no category.
    guard domain.allSatisfy({ $0.utf8.count <= 100 }) else { return nil }
    let isText = profile.column.kind == .string
    let values = Self.wrapped(domain.map { isText ? InferredSchema.scalar($0) : $0 })
    if profile.rarest >= 5 { return ["in_set:"] + values.map { "  \($0)" } }
    return [
      "# The rarest stands in \(profile.rarest.counted("row")), so a new one now and then is likely.",
      "in_set:", "  mostly: 0.99", "  values:",
    ] + values.map { "    \($0)" }
  }

  /// A list in brackets, in lines of at most 96 characters.
  private static func wrapped(_ items: [String]) -> [String] {
    var lines = ["["]
    for (place, item) in items.enumerated() {
      let piece = item + (place + 1 < items.count ? "," : "]")
      if lines[lines.count - 1].count + piece.count > 84, lines[lines.count - 1] != "[" {
        lines.append(" " + piece)
      } else {
        lines[lines.count - 1] += (place == 0 ? "" : " ") + piece
      }
    }
    return lines
  }

  /// A well-known form, or how long texts are.
  private var form: [String] {
    let known = ["uuid", "email", "url", "ipv4", "date", "datetime", "time", "json"]
    if let format = known.first(where: profile.formats.contains) {
      return ["# Every text has this form.", "format: \(format)"]
    }
    guard let lengths = profile.lengths else { return [] }
    let numeric = ["integer", "number"].first(where: profile.formats.contains)
    let least = lengths.lowerBound / 2
    let most = (lengths.upperBound * 3 + 1) / 2
    return (numeric.map { ["# Texts that all are numbers.", "format: \($0)"] } ?? [])
      + [
        "# \(lengths.lowerBound) to \(lengths.upperBound) characters were found; from half to half as many again may be.",
        "length: {min: \(least), max: \(most)}",
      ]
  }

  private var time: [String] {
    guard let low = profile.low else { return [] }
    return [
      "# A tenth of the time covered before the first; no last, as new rows come later.",
      "between: {min: \(low)}",
    ]
  }

  private var range: [String] {
    let isWhole = profile.column.kind == .integer
    if isWhole, isLabel || profile.distinct <= 2, let listed { return listed }
    guard let low = profile.low.flatMap({ Double($0) }),
      let high = profile.high.flatMap({ Double($0) })
    else { return ["# No number was found among its values."] }
    let slack = max((high - low) / 10, isWhole ? 1 : 0)
    var ends = Self.outward(low - slack, high + slack, isWhole: isWhole)
    if low >= 0 { ends.low = max(0, ends.low) }
    let x = profile.column.name.sqlName
    let real = profile.nans > 0 ? ", where: \(InferredSchema.quoted("NOT isnan(\(x))"))" : ""
    return [
      "# \(isWhole ? Self.text(low) : low.brief) to \(isWhole ? Self.text(high) : high.brief) were found"
        + (low >= 0 ? "; nothing is below 0." : "."),
      "between: {min: \(Self.text(ends.low)), max: \(Self.text(ends.high))\(real)}",
    ]
  }

  /// The ends rounded away from each other to a hundredth of their distance's power of ten.
  private static func outward(
    _ low: Double, _ high: Double, isWhole: Bool
  ) -> (low: Double, high: Double) {
    var scale = 1.0
    while scale * (high - low) < 100, scale < 1e15 { scale *= 10 }
    if isWhole { scale = 1 }
    var step = 1.0
    while (high - low) / step >= 1000, step < 1e15 { step *= 10 }
    guard scale == 1 else {
      return ((low * scale).rounded(.down) / scale, (high * scale).rounded(.up) / scale)
    }
    return ((low / step).rounded(.down) * step, (high / step).rounded(.up) * step)
  }

  /// A whole number without a point.
  private static func text(_ number: Double) -> String {
    abs(number) < 9e15 && number == number.rounded() ? "\(Int(number))" : number.description
  }
}
