import GateCore
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
    return step(found.difference(from: wanted))
  }

  /// Hands it rows that are none to be judged by: it must answer well, or say by its status that it cannot.
  private func hostile(
    _ name: String, mayPass: Bool, _ rows: (Column) -> Column
  ) throws -> Step {
    let (call, count) = try example.call(temporary: temporary.path, rows)
    do {
      switch try host.attempt(call) {
      case .gaveUp(let status, _):
        return Step(name: name, result: "ended with status \(status), as it may", isGood: true)
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
