extension Importers {
  /// Whether a file is one of Soda.
  private static let isSoda: @Sendable (ImportSource) -> Bool = {
    $0.root?.pairs?.contains { $0.key.text?.hasPrefix("checks for ") ?? false } ?? false
  }

  /// Check files of Soda Core (SodaCL).
  static let soda = Importer(
    id: "soda", name: "Soda Core",
    recognises: isSoda
  ) { source throws(Diagnostics) in
    guard let pairs = source.root?.pairs else {
      throw Diagnostics([
        Diagnostic("'\(source.name)' is no mapping of checks", at: source.root?.mark)
      ])
    }
    return SodaFile(pairs, source).imported
  }
}

/// A check file of Soda.
struct SodaFile {
  /// What came of it.
  private(set) var imported = ImportedSchema(tool: "Soda Core")
  /// The one table it is of.
  let table: String
  /// Conditions of named filters.
  private var filters: [String: String] = [:]
  /// What `configurations for` say of a column.
  private(set) var configurations: [String: [Node.Pair]] = [:]
  let source: ImportSource

  /// Imports a file.
  init(_ pairs: [Node.Pair], _ source: ImportSource) {
    self.source = source
    let first = pairs.first { $0.key.text?.hasPrefix("checks for ") ?? false }?.key.text ?? ""
    table = Self.name(first.dropFirst("checks for ".count)).table
    for pair in pairs { readSettings(pair) }
    for pair in pairs {
      let key = pair.key.text ?? ""
      guard key.hasPrefix("checks for ") else { continue }
      let (table, part) = Self.name(key.dropFirst("checks for ".count))
      do throws(ImportGap) {
        guard table == self.table else {
          throw ImportGap(
            "a schema is of one table, which is '\(self.table)' here",
            hint: "put the checks of '\(table)' into a file of their own")
        }
        let condition = part.flatMap { filters[$0] }
        if let part, condition == nil { throw ImportGap("there is no filter '\(part)'") }
        for item in pair.value.items ?? [] { add(item, where: condition, part: part) }
      } catch { imported.leave("'\(key)'", error, at: pair.key.mark) }
    }
  }

  /// `loans [recent]` as a table and a part of it.
  private static func name(_ text: Substring) -> (table: String, part: String?) {
    guard let open = text.firstIndex(of: "["), text.last == "]" else {
      return (text.trimmed, nil)
    }
    return (text[..<open].trimmed, text[text.index(after: open)...].dropLast().trimmed)
  }

  /// Filters and configurations; anything else but checks is not known.
  private mutating func readSettings(_ pair: Node.Pair) {
    let key = pair.key.text ?? ""
    do throws(ImportGap) {
      if key.hasPrefix("filter ") {
        let (table, part) = Self.name(key.dropFirst("filter ".count))
        var keys = ImportArguments(pair.value)
        let condition = try keys.text("where")
        try keys.finish()
        if table == self.table, let part { filters[part] = condition }
      } else if key.hasPrefix("configurations for ") {
        guard Self.name(key.dropFirst("configurations for ".count)).table == table else { return }
        for setting in pair.value.pairs ?? [] {
          let words = (setting.key.text ?? "").splitOnce(" for ")
          guard let words, SodaValidity.keys.contains(words.0) else {
            throw ImportGap("unknown setting \(setting.key.found)", at: setting.key.mark)
          }
          configurations[words.1, default: []].append(
            Node.Pair(
              key: Node(.scalar(words.0, quoted: true), at: setting.key.mark), value: setting.value)
          )
        }
      } else if !key.hasPrefix("checks for ") {
        throw ImportGap("it is not known here")
      }
    } catch { imported.leave("'\(key)'", error, at: pair.key.mark) }
  }

  /// Adds one item of a list of checks: a line, or a line with settings.
  private mutating func add(_ item: Node, where condition: String?, part: String?) {
    let line = item.text ?? item.pairs?.first?.key.text ?? ""
    do throws(ImportGap) {
      guard item.pairs.map({ $0.count == 1 }) ?? (item.text != nil) else {
        throw ImportGap("wanted one check")
      }
      let settings = item.pairs?.first?.value
      var check = SodaCheck(line, settings, mark: item.mark, file: self)
      check.condition = condition
      check.part = part
      for (made, column) in try check.imported() { imported.add(made, to: column) }
    } catch { imported.leave("'\(line)'", error, at: item.mark) }
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }

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
