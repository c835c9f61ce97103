import GateCore

/// A condition on rows as `DataFrame.query` takes it, in SQL with the same meaning.
///
/// pandas compares a missing value as IEEE does a NaN: nothing equals it, and everything differs from it; so `!=` and
/// `not in` keep a row whose value is missing, where SQL drops it.
struct PandasCondition {
  private var tokens: ArraySlice<Token>

  /// A part of the text.
  private enum Token: Equatable {
    case name(String)
    case text(String)
    case number(String)
    case sign(String)
  }

  /// The condition in SQL; throws at what it cannot say.
  package static func sql(_ text: String) throws(ImportGap) -> String {
    var condition = PandasCondition(tokens: try Self.tokens(of: text)[...])
    let sql = try condition.disjunction()
    if let token = condition.tokens.first {
      throw ImportGap("its row condition goes on with \(token), which is not understood")
    }
    return sql
  }

  /// Takes a word or sign where it comes next.
  private mutating func take(_ word: String) -> Bool {
    guard tokens.first == .name(word) || tokens.first == .sign(word) else { return false }
    tokens.removeFirst()
    return true
  }

  private mutating func disjunction() throws(ImportGap) -> String {
    var parts = [try conjunction()]
    while take("or") || take("|") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " OR ")))"
  }

  private mutating func conjunction() throws(ImportGap) -> String {
    var parts = [try negation()]
    while take("and") || take("&") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " AND ")))"
  }

  private mutating func negation() throws(ImportGap) -> String {
    if take("not") || take("~") { return "(\(try negation())) IS NOT TRUE" }
    return try comparison()
  }

  /// `a < b`, `a < b < c`, `a in [..]`, a condition in parentheses, or a column of truths.
  private mutating func comparison() throws(ImportGap) -> String {
    if take("(") {
      let inner = try disjunction()
      guard take(")") else { throw ImportGap("its row condition lacks a ')'") }
      return inner
    }
    var left = try operand()
    if let nullity = try nullity(left) { return nullity }
    if take("in") { return "\(left) IN \(try list())" }
    if take("not") {
      guard take("in") else { throw ImportGap("its row condition has 'not' without 'in'") }
      return "(\(left) IN \(try list())) IS NOT TRUE"
    }
    var parts: [String] = []
    while case .sign(let sign)? = tokens.first, ["==", "!=", "<", "<=", ">", ">="].contains(sign) {
      tokens.removeFirst()
      let right = try operand()
      parts.append(Self.compared(left, sign, right))
      left = right
    }
    if parts.isEmpty { return left }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " AND ")))"
  }

  /// A comparison as pandas makes it.
  package static func compared(_ left: String, _ sign: String, _ right: String) -> String {
    switch sign {
    case "==": "\(left) = \(right)"
    case "!=": "(\(left) = \(right)) IS NOT TRUE"
    default: "\(left) \(sign) \(right)"
    }
  }

  /// `.isnull()` and its like after a column.
  private mutating func nullity(_ column: String) throws(ImportGap) -> String? {
    guard take(".") else { return nil }
    guard case .name(let method)? = tokens.popFirst(), take("("), take(")") else {
      throw ImportGap("its row condition calls a method that is not understood")
    }
    switch method {
    case "isnull", "isna", "isNull": return "\(column) IS NULL"
    case "notnull", "notna", "notNull": return "\(column) IS NOT NULL"
    default: throw ImportGap("its row condition calls '\(method)'")
    }
  }

  /// A column or a value.
  private mutating func operand() throws(ImportGap) -> String {
    switch tokens.popFirst() {
    case .text(let text): return text.sqlText
    case .number(let text): return text
    case .name("True"), .name("true"): return "true"
    case .name("False"), .name("false"): return "false"
    case .name("col") where tokens.first == .sign("("):
      tokens.removeFirst()
      guard case .text(let name)? = tokens.popFirst(), take(")") else {
        throw ImportGap("its row condition has a 'col' without a name")
      }
      return name.sqlName
    case .name(let name):
      if ["None", "and", "or", "not", "in", "index"].contains(name) || tokens.first == .sign("(") {
        throw ImportGap("its row condition has '\(name)', which is not understood here")
      }
      return name.sqlName
    case .sign(let sign):
      throw ImportGap("its row condition has '\(sign)', which is not understood")
    case nil: throw ImportGap("its row condition ends too soon")
    }
  }

  /// Values in brackets or parentheses.
  private mutating func list() throws(ImportGap) -> String {
    let close = take("[") ? "]" : take("(") ? ")" : ""
    if close.isEmpty { throw ImportGap("its row condition has an 'in' without a list") }
    var items: [String] = []
    repeat { items.append(try operand()) } while take(",")
    guard take(close) else { throw ImportGap("its row condition lacks a '\(close)'") }
    return "(\(items.joined(separator: ", ")))"
  }

  /// The parts of a text.
  private static func tokens(of text: String) throws(ImportGap) -> [Token] {
    var tokens: [Token] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first == "'" || first == "\"" || first == "`" {
        rest.removeFirst()
        let inner = rest.prefix { $0 != first }
        guard rest.count > inner.count, !inner.contains("\\") else {
          throw ImportGap("its row condition has a text that is not closed, or with a backslash")
        }
        tokens.append(first == "`" ? .name(String(inner)) : .text(String(inner)))
        rest = rest.dropFirst(inner.count + 1)
      } else if first.isNumber || first == "-" {
        let digits = rest.dropFirst().prefix { $0.isNumber || $0 == "." || $0 == "e" }
        let number = String(first) + digits
        guard Double(number) != nil else {
          throw ImportGap("its row condition has '\(number)', which is no number")
        }
        tokens.append(.number(number))
        rest = rest.dropFirst(number.count)
      } else if first.isLetter || first == "_" {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        tokens.append(.name(String(name)))
        rest = rest.dropFirst(name.count)
      } else {
        let two = String(rest.prefix(2))
        let sign = ["==", "!=", "<=", ">="].contains(two) ? two : String(first)
        tokens.append(.sign(sign))
        rest = rest.dropFirst(sign.count)
      }
    }
    return tokens
  }
}
