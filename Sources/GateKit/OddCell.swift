/// A cell of delimited text that is not what its column is wanted as, and what a manifest can say of it.
public struct OddCell: Sendable, Hashable {
  public var text: String
  public var file: String
  /// From 1.
  public var line: Int

  public init(text: String, file: String, line: Int) {
    self.text = text
    self.file = file
    self.line = line
  }

  /// Where it stands, as part of a sentence.
  public var place: String { "'\(text.brief(40))' in line \(line) of '\(file)'" }

  /// The key that makes it a number or a missing value, as YAML; nil: no key does.
  public var key: String? {
    let cell = text.filter { $0 != " " && $0 != "\t" }
    if Self.isNumber(text) { return nil }
    let inner = text.trimmed
    if inner != text { return Self.isNumber(inner) ? "csv: {trim: true}" : nil }
    let (points, commas) = (cell.count { $0 == "." }, cell.count { $0 == "," })
    if Self.isNumber(cell.replacing(",", with: "")), commas > 0, points == 0 || points == 1 {
      return Self.comma(in: cell, points: points, commas: commas)
    }
    if Self.isNumber(cell.replacing(".", with: "").replacing(",", with: ".")), points > 0 {
      return "csv: {decimal: \",\", thousands: .}"
    }
    for mark in ["'", "_", " "]
    where text.contains(mark) && Self.isNumber(text.replacing(mark, with: "")) {
      return "csv: {thousands: \(mark == "_" ? "_" : "\"\(mark)\"")}"
    }
    return text.utf8.contains { (0x30...0x39).contains($0) } ? nil : "csv: {nulls: [\(text.yaml)]}"
  }

  /// What a manifest is to say for a table by this name.
  public func hint(table: String) -> String {
    guard let key else { return "mend that cell in the file" }
    let suffix = "_predictions"
    let owner = table.hasSuffix(suffix) ? "models.\(table.dropLast(suffix.count))" : "data.\(table)"
    return "if that is what the file means, add to \(owner): \(key)"
  }

  /// What a number with commas may be.
  private static func comma(in cell: String, points: Int, commas: Int) -> String {
    let comma = cell.lastIndex(of: ",") ?? cell.startIndex
    let isLast = cell.lastIndex(of: ".").map { $0 < comma } ?? true
    if points == 1 {
      return isLast ? "csv: {decimal: \",\", thousands: .}" : "csv: {thousands: \",\"}"
    }
    return commas > 1 ? "csv: {thousands: \",\"}" : "csv: {decimal: \",\"}"
  }

  /// Whether a text is a plain finite number.
  private static func isNumber(_ text: String) -> Bool {
    guard let first = text.utf8.first, (0x30...0x39).contains(first) || "+-.".utf8.contains(first)
    else { return false }
    return Double(text)?.isFinite == true && !text.lowercased().contains("x")
  }
}

extension String {
  /// The text without blanks and tabs around it.
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }

  /// At most so many characters.
  fileprivate func brief(_ most: Int) -> String {
    count > most ? prefix(most) + "…" : self
  }
}

extension ColumnType {
  /// A mistake about a column that is text and is wanted as something else: with the cell that made it text.
  public func explaining(_ mistake: Diagnostic, of table: String) -> Diagnostic {
    guard kind == .string, let oddCell else { return mistake }
    var explained = mistake
    explained.message += "; it is text because of \(oddCell.place)"
    explained.hint = oddCell.hint(table: table)
    return explained
  }
}
