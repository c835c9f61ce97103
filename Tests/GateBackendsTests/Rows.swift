import Foundation

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// Rows held in arrays; an expression is the name of a column, or a text the test gave a column for.
struct Rows: Table {
  let name = "holdout"
  var columnsByName: [(name: String, column: Column)] = []
  var derived: [String: Column] = [:]

  var rows: Int { columnsByName.first?.column.count ?? 0 }
  var schema: [ColumnType] {
    columnsByName.map {
      ColumnType(
        name: $0.name, kind: $0.column.kind, declared: $0.column.kind.rawValue.uppercased())
    }
  }

  func columns(_ expressions: [String]) throws -> [Column] {
    try expressions.map { text in
      if let column = derived[text] { return column }
      guard let found = columnsByName.first(where: { $0.name.sqlName == text }) else {
        throw Diagnostic("no column \(text)")
      }
      return found.column
    }
  }

  func scan(_ expressions: [String], batch: Int, _ body: ([Column]) throws -> Void) throws {
    let columns = try columns(expressions)
    for start in stride(from: 0, to: rows, by: batch) {
      try body(columns.map { $0[start..<min(rows, start + batch)] })
    }
  }

  func check(_ sql: String, isSelect: Bool) throws {}

  func query(_ sql: String) throws -> [Column] { throw Diagnostic("no SQL here") }

  subscript(name: String) -> Column { columnsByName.first { $0.name == name }!.column }

  mutating func add(_ name: String, _ values: Column.Values, validity: [Bool]? = nil) {
    columnsByName.append((name, Column(name: name, values: values, validity: validity)))
  }

  /// Adds a column of texts.
  mutating func add(_ name: String, texts: [String?]) {
    columnsByName.append((name, Column(name: name, texts: texts)))
  }
}

extension Column {
  /// A column of texts, nil where there is none.
  init(name: String, texts: [String?]) {
    let dictionary = Array(Set(texts.compactMap(\.self))).sorted()
    let places = Dictionary(uniqueKeysWithValues: dictionary.enumerated().map { ($1, Int32($0)) })
    let codes = texts.map { $0.flatMap { places[$0] } ?? -1 }
    self.init(
      name: name, values: .strings(codes: codes, dictionary: dictionary),
      validity: texts.contains(nil) ? texts.map { $0 != nil } : nil)
  }

  subscript(range: Range<Int>) -> Column {
    let part: Values =
      switch values {
      case .doubles(let values): .doubles(Array(values[range]))
      case .integers(let values): .integers(Array(values[range]))
      case .timestamps(let values): .timestamps(Array(values[range]))
      case .booleans(let values): .booleans(Array(values[range]))
      case .strings(let codes, let dictionary):
        .strings(codes: Array(codes[range]), dictionary: dictionary)
      }
    return Column(name: name, values: part, validity: validity.map { Array($0[range]) })
  }
}

/// Places and calls that the tests of models share.
enum Models {
  static let folder = String(#filePath.dropLast("Rows.swift".count)) + "Fixtures/"
  static let root = String(#filePath.dropLast("Tests/GateBackendsTests/Rows.swift".count))

  /// The program, beside the tests.
  static var executable: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let beside = own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/gatewright"
    return FileManager.default.isExecutableFile(atPath: beside)
      ? beside : root + ".build/debug/gatewright"
  }

  /// Public data sets with the scores of the reference libraries, where a machine has them.
  static let shared: String? = PublicData.folder.map { $0.path + "/" }

  static let temporary = FileManager.default.temporaryDirectory.path

  static func source(
    _ path: String, task: TaskKind = .binary, classes: [String] = ["0", "1"],
    features: [String]? = nil, derive: [(name: String, sql: String)] = [], seconds: Double = 60,
    memory: Int = 8 << 30
  ) -> ModelSource {
    let place = path.hasPrefix("/") ? path : folder + path
    let digest = try? sha256(file: place)
    return ModelSource(
      role: .candidate,
      artifact: Artifact(
        uri: path, path: place, sha256: digest?.sha256 ?? "", bytes: digest?.bytes ?? 0),
      features: features, derive: derive, task: task, classes: classes,
      limits: ModelLimits(seconds: seconds, memory: memory))
  }

  static func score(_ model: ModelSource, _ rows: any Table) throws(Diagnostic) -> Predictions {
    try GateModels.score(model, rows: rows, executable: executable, temporary: temporary)
  }

  /// What a model's scoring throws; nil when it gives scores.
  static func failure(_ model: ModelSource, _ rows: any Table) -> String? {
    do {
      _ = try score(model, rows)
      return nil
    } catch {
      return error.sentence
    }
  }
}

extension Predictions {
  /// The numbers, whatever they mean; decisions as numbers.
  var numbers: [Double] {
    switch values {
    case .scores(let values), .probabilities(let values): values
    case .decisions(let values): values.map(Double.init)
    case .texts: []
    }
  }
}

/// The largest difference between two lists of the same length.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? .infinity : .infinity
}
