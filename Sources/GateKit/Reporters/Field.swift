package import GateCore

/// A JSON value with the path that led to it, so that a mistake in it can be named.
package struct Field {
  /// The value.
  package let json: JSON
  /// `checks[3].outcome`.
  package let path: String

  /// A value and where it stands.
  package init(_ json: JSON, _ path: String) {
    self.json = json
    self.path = path
  }

  /// The members of an object, in order.
  package var object: Members {
    get throws(Diagnostic) {
      guard case .object(let members) = json else { throw wrong("an object") }
      return Members(members: members, path: path)
    }
  }

  /// An object that has no other key than `known`.
  package func fields(_ known: [String]) throws(Diagnostic) -> Members {
    let members = try object
    for (key, _) in members where !known.contains(key) {
      throw Diagnostic(
        "\(path) has an unknown key '\(key.prefix(60))'",
        hint: key.nearest(in: known).map { "did you mean '\($0)'" }
          ?? "known are \(known.joined(separator: ", "))")
    }
    return members
  }

  /// A text.
  package func string() throws(Diagnostic) -> String {
    if case .string(let value) = json { return value }
    throw wrong("a text")
  }

  /// True or false.
  package func boolean() throws(Diagnostic) -> Bool {
    if case .bool(let value) = json { return value }
    throw wrong("true or false")
  }

  /// A whole number.
  package func integer() throws(Diagnostic) -> Int {
    if case .integer(let value) = json { return value }
    throw wrong("a whole number")
  }

  /// A number; null was a number that is not finite.
  package func number() throws(Diagnostic) -> Double {
    switch json {
    case .number(let value): return value
    case .integer(let value): return Double(value)
    case .null: return .nan
    default: throw wrong("a number")
    }
  }

  /// One of the words of `Choice`.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>() throws(Diagnostic)
    -> Choice
  {
    try word(try string(), as: Choice.self)
  }

  /// `text` as one of the words of `Choice`.
  package func word<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String, as: Choice.Type
  ) throws(Diagnostic) -> Choice {
    if let choice = Choice(rawValue: text) { return choice }
    let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw Diagnostic("\(path) is '\(text.prefix(60))', wanted one of \(all)")
  }

  /// What `read` makes of each item of an array.
  package func items<T>(_ read: (Field) throws(Diagnostic) -> T) throws(Diagnostic) -> [T] {
    guard case .array(let items) = json else { throw wrong("an array") }
    var values: [T] = []
    for (index, item) in items.enumerated() {
      values.append(try read(Field(item, "\(path)[\(index)]")))
    }
    return values
  }

  /// What `read` makes of each member of an object.
  package func dictionary<T>(
    _ read: (Field) throws(Diagnostic) -> T
  ) throws(Diagnostic) -> [String: T] {
    var values: [String: T] = [:]
    for (key, field) in try object { values[key] = try read(field) }
    return values
  }

  /// What was found where something else was wanted.
  private func wrong(_ wanted: String) -> Diagnostic {
    let found =
      switch json {
      case .null: "null"
      case .bool(let value): "\(value)"
      case .integer(let value): "\(value)"
      case .number(let value): "\(value)"
      case .string(let value): "'\(value.prefix(60))'"
      case .array: "an array"
      case .object: "an object"
      }
    return Diagnostic("\(path) is \(found), wanted \(wanted)")
  }

  /// The members of an object with their paths.
  package struct Members: Sequence {
    /// In the order they stand.
    package let members: [JSON.Member]
    /// The object's own path.
    package let path: String

    /// The member of that key, which must be there.
    func callAsFunction(_ key: String) throws(Diagnostic) -> Field {
      guard let field = self[key] else { throw Diagnostic("\(path) lacks the key '\(key)'") }
      return field
    }

    /// The member of that key; nil when it is not there.
    package subscript(key: String) -> Field? {
      members.first { $0.key == key }.map { Field($0.value, inner(key)) }
    }

    /// What `read` makes of a member; nil when it is missing or null.
    func optional<T>(
      _ key: String, _ read: (Field) throws(Diagnostic) -> T
    ) throws(Diagnostic) -> T? {
      guard let field = self[key], field.json != .null else { return nil }
      return try read(field)
    }

    /// Keys and members.
    package func makeIterator() -> AnyIterator<(String, Field)> {
      var rest = members.makeIterator()
      return AnyIterator { rest.next().map { ($0.key, Field($0.value, inner($0.key))) } }
    }

    /// The path of a member.
    private func inner(_ key: String) -> String {
      path == "the report" ? key : "\(path).\(key.prefix(60))"
    }
  }
}
