/// What all cells of a column of texts say of how its numbers are written.
struct CellForms {
  /// The forms in which every cell is a number that is one in any form, the plainest first.
  package private(set) var forms = NumberForm.all
  /// Cells that are a number in no form, in order of their bytes.
  package private(set) var words: [String] = []
  /// Cells that are a number in some form.
  package private(set) var numbers: [String] = []
  /// Whether blanks stand around some cell.
  private(set) var isPadded = false

  /// The most words that are taken for missing values, and not for what the column holds.
  private static let mostWords = 5

  /// Takes the distinct cells; nil where they are no numbers with some words between them.
  package init?(_ cells: some Sequence<String>) {
    for cell in cells {
      let inner = cell.withoutBlanks
      isPadded = isPadded || !inner.isSame(as: cell)
      if inner.isEmpty { continue }
      let fitting = NumberForm.all.filter { $0.plain(inner) != nil }
      if fitting.isEmpty {
        guard words.count < Self.mostWords, !inner.utf8.contains(where: \.isDigit),
          !Self.answers.contains(inner.lowercased())
        else { return nil }
        words.append(inner)
        continue
      }
      numbers.append(inner)
      forms.removeAll { !fitting.contains($0) }
    }
    if numbers.isEmpty || forms.isEmpty { return nil }
    words = Array(Set(words.map { ExactText($0) })).sorted().map(\.text)
  }

  /// Whether all words are such as programs write for a value that is missing.
  var hasMissingOnly: Bool { words.allSatisfy { Self.missing.contains($0.lowercased()) } }

  /// Values beside numbers that are none and are not missing.
  private static let answers: Set = ["true", "false", "yes", "no"]

  /// What programs write for a value that is missing.
  private static let missing: Set = [
    "na", "n/a", "#n/a", "n.a.", "null", "none", "nil", "nat", "?", "-", "--", ".", "missing",
    "unknown", "<na>", "\\n", "(null)", "#null!",
  ]

  /// The plainest of these forms for each way in which they read the numbers.
  package func readings(_ forms: [NumberForm]) -> [NumberForm] {
    var found: [(form: NumberForm, values: [String?])] = []
    for form in forms {
      let values = numbers.map(form.plain)
      if !found.contains(where: { $0.values == values }) { found.append((form, values)) }
    }
    return found.map(\.form)
  }
}

extension UInt8 {
  /// Whether it is one of the ten digits.
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension String {
  /// The text without blanks and tabs around it.
  fileprivate var withoutBlanks: String {
    var text = Substring(self)
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
