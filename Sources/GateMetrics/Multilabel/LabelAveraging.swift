package import GateCore

/// How the figures of several labels become one number.
enum LabelAveraging: String {
  /// Each label counts the same.
  case macro
  /// All decisions on all labels pooled.
  case micro
  /// Each label counts by its rows; one without rows weighs nothing.
  case weighted
  /// A figure of each row over its labels; each row counts the same, or by its weight.
  case samples
  /// One label only, which `label` names.
  case one

  /// Reads `average` and `label`; throws where the average is unknown.
  package init(_ arguments: Arguments) throws(Undefined) {
    if arguments.text("label") != nil {
      self = .one
      return
    }
    let name = arguments.text("average") ?? "macro"
    guard let averaging = LabelAveraging(rawValue: name), averaging != .one else {
      throw Undefined("'average' is '\(name)', not macro, micro, weighted or samples")
    }
    self = averaging
  }
}

/// What a label, or with `average: samples` a row, counts that has no figure of its own.
enum EmptyFigure {
  /// The metric has no value either.
  case undefined
  /// Nothing: the mean is over the others.
  case skip
  /// This number.
  case counts(Double)

  /// Reads `empty`.
  package init(_ arguments: Arguments) {
    self =
      switch arguments.text("empty") {
      case "skip": .skip
      case "zero": .counts(0)
      case "one": .counts(1)
      default: .undefined
      }
  }

  /// The figure, or what stands for one that is undefined; nil: it takes no part.
  package func figure(
    _ body: () throws(Undefined) -> Double
  ) throws(Undefined) -> Double? {
    do throws(Undefined) { return try body() } catch {
      switch self {
      case .undefined:
        throw Undefined(
          "\(error.reason); say what that counts: 'empty: skip', 'empty: zero' or 'empty: one'")
      case .skip: return nil
      case .counts(let number): return number
      }
    }
  }

  /// The mean of `figure(index)`, each counting by its share; throws where none takes part.
  package func mean(
    _ shares: [Double], _ figure: (Int) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    var sum = Sum()
    var total = Sum()
    for index in shares.indices where shares[index] > 0 {
      let found = try self.figure { () throws(Undefined) in try figure(index) }
      guard let found else { continue }
      sum.add(shares[index] * found)
      total.add(shares[index])
    }
    return try share(sum.value, of: total.value, orElse: "no label and no row has a figure")
  }
}

extension Parameter {
  /// How the figures of the labels become one.
  static let labelAverage = Parameter(
    "average",
    "How the labels become one number: each the same (macro), each by its rows (weighted), all "
      + "decisions pooled (micro), or the mean of a figure of each row (samples).",
    .choice(["macro", "micro", "weighted", "samples"]), standard: "macro")

  /// The one label to measure.
  static let oneLabel = Parameter(
    "label", "Measures this label only, instead of an average.", .text)

  /// What stands for a figure that is undefined.
  static let emptyFigure = Parameter(
    "empty",
    "What a label, or with samples a row, without a figure counts: nothing (skip), 0 as "
      + "scikit-learn has it (zero) or 1 (one); left out, the metric has no value either.",
    .choice(["skip", "zero", "one"]))
}

extension Sample {
  /// The sample as one of several labels a row; throws where it is of another task.
  package func multilabel(_ id: String) throws(Undefined) -> MultilabelSample {
    guard case .multilabel(let sample) = self else {
      throw Undefined("'\(id)' is a metric of multilabel predictions")
    }
    return sample
  }
}

extension MultilabelSample {
  /// The place of a label; throws where there is none of that name.
  package func index(of name: String) throws(Undefined) -> Int {
    guard let index = names.place(of: name) else {
      let known = names.map { "'\($0)'" }.joined(separator: ", ")
      throw Undefined("there is no label '\(name)' among \(known)")
    }
    return index
  }

  /// The weight of the rows that have each label.
  var supports: [Double] {
    names.indices.map { index in
      var sum = Sum()
      for row in rows.indices where labels[row * width + index] { sum.add(weights?[row] ?? 1) }
      return sum.value
    }
  }

  /// The labels of one row as an outcome that a reason names.
  package func outcome(ofRow row: Int) -> PositiveClass { .row(Int(rows[row]) + 1) }
}
