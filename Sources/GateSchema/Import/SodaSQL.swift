import GateCore

/// SQL of a Soda file, which names the judged table and perhaps others.
struct SodaSQL {
  /// The SQL with the judged table as `{table}`.
  package private(set) var text = ""
  /// Other tables that it reads, as written.
  package private(set) var others: [String] = []

  /// Words after which a table stands.
  private static let openings: Set<String> = ["from", "join"]

  /// SQL in which the judged table stands as `{table}`; texts and quoted names stay.
  package init(_ sql: String, about table: String) {
    var rest = Substring(sql)
    var named: Set<String> = []
    var isTable = false
    while let first = rest.first {
      if first == "'" {
        let inner = rest.dropFirst().prefix { $0 != first }
        text += rest.prefix(inner.count + 2)
        rest = rest.dropFirst(inner.count + 2)
        isTable = false
      } else if first.isLetter || first == "_" || first == "\"" || first == "`" {
        let parts = Self.name(&rest)
        let isOpening = parts.count == 1 && Self.openings.contains(parts[0].lowercased())
        if !isTable, Self.isDefinition(rest), let name = parts.first {
          named.insert(name.bare.lowercased())
        }
        if isTable, Self.means(table, parts) {
          text += "{table}"
        } else if !isTable, parts.count > 1, Self.means(table, [parts[0]]) {
          // A name before a dot is the table's too: the engine knows it by this name.
          text += (["{table}"] + parts.dropFirst()).joined(separator: ".")
        } else {
          text += parts.joined(separator: ".")
          let name = parts.map(\.bare).joined(separator: ".")
          // A function of rows is no table, nor is what the statement itself defines.
          if isTable, !isOpening, rest.first != "(", !named.contains(name.lowercased()),
            name.lowercased() != "lateral"
          {
            others.append(name)
          }
        }
        isTable = isOpening
      } else {
        if !first.isWhitespace { isTable = false }
        text.append(rest.removeFirst())
      }
    }
  }

  /// A name of parts between dots, each as written.
  private static func name(_ rest: inout Substring) -> [String] {
    var parts: [String] = []
    repeat {
      if rest.first == "." { rest.removeFirst() }
      let part: Substring
      if let quote = rest.first, quote == "\"" || quote == "`" {
        part = rest.prefix(rest.dropFirst().prefix { $0 != quote }.count + 2)
      } else {
        part = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
      }
      parts.append(String(part))
      rest = rest.dropFirst(part.count)
    } while rest.first == "."
      && rest.dropFirst().first.map { $0.isLetter || "_\"`".contains($0) } == true
    return parts
  }

  /// Whether what follows a name makes it that of a part of the statement: `AS (`.
  private static func isDefinition(_ rest: Substring) -> Bool {
    let words = rest.drop(while: \.isWhitespace)
    guard words.prefix(2).lowercased() == "as" else { return false }
    return words.dropFirst(2).drop(while: \.isWhitespace).first == "("
  }

  /// Whether a name is that of the judged table, with or without the schema it stands in.
  private static func means(_ table: String, _ parts: [String]) -> Bool {
    let name = parts.map(\.bare).joined(separator: ".").lowercased()
    let last = table.split(separator: ".").last.map { $0.lowercased() }
    return name == table.lowercased() || parts.last?.bare.lowercased() == last
  }
}

extension StringProtocol {
  /// A name without the quotes about it.
  package var bare: String {
    let text = trimmed
    guard text.count >= 2, let first = text.first, first == text.last, "\"`".contains(first) else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }
}
