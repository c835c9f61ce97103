package import GateCore
package import GateSystem
import Glibc

/// What a plugin does with its own example, and with rows that nobody planned for.
package struct PluginTrial: Sendable {
  /// One run of it.
  package struct Step: Sendable {
    /// What it was handed.
    package let name: String
    /// What came of it, in words.
    package let result: String
    /// Whether it is what a plugin must do.
    package let isGood: Bool
  }

  private let example: PluginExample
  private let host: PluginHost
  private let temporary: TemporaryFolder

  /// Takes the example, and where its plugin is run.
  package init(_ example: PluginExample, _ temporary: TemporaryFolder, executable: String) {
    self.example = example
    self.temporary = temporary
    var host = PluginHost(
      folder: realPath(".") ?? ".", temporary: temporary, executable: executable)
    host.readsLock = false
    self.host = host
  }

  /// Runs it on the example and on what is made of it: no rows, nothing but nulls, one row.
  ///
  /// - Throws: A `Diagnostic` for an example that cannot be read, or has no answer to compare with.
  package func run(_ show: (Step) throws -> Void) throws {
    let first = try compare()
    try show(first)
    // What fails on rows that it was made for need not be tried on others; a source is handed none.
    guard first.isGood, example.plugin.kind != .source else { return }
    try show(try hostile("no rows", mayPass: false) { $0.prefix(0) })
    try show(try hostile("nulls alone", mayPass: true) { $0.withoutValues })
    try show(try hostile("one row", mayPass: true) { $0.prefix(1) })
  }

  /// Holds its answer to the example against the one that is wanted.
  private func compare() throws -> Step {
    let path = "\(example.folder)/expected.json"
    let (call, rows) = try example.call(temporary: temporary.path) { $0 }
    func step(_ mistake: String?) -> Step {
      Step(name: "the example", result: mistake ?? "answered as expected", isGood: mistake == nil)
    }
    let found: JSON
    do {
      let result = try host.run(call)
      try check(result, rows: rows)
      found = try written(result)
    } catch let error as Diagnostic { return step(error.sentence) }
    guard status(path) != nil else {
      throw Diagnostic(
        "there is no '\(path)' to compare with; the answer was:\n\(found.text)",
        hint: "look at the answer, and where it is right save it there")
    }
    let text = String(decoding: try readFile(path, limit: 64 << 20), as: UTF8.self)
    let wanted = try JSON(parsing: text, name: path)
    return step(found.difference(from: wanted, at: "the answer"))
  }

  /// Hands it rows that are none to be judged by: it must answer well, or say by its status that it cannot.
  private func hostile(
    _ name: String, mayPass: Bool, _ rows: (Column) -> Column
  ) throws -> Step {
    let (call, count) = try example.call(temporary: temporary.path, rows)
    do {
      switch try host.attempt(call) {
      case .gaveUp(let reason): return Step(name: name, result: reason.message, isGood: true)
      case .answered(let result):
        try check(result, rows: count)
        if !mayPass, example.plugin.kind == .gate,
          try PluginAnswer(result.answer, of: example.plugin).checks
            .contains(where: { $0.outcome == .passed })
        {
          throw Diagnostic(
            "answered 'passed' where there was nothing to judge",
            hint: "have it end with a status other than 0, or answer 'inconclusive'")
        }
        return Step(name: name, result: "answered", isGood: true)
      }
    } catch let error as Diagnostic {
      return Step(name: name, result: error.sentence, isGood: false)
    }
  }

  /// Refuses an answer that a run would refuse.
  private func check(_ result: PluginResult, rows: Int) throws {
    let plugin = example.plugin
    func table() throws -> any Table {
      guard let table = result.table else { throw Diagnostic("answered without a file") }
      return table
    }
    switch plugin.kind {
    case .gate: _ = try PluginAnswer(result.answer, of: plugin)
    case .source: _ = try table()
    case .runtime, .metric:
      guard plugin.kind == .runtime || plugin.isByRow else {
        let members = try PluginAnswer.members(result.answer, "the answer", ["value"])
        guard let value = try PluginAnswer.number(members["value"], "'value'"),
          plugin.measurements.allSatisfy({ $0.range.contains(value) })
        else { throw Diagnostic("answered without a 'value' within the range of the metric") }
        return
      }
      let found = try table().rows
      guard found == rows else {
        throw Diagnostic("answered with \(found.counted("row")) for \(rows.counted("row"))")
      }
    }
  }

  /// The answer with the columns of the file that it names in the name's place.
  private func written(_ result: PluginResult) throws -> JSON {
    guard let table = result.table, case .object(let members) = result.answer else {
      return result.answer
    }
    let columns = zip(try table.columns(table.schema.map(\.name.sqlName)), table.schema).map {
      JSON.Member($1.name, .array($0.values(as: JSON.self)))
    }
    return .object(
      members.map { $0.key == "file" ? JSON.Member("file", .object(columns)) : $0 })
  }
}

extension Column {
  /// The first rows.
  func prefix(_ count: Int) -> Column {
    let cut: Values =
      switch values {
      case .doubles(let all): .doubles(Array(all.prefix(count)))
      case .integers(let all): .integers(Array(all.prefix(count)))
      case .booleans(let all): .booleans(Array(all.prefix(count)))
      case .timestamps(let all): .timestamps(Array(all.prefix(count)))
      case .strings(let codes, let texts): .strings(codes: Array(codes.prefix(count)), dictionary: texts)
      }
    return Column(name: name, values: cut, validity: validity.map { Array($0.prefix(count)) })
  }

  /// As many rows, each a null.
  var withoutValues: Column {
    Column(name: name, values: values, validity: [Bool](repeating: false, count: count))
  }

  /// Each row's value as JSON has it.
  func values(as type: JSON.Type) -> [JSON] {
    (0..<count).map { row in
      if isNull(row) { return .null }
      return switch values {
      case .doubles(let all): .number(all[row])
      case .integers(let all), .timestamps(let all): .integer(Int(all[row]))
      case .booleans(let all): .bool(all[row])
      case .strings(let codes, let texts): .string(texts[Int(codes[row])])
      }
    }
  }
}

extension JSON {
  /// The first place at which this is not what was wanted, in words; numbers may differ by 1e-9 of their size, and an
  /// object's members may stand in any order. nil: there is none.
  package func difference(from wanted: JSON, at place: String) -> String? {
    func number(_ json: JSON) -> Double? {
      switch json {
      case .integer(let value): Double(value)
      case .number(let value): value
      default: nil
      }
    }
    switch (self, wanted) {
    case (.array(let found), .array(let other)):
      guard found.count == other.count else {
        return "\(place) has \(found.count) items, wanted \(other.count)"
      }
      return found.indices.lazy.compactMap {
        found[$0].difference(from: other[$0], at: "\(place)[\($0)]")
      }.first
    case (.object(let found), .object(let other)):
      let theirs = Dictionary(other.map { ($0.key, $0.value) }) { first, _ in first }
      let mine = Set(found.map(\.key))
      if let more = found.first(where: { theirs[$0.key] == nil }) {
        return "\(place) has '\(more.key)', which is not wanted"
      }
      if let less = other.first(where: { !mine.contains($0.key) }) {
        return "\(place) has no '\(less.key)'"
      }
      return found.lazy.compactMap { member in
        theirs[member.key].flatMap {
          member.value.difference(from: $0, at: "'\(member.key)' of \(place)")
        }
      }.first
    default:
      if let mine = number(self), let other = number(wanted) {
        return abs(mine - other) <= 1e-9 * max(1, abs(other))
          ? nil : "\(place) is \(mine), wanted \(other)"
      }
      return self == wanted ? nil : "\(place) is \(found), wanted \(wanted.found)"
    }
  }
}
