import GateCore

extension Importers {
  /// Whether a file is one of Soda.
  private static let isSoda: @Sendable (ImportSource) -> Bool = { source in
    source.root?.pairs?.contains { pair in
      SodaFile.openings.contains { pair.key.text?.hasPrefix($0) ?? false }
    } ?? false
  }

  /// The tables that a file of Soda is about.
  private static let tables: @Sendable (ImportSource) -> [String] = { source in
    source.root?.pairs.map(SodaFile.tables) ?? []
  }

  /// Check files of Soda Core (SodaCL).
  static let soda = Importer(
    id: "soda", name: "Soda Core",
    recognises: isSoda, datasets: tables
  ) { source throws(Diagnostics) in
    guard let pairs = source.root?.pairs else {
      throw Diagnostics([
        Diagnostic("'\(source.name)' is no mapping of checks", at: source.root?.mark)
      ])
    }
    return SodaFile(pairs, source).imported
  }
}

/// What a check file of Soda says of one table.
struct SodaFile {
  /// What keys with checks begin with.
  static let openings = ["checks for ", "for each dataset ", "for each table "]
  /// Keys of a file that ask for nothing: what is looked at, listed or sampled.
  private static let idle = [
    "discover datasets", "discover tables", "profile columns", "sample datasets", "sample tables",
    "variables",
  ]

  /// What came of it.
  private(set) var imported = ImportedSchema(tool: "Soda Core")
  /// The one table it is of.
  package let table: String
  /// Conditions of named filters; nil: it cannot be told here.
  private var filters: [String: String] = [:]
  /// What `configurations for` say of a column.
  private(set) var configurations: [String: [Node.Pair]] = [:]
  /// Variables that the file gives a value.
  private var variables: [String: String] = [:]
  package let source: ImportSource

  /// Imports what a file says of the source's table, or of its first.
  package init(_ pairs: [Node.Pair], _ source: ImportSource) {
    self.source = source
    let tables = Self.tables(pairs)
    table = source.dataset ?? tables.first ?? ""
    for pair in pairs where pair.key.text == "variables" {
      for variable in pair.value.pairs ?? [] {
        variables[variable.key.text ?? ""] = variable.value.text
      }
    }
    for pair in pairs { readSettings(pair, isFirst: table == tables.first) }
    for pair in pairs {
      let key = pair.key.text ?? ""
      if key.hasPrefix("checks for ") {
        let (table, part) = Self.name(key.dropFirst("checks for ".count))
        if table == self.table { addAll(pair.value, of: pair, part: part) }
      } else if Self.openings.contains(where: key.hasPrefix) {
        addEach(pair, isFirst: table == tables.first)
      }
    }
  }

  /// The tables that a file has checks for, in its order.
  package static func tables(_ pairs: [Node.Pair]) -> [String] {
    pairs.flatMap { pair -> [String] in
      let key = pair.key.text ?? ""
      if key.hasPrefix("checks for ") { return [name(key.dropFirst("checks for ".count)).table] }
      return openings.contains(where: key.hasPrefix)
        ? named(pair.value).filter { !isPattern($0) } : []
    }.unique
  }

  /// What stands under `datasets` of a 'for each'.
  private static func named(_ node: Node) -> [String] {
    (node["datasets"] ?? node["tables"])?.items?.compactMap { $0.text?.bare } ?? []
  }

  /// Whether a name means tables that only the data source knows.
  private static func isPattern(_ name: String) -> Bool {
    name.contains("%") || name.hasPrefix("include ") || name.hasPrefix("exclude ")
  }

  /// `loans [recent]` as a table and a part of it.
  private static func name(_ text: Substring) -> (table: String, part: String?) {
    guard let open = text.firstIndex(of: "["), text.last == "]" else {
      return (text.bare, nil)
    }
    return (text[..<open].bare, text[text.index(after: open)...].dropLast().trimmed)
  }

  /// A text in which every variable of the scan is its value; throws where the file gives one none.
  package func resolved(_ text: String) throws(ImportGap) -> String {
    try text.resolving { name throws(ImportGap) in
      if let value = variables[name] { return value }
      throw ImportGap(
        "it has the variable '\(name)' of the scan, to which the file gives no value",
        hint: "write the value into the file, or under 'variables'")
    }
  }

  /// Filters and configurations; anything else but checks is not known, and told once.
  private mutating func readSettings(_ pair: Node.Pair, isFirst: Bool) {
    let key = pair.key.text ?? ""
    do throws(ImportGap) {
      if key.hasPrefix("filter ") {
        let (table, part) = Self.name(key.dropFirst("filter ".count))
        guard table == self.table, let part else { return }
        var keys = ImportArguments(pair.value)
        let condition = try resolved(try keys.text("where"))
        try keys.finish()
        filters[part] = condition
      } else if key.hasPrefix("configurations for ") {
        guard Self.name(key.dropFirst("configurations for ".count)).table == table else { return }
        for setting in pair.value.pairs ?? [] {
          let words = (setting.key.text ?? "").splitOnce(" for ")
          guard let words, SodaValidity.keys.contains(words.0) else {
            throw ImportGap("unknown setting \(setting.key.found)", at: setting.key.mark)
          }
          configurations[words.1.bare, default: []].append(
            Node.Pair(
              key: Node(.scalar(words.0, quoted: true), at: setting.key.mark), value: setting.value)
          )
        }
      } else if !Self.openings.contains(where: key.hasPrefix), isFirst {
        if Self.idle.contains(key) { return }
        throw ImportGap(
          key.hasPrefix("automated monitoring")
            ? "it is measured against earlier scans" : "it is not known here")
      }
    } catch { imported.leave("'\(key)'", error, at: pair.key.mark) }
  }

  /// Adds a list of checks, perhaps of a part of the table.
  private mutating func addAll(_ list: Node, of pair: Node.Pair, part: String?) {
    let condition = part.flatMap { filters[$0] }
    guard part == nil || condition != nil else {
      imported.leave(
        "'\(pair.key.text ?? "")'",
        ImportGap("there is no filter '\(part ?? "")' that is understood"),
        at: pair.key.mark)
      return
    }
    guard let items = list.items else {
      imported.leave(
        "'\(pair.key.text ?? "")'", ImportGap("found \(list.found), wanted a list of checks"),
        at: pair.key.mark)
      return
    }
    for item in items { add(item, where: condition, part: part) }
  }

  /// Adds what is asked of each of several tables, where this one is named; patterns are told once.
  private mutating func addEach(_ pair: Node.Pair, isFirst: Bool) {
    let names = Self.named(pair.value)
    if isFirst {
      for name in names where Self.isPattern(name) {
        imported.leave(
          "'\(name)' of '\(pair.key.text ?? "")'",
          ImportGap("it means tables that only the data source knows"), at: pair.key.mark)
      }
      for key in pair.value.pairs ?? []
      where !["datasets", "tables", "checks"].contains(key.key.text ?? "") {
        imported.leave(
          "\(key.key.found) of '\(pair.key.text ?? "")'", ImportGap("it is not known here"),
          at: key.key.mark)
      }
    }
    guard names.contains(table), let checks = pair.value["checks"] else { return }
    addAll(checks, of: pair, part: nil)
  }

  /// Adds one item of a list of checks: a line, or a line with settings.
  private mutating func add(_ item: Node, where condition: String?, part: String?) {
    let line = item.text ?? item.pairs?.first?.key.text ?? ""
    do throws(ImportGap) {
      guard item.pairs.map({ $0.count == 1 }) ?? (item.text != nil) else {
        throw ImportGap("wanted one check, what belongs to it stands further in")
      }
      let settings = item.pairs?.first?.value
      var check = SodaCheck(try resolved(line), settings, mark: item.mark, file: self)
      check.condition = condition
      check.part = part
      let made = try check.imported()
      for (one, column) in made { imported.add(one, to: column, at: item.mark) }
      for gap in check.gaps { imported.leave("a part of '\(line)'", gap, at: item.mark) }
      for remark in check.remarks { imported.remark("'\(line)': \(remark)", at: item.mark) }
    } catch { imported.leave("'\(line)'", error, at: item.mark) }
  }
}

extension String {
  /// The text with a value for every `${name}`.
  func resolving(
    _ value: (String) throws(ImportGap) -> String
  ) throws(ImportGap) -> String {
    var result = ""
    var rest = self[...]
    while let start = rest.firstIndex(of: "$") {
      let after = rest[rest.index(after: start)...]
      guard after.first == "{", let end = after.firstIndex(of: "}") else {
        result += rest[...start]
        rest = after
        continue
      }
      let name = after[after.index(after: after.startIndex)..<end].trimmed
      result += rest[..<start] + (try value(name))
      rest = after[after.index(after: end)...]
    }
    return result + rest
  }
}

extension StringProtocol {
  /// What stands before and after the first place of a part; nil: it is nowhere.
  func splitOnce(_ part: String) -> (String, String)? {
    let bytes = Array(utf8)
    guard let place = bytes.firstRange(of: Array(part.utf8)) else { return nil }
    return (
      String(decoding: bytes[..<place.lowerBound], as: UTF8.self).trimmed,
      String(decoding: bytes[place.upperBound...], as: UTF8.self).trimmed
    )
  }
}
