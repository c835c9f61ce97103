@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// A table of columns in memory; an expression is a column's quoted name, or a condition given beside it.
struct MemoryTable: Table, Database {
  var name = "holdout"
  var rows: Int
  var held: [Column]
  var conditions: [String: [Bool]] = [:]

  init(_ columns: [Column], conditions: [String: [Bool]] = [:]) {
    held = columns
    rows = columns.first?.count ?? 0
    self.conditions = conditions
  }

  var schema: [ColumnType] {
    held.map { ColumnType(name: $0.name, kind: .number, declared: "DOUBLE") }
  }

  func columns(_ expressions: [String]) throws -> [Column] {
    try expressions.map { expression in
      if let condition = conditions[expression] {
        return Column(name: expression, values: .booleans(condition))
      }
      guard let column = held.first(where: { $0.name.sqlName == expression }) else {
        throw Diagnostic("no column \(expression)")
      }
      return column
    }
  }

  func scan(_ expressions: [String], batch: Int, _ body: ([Column]) throws -> Void) throws {
    try body(try columns(expressions))
  }

  func check(_ sql: String, isSelect: Bool) throws {}

  func query(_ sql: String) throws -> [Column] { throw Diagnostic("no SQL here") }

  func table(_ name: String) throws -> any Table { self }
}

extension Column {
  static func texts(_ name: String, _ values: [String?]) -> Column {
    var dictionary: [String] = []
    let codes = values.map { value -> Int32 in
      let value = value ?? ""
      if let known = dictionary.firstIndex(of: value) { return Int32(known) }
      dictionary.append(value)
      return Int32(dictionary.count - 1)
    }
    return Column(
      name: name, values: .strings(codes: codes, dictionary: dictionary),
      validity: values.contains(nil) ? values.map { $0 != nil } : nil)
  }

  static func numbers(_ name: String, _ values: [Double?]) -> Column {
    Column(
      name: name, values: .doubles(values.map { $0 ?? 0 }),
      validity: values.contains(nil) ? values.map { $0 != nil } : nil)
  }
}
