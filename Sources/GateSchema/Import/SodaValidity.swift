import GateCore

/// Which values of a column Soda calls missing, and which valid.
struct SodaValidity {
  /// The settings of a check or of `configurations for`.
  package static let keys: Set<String> = [
    "missing values", "missing regex", "missing format", "valid values", "invalid values",
    "valid regex",
    "invalid regex", "valid format", "invalid format", "valid min", "valid max", "valid length",
    "valid min length", "valid max length",
  ]

  /// SQL that is true of a missing value.
  package private(set) var missing: String
  /// SQL that is true of each valid value; empty: all are.
  package private(set) var valid: [String] = []
  private let column: String

  /// Reads settings of a column, those of the check over those of the file.
  package init(column: String, _ settings: [Node.Pair]) throws(ImportGap) {
    self.column = column
    missing = "\(column) IS NULL"
    for pair in settings { try read(pair.key.text ?? "", pair.value) }
  }

  private mutating func read(_ key: String, _ value: Node) throws(ImportGap) {
    let text = "CAST(\(column) AS VARCHAR)"
    switch key {
    case "missing values": missing += " OR \(column) IN \(try list(value))"
    case "missing regex": missing += " OR regexp_matches(\(text), \(try pattern(value)))"
    case "valid values": valid.append("\(column) IN \(try list(value))")
    case "invalid values": valid.append("\(column) NOT IN \(try list(value))")
    case "valid regex": valid.append("regexp_matches(\(text), \(try pattern(value)))")
    case "invalid regex": valid.append("NOT regexp_matches(\(text), \(try pattern(value)))")
    case "missing format":
      missing += " OR regexp_matches(\(text), \(try format(value)))"
    case "valid format", "invalid format":
      let matches = "regexp_matches(\(text), \(try format(value)))"
      valid.append(key == "valid format" ? matches : "NOT \(matches)")
    case "valid min": valid.append("\(column) >= \(try number(value))")
    case "valid max": valid.append("\(column) <= \(try number(value))")
    case "valid length": valid.append("length(\(text)) = \(try number(value))")
    case "valid min length": valid.append("length(\(text)) >= \(try number(value))")
    case "valid max length": valid.append("length(\(text)) <= \(try number(value))")
    default: throw ImportGap("unknown setting '\(key)'", at: value.mark)
    }
  }

  private func list(_ node: Node) throws(ImportGap) -> String {
    guard let items = node.items, !items.isEmpty, items.allSatisfy({ $0.text != nil }) else {
      throw ImportGap("found \(node.found), wanted a list of values", at: node.mark)
    }
    return "(\(items.map { SchemaText($0).sql }.joined(separator: ", ")))"
  }

  private func format(_ node: Node) throws(ImportGap) -> String {
    guard let format = node.text, let pattern = SodaFormats.patterns[format] else {
      throw ImportGap("the format \(node.found) is not known here", at: node.mark)
    }
    return pattern.sqlText
  }

  private func pattern(_ node: Node) throws(ImportGap) -> String {
    guard let text = node.text else { throw ImportGap("found \(node.found), wanted a pattern") }
    return text.sqlText
  }

  private func number(_ node: Node) throws(ImportGap) -> String {
    guard node.number != nil, let text = node.text else {
      throw ImportGap("found \(node.found), wanted a number", at: node.mark)
    }
    return text
  }

  /// Whether anything but a null is missing or not valid.
  var isAsked: Bool { !valid.isEmpty || missing != "\(column) IS NULL" }

  /// SQL that is true of a value that is there and not valid.
  var invalid: String {
    "NOT (\(missing)) AND (\(valid.joined(separator: " AND "))) IS NOT TRUE"
  }

  /// SQL that is true of a value that is there and valid.
  var good: String {
    (["NOT (\(missing))"] + valid.map { "(\($0))" }).joined(separator: " AND ")
  }
}
