import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Real models' scores on public data, where they are at hand: scikit-learn's and fairlearn's
/// figures.
@Suite(.enabled(if: PublicData.folder != nil, "the shared data is not here"))
struct MetricSharedDataTests {
  @Test(arguments: [
    ("adult", "income"), ("titanic", "Survived"),
  ])
  func binary(_ set: String, _ label: String) throws {
    let data = try SharedData(set)
    for (model, figures) in try data.expected.object("performance") {
      let sample = try data.sample(label: label, model: model)
      try data.check(.binary(sample), task: .binary, figures, of: model, set)
      let cells = sample.confusion()
      #expect(try figures.number("tp") == cells.truePositives)
      #expect(try figures.number("fp") == cells.falsePositives)
      #expect(try figures.number("fn") == cells.falseNegatives)
      #expect(try figures.number("tn") == cells.trueNegatives)
    }
  }

  @Test(arguments: [
    ("adult", "income"), ("titanic", "Survived"),
  ])
  func groups(_ set: String, _ label: String) async throws {
    let data = try SharedData(set)
    for (model, attributes) in try data.expected.object("fairness_at_0.5") {
      let sample = try data.sample(label: label, model: model)
      for (attribute, found) in try attributes.object() {
        let groups = try found.object("by_group").sorted { $0.key < $1.key }
        let column = try data.attribute(attribute)
        let codes = column.map { value in
          Int32(groups.firstIndex { $0.key == value } ?? -1)
        }
        let parts = sample.partitioned(by: codes, groups: groups.count)
        for (part, group) in zip(parts, groups) {
          try checkGroup(part, group.value, "\(set) \(model) \(attribute) \(group.key)")
        }
        try await checkParities(
          sample, codes, groups.map(\.key), found, "\(set) \(model) \(attribute)")
      }
    }
  }

  /// fairlearn's rates are shares of the same four cells.
  private func checkGroup(_ sample: BinarySample, _ expected: JSON, _ context: String) throws {
    let part = Sample.binary(sample)
    let none = Arguments()
    let recall = try Metric.Binary.recall.value(on: part, none)
    let cells = sample.confusion()
    let rates = [
      "count": Double(sample.count),
      "tpr": recall,
      "fnr": 1 - recall,
      "fpr": 1 - (try Metric.Binary.specificity.value(on: part, none)),
      "accuracy": try Metric.Binary.accuracy.value(on: part, none),
      "selection_rate": cells.predictedPositives / cells.total,
    ]
    #expect(Set(try expected.object().keys) == Set(rates.keys))
    for (name, rate) in rates {
      let number = try expected.number(name)
      #expect(abs(rate - number) <= 1e-12, "\(context) \(name): \(rate), expected \(number)")
    }
  }

  /// Every figure beside those of the groups is one of fairlearn's parities.
  private func checkParities(
    _ sample: BinarySample, _ codes: [Int32], _ names: [String], _ expected: JSON,
    _ context: String
  ) async throws {
    let ids = try expected.object().keys.filter { $0 != "by_group" }.sorted()
    #expect(ids.count == 5)
    for id in ids {
      let metrics = FairnessMetrics.named.filter { [id, id + "@fairlearn"].contains($0.id) }
      for metric in metrics where metric.task == .binary {
        let value = try await metric.value(on: .binary(sample), codes: codes, names: names)
        let number = try expected.number(id)
        #expect(abs(value - number) <= 1e-12, "\(context) \(metric.id): \(value), \(number)")
      }
      #expect(metrics.contains { $0.task == .binary }, "there is no metric '\(id)'")
    }
  }

  @Test func regression() throws {
    let data = try SharedData("wine-red")
    for (model, figures) in try data.expected.object("regression") {
      let sample = RegressionSample(
        targets: try data.numbers("quality", of: data.predictions),
        predictions: try data.numbers(model, of: data.predictions))
      try data.check(.regression(sample), task: .regression, figures, of: model, "wine-red")
    }
  }

  @Test func multiclass() throws {
    let data = try SharedData("wine-red")
    for (model, figures) in try data.expected.object("multiclass") {
      let classes = try #require(figures.array("labels") as? [String])
      let columns = try classes.map { try data.numbers("\(model)_\($0)", of: data.predictions) }
      let labels = try data.texts("grade", of: data.predictions)
      let sample = MulticlassSample(
        classes: classes, probabilities: labels.indices.flatMap { row in columns.map { $0[row] } },
        labels: try labels.map { Int32(try #require(classes.firstIndex(of: $0))) })
      try data.check(.multiclass(sample), task: .multiclass, figures, of: model, "wine-red")
      let matrix = try #require(figures.array("confusion_matrix") as? [[Int]])
      #expect(sample.confusion == matrix.flatMap { $0.map(Double.init) })
    }
  }
}

/// A folder of the shared data: figures, and tables of text.
private struct SharedData {
  var expected: JSON
  var predictions: [String: [String]]
  var folder: URL

  init(_ name: String) throws {
    folder = try #require(PublicData.folder).appending(path: name)
    expected = JSON(
      value: try JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appending(path: "expected.json"))))
    predictions = try Self.table(folder.appending(path: "predictions.csv"))
  }

  /// Columns of a file by their names; a field may be quoted and then hold commas.
  static func table(_ url: URL) throws -> [String: [String]] {
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    let rows = lines.map { fields($0.utf8) }
    let names = try #require(rows.first)
    var table: [String: [String]] = [:]
    for (place, name) in names.enumerated() {
      table[name] = rows.dropFirst().map { $0[place] }
    }
    return table
  }

  /// The fields of one line.
  private static func fields(_ line: Substring.UTF8View) -> [String] {
    var fields: [[UInt8]] = [[]]
    var quoted = false
    for byte in line {
      switch byte {
      case UInt8(ascii: "\""): quoted.toggle()
      case UInt8(ascii: ",") where !quoted: fields.append([])
      default: fields[fields.count - 1].append(byte)
      }
    }
    return fields.map { String(decoding: $0, as: UTF8.self) }
  }

  /// A column by its name.
  func texts(_ column: String, of table: [String: [String]]) throws -> [String] {
    try #require(table[column], "no column '\(column)'")
  }

  /// A column as numbers.
  func numbers(_ column: String, of table: [String: [String]]) throws -> [Double] {
    let texts = try texts(column, of: table)
    if isSinglePrecision(texts) { return texts.map { Double(Float($0) ?? .nan) } }
    return try texts.map { try #require(Double($0)) }
  }

  /// Whether every text is the shortest for a number of single precision.
  private func isSinglePrecision(_ texts: [String]) -> Bool {
    texts.allSatisfy { text in Float(text).map { Double("\($0)") == Double(text) } ?? false }
  }

  /// The holdout's column, or the bands of `age`.
  func attribute(_ name: String) throws -> [String] {
    let holdout = try Self.table(folder.appending(path: "holdout.csv"))
    guard name == "age_band" else { return try texts(name, of: holdout) }
    return try numbers("age", of: holdout).map { age in
      age < 25 ? "<25" : age < 40 ? "25-39" : age < 60 ? "40-59" : "60+"
    }
  }

  /// The holdout's labels with one model's scores; both files are in the same order.
  func sample(label: String, model: String) throws -> BinarySample {
    let holdout = try Self.table(folder.appending(path: "holdout.csv"))
    let scores = try numbers(model, of: predictions)
    let positives = try texts(label, of: holdout).map { $0 == "1" }
    try #require(scores.count == positives.count)
    return BinarySample(scores: scores, positives: positives)
  }

  /// What the file calls otherwise than the metrics are called.
  private static let names = [
    "mcc": "matthews_corrcoef", "brier": "brier_score", "mae": "mean_absolute_error",
    "mse": "mean_squared_error", "rmse": "root_mean_squared_error",
    "mape": "mean_absolute_percentage_error",
  ]

  /// What no metric stands for.
  private static let others: Set = [
    "n", "threshold", "tn", "fp", "fn", "tp", "cohen_kappa", "labels", "confusion_matrix",
  ]

  /// Compares every figure that has a metric; one that is unknown fails.
  ///
  /// The figures of scores in single precision were computed in single precision too, and are good
  /// to that only.
  func check(
    _ sample: Sample, task: TaskKind, _ figures: JSON, of model: String, _ set: String
  ) throws {
    var expected: [String: Expectation] = [:]
    for key in try figures.object().keys where !Self.others.contains(key) {
      expected[Self.names[key] ?? key] = .number(try figures.number(key))
    }
    #expect(sample.count == Int(try figures.number("n")))
    let single = try task != .multiclass && isSinglePrecision(texts(model, of: predictions))
    GateKitTests.check(
      sample, task: task, gives: expected, relative: single ? 2e-7 : 1e-9, "\(set) \(model)")
  }
}

/// A value of a file whose shape is its own.
private struct JSON {
  var value: Any

  func object(_ key: String? = nil) throws -> [String: JSON] {
    var value = value
    if let key { value = try #require((value as? [String: Any])?[key]) }
    return try #require(value as? [String: Any]).mapValues(JSON.init)
  }

  func number(_ key: String) throws -> Double {
    try #require((value as? [String: Any])?[key] as? Double)
  }

  func array(_ key: String) -> [Any]? { (value as? [String: Any])?[key] as? [Any] }
}
