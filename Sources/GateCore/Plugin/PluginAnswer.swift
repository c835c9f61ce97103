/// What a gate plugin answers; nothing in it is believed that was not looked at.
package struct PluginAnswer: Sendable, Hashable {
  /// One check of a program.
  package struct Item: Sendable, Hashable {
    package var id: String
    package var outcome: Outcome
    package var message: String
    package var value: Double?
    package var limit: [String: Double] = [:]
    package var n: Int?
    package var evidence: [String: JSON] = [:]
  }

  package var checks: [Item] = []
  /// Figures of each model by the id of the measurement.
  package var measurements: [String: [Role: Double]] = [:]

  /// The most checks of one answer.
  package static let mostChecks = 10_000
  /// The most bytes of a check's message.
  package static let longestMessage = 10_000

  /// Reads an answer; throws what is wrong with it, as the end of a sentence on the program.
  package init(_ json: JSON, of plugin: Plugin) throws(Diagnostic) {
    let members = try Self.members(json, "the answer", ["checks", "measurements"])
    let items = try Self.list(members["checks"], "'checks'")
    guard items.count <= Self.mostChecks else {
      throw Diagnostic(
        "answered with \(items.count) checks, and at most \(Self.mostChecks) are read",
        hint: "have it answer with one check for several rows or columns")
    }
    var ids = Set(plugin.measurements.map(\.id))
    for (place, item) in items.enumerated() {
      checks.append(try Self.item(item, "'checks[\(place)]'"))
      let id = checks[place].id
      guard ids.insert(id).inserted else {
        throw Diagnostic(
          "answered with a second '\(id.shortened)', in 'checks[\(place)]'",
          hint: "give each check an id of its own, and none that of a measurement")
      }
    }
    if case .object(let figures)? = members["measurements"] {
      for figure in figures {
        measurements[figure.key] = try Self.figures(figure, of: plugin)
      }
    } else if let other = members["measurements"] {
      throw Diagnostic("answered \(other.found) under 'measurements', wanted an object")
    }
    if checks.isEmpty, measurements.isEmpty {
      throw Diagnostic(
        "answered with no checks and no measurements, so nothing was judged",
        hint: "have it answer with a check for whatever it looked at, passed ones too")
    }
  }

  /// One check.
  private static func item(_ json: JSON, _ place: String) throws(Diagnostic) -> Item {
    let members = try members(
      json, place, ["id", "outcome", "message", "value", "limit", "n", "evidence"])
    let id = try text(members["id"], "'id' of \(place)")
    try refuse(id: id, place)
    let word = try text(members["outcome"], "'outcome' of \(place)")
    let known: [Outcome] = [.passed, .failed, .inconclusive, .skipped]
    guard let outcome = known.first(where: { $0.rawValue == word }) else {
      throw Diagnostic(
        "answered '\(word.shortened)' as 'outcome' of \(place), wanted "
          + known.map(\.rawValue).joined(separator: ", "))
    }
    let message = try text(members["message"], "'message' of \(place)")
    guard message.utf8.count <= longestMessage else {
      throw Diagnostic(
        "answered with a 'message' of \(message.utf8.count) bytes in \(place), wanted at most \(longestMessage)",
        hint: "have it put the rest under 'evidence'")
    }
    var item = Item(id: id, outcome: outcome, message: message)
    item.value = try number(members["value"], "'value' of \(place)")
    if let n = try number(members["n"], "'n' of \(place)") {
      guard let whole = Int(exactly: n), whole >= 0 else {
        throw Diagnostic("answered \(n) as 'n' of \(place), wanted a count of rows")
      }
      item.n = whole
    }
    switch members["limit"] {
    case nil, .null?: break
    case .object(let limits)?:
      for limit in limits {
        item.limit[limit.key] = try number(limit.value, "'\(limit.key)' of \(place)")
      }
    case let other?: item.limit["limit"] = try number(other, "'limit' of \(place)")
    }
    switch members["evidence"] {
    case nil, .null?: break
    case .object(let evidence)?:
      item.evidence = Dictionary(evidence.map { ($0.key, $0.value) }) { first, _ in first }
    case let other?: item.evidence["evidence"] = other
    }
    return item
  }

  /// Refuses an id that could not stand in a report under the gate's own, or be named by a waiver.
  private static func refuse(id: String, _ place: String) throws(Diagnostic) {
    guard !id.isEmpty, id.utf8.count <= 500 else {
      throw Diagnostic(
        "answered with an 'id' of \(id.utf8.count) bytes in \(place), wanted 1 to 500")
    }
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    guard id.visible == id, id.trimmed == id,
      !parts.contains(where: { ["", ".", ".."].contains($0) })
    else {
      throw Diagnostic(
        "answered '\(id.shortened)' as 'id' of \(place)",
        hint:
          "an id is of visible characters; '/' stands between parts that are not empty, '.' or '..'"
      )
    }
  }

  /// A figure of the candidate, or of each model.
  private static func figures(
    _ figure: JSON.Member, of plugin: Plugin
  ) throws(Diagnostic) -> [Role: Double] {
    guard let known = plugin.measurements.first(where: { $0.id == figure.key }) else {
      throw Diagnostic(
        "answered a measurement '\(figure.key.shortened)' that its \(plugin.kind.file) does not have",
        hint: figure.key.nearest(in: plugin.measurements.map(\.id)).map { "did you mean '\($0)'?" })
    }
    var found: [Role: Double] = [:]
    if case .object(let models) = figure.value {
      let members = try members(
        .object(models), "'\(figure.key)'", Role.allCases.map(\.rawValue))
      for role in Role.allCases {
        found[role] = try number(members[role.rawValue], "'\(figure.key)' of the \(role.rawValue)")
      }
    } else {
      found[.candidate] = try number(figure.value, "'\(figure.key)'")
    }
    guard found[.candidate] != nil else {
      throw Diagnostic("answered '\(figure.key)' without a figure of the candidate")
    }
    for value in found.values where !known.range.contains(value) {
      throw Diagnostic(
        "answered \(value.brief) as '\(figure.key)', which lies in "
          + "\(known.range.lowerBound.brief) to \(known.range.upperBound.brief)")
    }
    return found
  }
}

/// The parts of an answer, each with what is wrong with it.
extension PluginAnswer {
  /// The members of an object, none but those that are known.
  package static func members(
    _ json: JSON, _ what: String, _ known: [String]
  ) throws(Diagnostic) -> [String: JSON] {
    guard case .object(let members) = json else {
      throw Diagnostic("answered \(json.found) as \(what), wanted an object")
    }
    if let unknown = members.first(where: { !known.contains($0.key) }) {
      throw Diagnostic(
        "answered with an unknown key '\(unknown.key.shortened)' in \(what)",
        hint: unknown.key.nearest(in: known).map { "did you mean '\($0)'?" }
          ?? "known keys: \(known.joined(separator: ", "))")
    }
    return Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// A text that must be there.
  package static func text(_ json: JSON?, _ what: String) throws(Diagnostic) -> String {
    guard case .string(let text)? = json else {
      throw Diagnostic("answered \(json?.found ?? "nothing") as \(what), wanted a text")
    }
    return text
  }

  /// A finite number, where there is one.
  package static func number(_ json: JSON?, _ what: String) throws(Diagnostic) -> Double? {
    switch json {
    case nil, .null?: return nil
    case .integer(let value)?: return Double(value)
    case .number(let value)? where value.isFinite: return value
    case let other?: throw Diagnostic("answered \(other.found) as \(what), wanted a number")
    }
  }

  /// A list; none where nothing stands.
  package static func list(_ json: JSON?, _ what: String) throws(Diagnostic) -> [JSON] {
    guard let json else { return [] }
    guard case .array(let items) = json else {
      throw Diagnostic("answered \(json.found) as \(what), wanted a list")
    }
    return items
  }
}

extension JSON {
  /// What was found, in the words of a message.
  package var found: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let text): "'\(text.shortened)'"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
