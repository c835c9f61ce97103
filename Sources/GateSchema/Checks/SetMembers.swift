package import GateCore

/// What the values of a column are compared with: the members of a set that a value of its type can equal.
///
/// A text and a number are never equal, so that '007' is not 7 and 'True' is not true; true is 1, as Python has it.
struct SetMembers: Sendable {
  /// The judged column in SQL, read as the check says.
  package let x: String
  /// The members that fit, in SQL.
  package let literals: [String]
  /// The members that no value of the column equals, as written.
  package let strangers: [String]

  /// The members of a check's `values`; throws where there are some and none of them fits.
  package init(_ question: CheckContext) throws(Diagnostic) {
    let reading = question["as"]?.text
    let column = question.column
    x = reading == "timestamp" ? question.moment : question.x(as: reading)
    var literals: [String] = []
    var strangers: [String] = []
    let nodes = question["values"]?.items ?? []
    for node in nodes {
      if let literal = Self.literal(node, of: column, as: reading) {
        literals.append(literal)
      } else {
        strangers.append(node.text ?? "null")
      }
    }
    if literals.isEmpty, let first = nodes.first {
      throw Self.mistake(first, of: column)
    }
    (self.literals, self.strangers) = (literals, strangers)
  }

  /// Whether the column's value is one of them, in SQL: few are looked up one by one, many in a hash table.
  var isMember: String {
    if literals.isEmpty { return "false" }
    let values = literals.joined(separator: ", ")
    return "\(x) IN (\(literals.count > 4 ? "SELECT unnest([\(values)])" : values))"
  }

  /// What a reader should know of those that do not fit; nil: all do.
  package var note: String? {
    guard !strangers.isEmpty else { return nil }
    let shown = strangers.prefix(5).map { "'\($0.prefix(40))'" }.joined(separator: ", ")
    return strangers.count == 1
      ? "\(shown) of the set is of another type and equals no value"
      : "\(shown)\(strangers.count > 5 ? " and others" : "") of the set are of another type and "
        + "equal no value"
  }

  /// A member as a literal that values of a column are compared with; nil: none of them can equal it.
  package static func literal(
    _ node: Node, of column: ColumnType?, as reading: String? = nil
  ) -> String? {
    guard let text = node.text, case .scalar(_, let quoted) = node.content else { return nil }
    let truth = ["true": "true", "false": "false"][text.lowercased()]
    switch (reading, column?.kind) {
    case ("text", .boolean?): return truth ?? ["1": "true", "0": "false"][text]
    case ("text", _): return text.sqlText
    case ("timestamp", _): return "CAST(\(text.sqlText) AS TIMESTAMP)"
    case (_, .number?), (_, .integer?):
      if quoted { return nil }
      if let truth { return truth == "true" ? "1" : "0" }
      return node.number == nil ? nil : text.replacing("_", with: "")
    case (_, .boolean?):
      if quoted { return nil }
      return truth ?? node.number.flatMap { [1: "true", 0: "false"][$0] }
    case (_, .timestamp?):
      let isMoment = text.first?.isNumber == true && (quoted || node.number == nil)
      return isMoment ? "CAST(\(text.sqlText) AS \(column?.declared ?? "TIMESTAMP"))" : nil
    default:
      return !quoted && (truth != nil || node.number != nil) ? nil : text.sqlText
    }
  }

  /// Why a set of which nothing fits cannot be judged.
  package static func mistake(_ node: Node, of column: ColumnType?) -> Diagnostic {
    let name = "'\(column?.name ?? "")'"
    let declared = column.map { " (\($0.declared))" } ?? ""
    return switch column?.kind {
    case .number?, .integer?:
      Diagnostic(
        "found the text \(node.found), and \(name) holds numbers\(declared), which equal no text",
        at: node.mark, hint: "write a number without quotes, or set the column's type")
    case .boolean?:
      Diagnostic(
        "found \(node.found), and \(name) holds true and false", at: node.mark,
        hint: "write true and false without quotes, or set the column's type")
    case .timestamp?:
      Diagnostic(
        "found \(node.found), and \(name) holds moments\(declared)", at: node.mark,
        hint: "write moments as 2026-01-31, or set the column's type")
    default:
      Diagnostic(
        "found the number \(node.text ?? "null"), and \(name) holds texts\(declared), which equal "
          + "no number", at: node.mark, hint: "quote it, or set the column's type under 'types'")
    }
  }
}

extension Parameter {
  /// What values are read as before they are compared.
  package static let reading = Parameter(
    "as",
    "What values are read as before they are compared: the texts they are written as, or the moments "
      + "that texts say; default: what the column holds.", .choice(["text", "timestamp"]))
}

extension CheckContext {
  /// The judged column as moments, null where a text says none.
  package var moment: String { "TRY_CAST(\(text) AS TIMESTAMP)" }

  /// The judged column as it is, or as texts; truths keep their type, which texts are read as.
  fileprivate func x(as reading: String?) -> String {
    reading == "text" && column?.kind != .boolean ? text : x
  }
}

extension ColumnType {
  /// Whether values of two columns may be equal at all: numbers and truths, texts, moments.
  package func compares(with other: ColumnType) -> Bool {
    func family(_ kind: Kind) -> Kind { kind == .integer || kind == .boolean ? .number : kind }
    return family(kind) == family(other.kind) && (kind != .other || declared == other.declared)
  }
}
