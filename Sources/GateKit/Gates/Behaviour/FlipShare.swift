import GateCore

/// A share of rows that are decided otherwise, with how sure that is.
struct FlipShare: Sendable {
  /// How a gate may ask for a verdict on an interval.
  static let confidence = Parameter(
    "confidence", "Judge on the interval at this confidence: passed, failed or inconclusive.",
    .number(0.5...0.9999))

  /// Rows that are.
  let count: Int
  private let flips: [Bool]
  private let clusters: [Int32]?

  /// Takes whether each row is, at least one; `clusters`: which cluster each is of.
  init(_ flips: [Bool], clusters: [Int32]? = nil) {
    (self.flips, self.clusters) = (flips, clusters)
    count = flips.count(where: \.self)
  }

  /// The share; in 0...1.
  var value: Double { Double(count) / Double(flips.count) }

  /// Clopper and Pearson's interval, or that of a mean of clusters; throws `Undefined` where there is none.
  func interval(_ confidence: Double) throws(Undefined) -> ConfidenceInterval {
    guard let clusters else {
      return try ShareInterval.clopperPearson(
        successes: count, trials: flips.count, confidence: confidence)
    }
    var interval = try MeanInterval(of: flips.map(\.number), clusters: clusters)
      .interval(confidence: confidence)
    (interval.low, interval.high) = (max(0, interval.low), min(1, interval.high))
    return interval
  }

  /// The check decided on the interval at `confidence`, or without one on the share itself.
  func judge(
    _ blank: Check, named name: String, limit: LimitName, at bound: Double, _ confidence: Double?
  ) -> Check {
    var check = blank
    check.value = value
    check.figures = [
      LimitFigure(
        limit: limit.rawValue, subject: .value, value: value, bound: .atMost(bound), range: 0...1)
    ]
    guard let confidence else {
      check.outcome = value <= bound ? .passed : .failed
      check.message +=
        "\(name) is \(value.brief(unlike: bound)) (\(count) of \(flips.count.counted("row"))), "
        + "\(check.outcome == .passed ? "at most" : "above") the \(limit.rawValue) of \(bound.brief)"
      return check
    }
    do throws(Undefined) {
      let decision = Decision(
        value: value, interval: try interval(confidence), bound: .atMost(bound), rows: flips.count)
      check.interval = decision.interval
      check.outcome = decision.outcome
      check.message += "\(name) is " + decision.sentence(unit: nil, in: 0...1)
    } catch {
      check.outcome = .inconclusive
      check.message += "\(name) is \(value.brief) and has no interval: \(error.reason)"
    }
    return check
  }
}
