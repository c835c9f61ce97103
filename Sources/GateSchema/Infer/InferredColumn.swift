import GateCore

/// What a schema says of one column.
struct InferredColumn: Sendable {
  let profile: ColumnProfile
  let isLabel: Bool
  package let chance: Chance

  /// A column's profile, whether it is what the model predicts, and what chance may do to it.
  package init(_ profile: ColumnProfile, isLabel: Bool, chance: Chance) {
    self.profile = profile
    self.isLabel = isLabel
    self.chance = chance
  }

  /// The keys with their comments, a line each; throws `Undefined` never, for counts.
  package func lines() throws(Undefined) -> [String] {
    let ofLabel =
      isLabel ? ["# What the model predicts; requests do not have it.", "not_in: [serving]"] : []
    if profile.values == 0 {
      return ["# No value was found, so nothing more can be said.", "presence: required"] + ofLabel
    }
    // Another sample may well have no value, and then no type that tells.
    guard try profile.values > chance.most(beside: 0) else {
      return [tooFew, "presence: required"] + ofLabel
    }
    let lines = zeros + ["type: \(type)"] + ofLabel + (try nulls())
    if isKey {
      return lines + ["# Every row has its own: rows are told apart by it.", "unique: true"]
        + (profile.column.kind == .string ? try form() : [])
    }
    switch profile.column.kind {
    case .integer, .number: return lines + (try numbers())
    case .timestamp: return lines + (try time())
    case .string:
      if let listed = try listed() { return lines + listed }
      return lines + (try form())
    default: return lines
    }
  }

  /// That its whole numbers are written with zeros before them, as codes are, and how they are kept.
  private var zeros: [String] {
    guard profile.column.kind == .integer, let cell = profile.column.bentCell,
      cell.text.utf8.count > 1, cell.text.utf8.first == UInt8(ascii: "0"),
      cell.text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return [] }
    return [
      "# The file has '\(cell.text)' in line \(cell.line): a code rather than a number? As a number it loses its zeros;",
      "# to keep them write '\(Pasteable.types(profile.column.name))' beside the path, then infer again.",
    ]
  }

  /// The kind in a schema's words, or as the engine declares it.
  private var type: String {
    let column = profile.column
    switch column.kind {
    case .number, .integer, .boolean, .string: return column.kind.rawValue
    case .timestamp: return column.declared == "DATE" ? "date" : "timestamp"
    case .other: return column.declared.hasSuffix("]") ? "list" : column.declared.quotedYAML
    }
  }

  /// How many nulls there may be.
  private func nulls() throws(Undefined) -> [String] {
    let missing = profile.rows - profile.values
    let share = try chance.share(
      beside: missing, of: profile.rows, below: missing == 0 ? 0.5 : 0.99)
    if missing == 0 {
      guard !isKey, !isLabel, let share else { return ["not_null: true"] }
      return ["not_null: {mostly: \(share.rest)}"]
    }
    let found = "# \(missing) of \(profile.rows) rows have none"
    guard let share else { return ["\(found), too few rows to say how many may."] }
    let usual = (150 * Double(missing) / Double(profile.rows)).rounded(.up) / 100
    return [
      "\(found); half as many again may, or what chance explains.",
      "null_share: {max: \(share.value > usual ? share.text : "\(min(1, usual))")}",
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
      guard let ends = profile.ends else { return isNamed }
      return isNamed || ends.high - ends.low == Double(profile.rows - 1)
    default: return false
    }
  }

  /// The values themselves, where they are few and most are no rarities; nil where they are many.
  ///
  /// The set is nearly closed when the rarest stands in more rows than chance explains: another as frequent as that
  /// would have been seen. One value alone has nothing to be compared with. A label has no values that are new.
  package func listed() throws(Undefined) -> [String]? {
    // A text of another column's size is no category.
    guard let domain = profile.domain, profile.distinct * 5 <= profile.values,
      domain.allSatisfy({ $0.utf8.count <= 100 })
    else { return nil }
    let isText = profile.column.kind == .string
    let values = Self.wrapped(domain.map { isText ? $0.yaml : $0 })
    let rare = try chance.most(beside: 0)
    let isSettled = profile.distinct > 1 && profile.rarest > rare
    if isSettled, isLabel { return ["in_set:"] + values.map { "  \($0)" } }
    let share =
      isSettled
      ? Chance.share(of: Chance.few, in: profile.values)
      : try chance.share(beside: profile.singles, pairs: profile.pairs, of: profile.values)
    guard let share else { return nil }
    let rarity = "# The rarest stands in \(profile.rarest.counted("row"))"
    return [
      profile.distinct == 1
        ? "# No other value was found."
        : isSettled ? rarity + "." : rarity + ", so a new one now and then is likely.",
      "in_set:", "  mostly: \(share.rest)", "  values:",
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
  private func form() throws(Undefined) -> [String] {
    guard let ends = profile.ends, let share = try chance.share(beside: 0, of: profile.values)
    else { return [tooFew] }
    let known = ["uuid", "email", "url", "ipv4", "date", "datetime", "time", "json"]
    if let format = known.first(where: profile.formats.contains) {
      return ["# Every text has this form.", "format: {kind: \(format), mostly: \(share.rest)}"]
    }
    let numeric = ["integer", "number"].first(where: profile.formats.contains)
    let least = max(0, Int(min(ends.low / 2, ends.low - ends.reach.low)))
    let most = Int(max((ends.high * 3 + 1) / 2, ends.high + ends.reach.high))
    return
      (numeric.map {
        ["# Texts that all are numbers.", "format: {kind: \($0), mostly: \(share.rest)}"]
      } ?? [])
      + [
        "# \(Int(ends.low)) to \(Int(ends.high)) characters were found.",
        "length: {min: \(least), max: \(most), mostly: \(share.rest)}",
      ]
  }

  /// From when on times are.
  private func time() throws(Undefined) -> [String] {
    guard let earliest = profile.earliest,
      let share = try chance.share(beside: 0, of: profile.values)
    else { return [tooFew] }
    return [
      "# Some time before the first; no last, as new rows come later.",
      "between: {min: \(earliest), mostly: \(share.rest)}",
    ]
  }

  /// What stands where a check would.
  package var tooFew: String {
    "# Only \(profile.values.counted("value")) \(profile.values == 1 ? "was" : "were") found, too few to say more."
  }
}
