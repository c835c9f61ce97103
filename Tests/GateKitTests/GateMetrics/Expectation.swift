import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What a reference library says of a metric: a number, or that there is none.
enum Expectation: Decodable, CustomStringConvertible {
  case number(Double)
  case undefined(String)

  /// The object that stands for no number.
  private struct Why: Decodable { var undefined: String }

  init(from decoder: any Decoder) throws {
    if let why = try? Why(from: decoder) {
      self = .undefined(why.undefined)
    } else {
      self = .number(try decoder.singleValueContainer().decode(Double.self))
    }
  }

  var description: String {
    switch self {
    case .number(let value): "\(value)"
    case .undefined(let why): "undefined: \(why)"
    }
  }
}

/// A metric with its arguments, found by the key of a reference file.
struct Figure {
  var metric: Metric
  var arguments = Arguments()

  /// Every way to ask for what `key` names; empty where it names nothing.
  static func named(_ key: String, task: TaskKind) -> [Figure] {
    var figures: [Figure] = []
    func add(_ id: String, _ arguments: Arguments = Arguments()) {
      if let metric = Metrics.named(id, task: task) {
        figures.append(Figure(metric: metric, arguments: arguments))
      }
    }
    add(key)
    if key.hasPrefix("f_beta_"), let beta = Double(key.dropFirst("f_beta_".count)) {
      add("f_beta", Arguments(["beta": beta]))
    }
    if let range = key.firstRange(of: "_class_") {
      add(
        String(key[..<range.lowerBound]),
        Arguments(texts: ["class": String(key[range.upperBound...])]))
    }
    let words = key.split(separator: "_").map(String.init)
    guard let average = words.last, ["macro", "micro", "weighted"].contains(average) else {
      return figures
    }
    let base = words.dropLast()
    if let kind = base.last, ["ovr", "ovo"].contains(kind) {
      add("roc_auc", Arguments(texts: ["multi_class": kind, "average": average]))
      add(average == "macro" ? "roc_auc_\(kind)" : key)
    } else {
      add(base.joined(separator: "_"), Arguments(texts: ["average": average]))
    }
    return figures
  }

  /// Whether the figure is a count or a share of counts, and so agrees to more digits.
  var isShare: Bool {
    if case .confusion = metric.measure { return true }
    return ["precision", "recall", "accuracy", "f1"].contains { metric.id.hasPrefix($0) }
  }

  /// Compares the metric on `sample` with what is expected, to `relative`, shares to 1e-12.
  ///
  /// A library's figure is compared on all rows; with `isValue` rows that tell no models apart have none.
  func check(
    _ sample: Sample, champion: Sample? = nil, gives expected: Expectation, isValue: Bool = false,
    relative: Double = 1e-9, _ context: String, at place: SourceLocation = #_sourceLocation
  ) {
    let value = Result { () throws(Undefined) in
      isValue
        ? try metric.value(on: sample, arguments, champion: champion)
        : try metric.figure(on: sample, arguments, champion: champion)
    }
    switch (value, expected) {
    case (.success(let value), .number(let number)):
      let close = agree(value, number, relative: isShare ? 1e-12 : relative)
      #expect(close, "\(context): \(value), expected \(number)", sourceLocation: place)
    case (.failure(let undefined), .undefined):
      #expect(!undefined.reason.isEmpty, sourceLocation: place)
      #expect(!undefined.reason.contains("is a metric of"), "\(context)", sourceLocation: place)
      #expect(!undefined.reason.contains("not a finite"), "\(context)", sourceLocation: place)
    case (let value, let expected):
      Issue.record("\(context): \(value), expected \(expected)", sourceLocation: place)
    }
  }
}

/// Whether two numbers differ by a share of the larger only, or by less than a rounding of 1.
func agree(_ left: Double, _ right: Double, relative: Double) -> Bool {
  let gap = abs(left - right)
  return gap <= relative * max(abs(left), abs(right)) || gap <= 1e-15
}

/// Compares every figure a reference file has for a sample; a key that names no metric fails.
func check(
  _ sample: Sample, task: TaskKind, gives expected: [String: Expectation],
  leaving ignored: Set<String> = [], relative: Double = 1e-9, _ context: String
) {
  #expect(!expected.isEmpty, "\(context) expects something")
  for (key, expectation) in expected.sorted(by: { $0.key < $1.key }) where !ignored.contains(key) {
    let figures = Figure.named(key, task: task)
    #expect(!figures.isEmpty, "\(context): '\(key)' names no metric")
    for figure in figures {
      figure.check(
        sample, gives: expectation, relative: relative,
        "\(context), \(key) by \(figure.metric.id)")
    }
  }
}
