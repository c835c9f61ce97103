import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

/// How the intervals of one question lay about its true value.
struct Tally: Sendable {
  /// Of the scenario.
  let scenario: String
  let question: Question
  let truth: Truth
  /// Rows a simulation.
  let rows: Int
  /// Simulations.
  private(set) var runs = 0
  /// Intervals wholly above, and wholly below the true value.
  private(set) var above = 0
  private(set) var below = 0
  /// Simulations without an interval.
  private(set) var refused = 0
  /// Verdicts that pass, and fail, a model which is exactly at its limit.
  private(set) var passed = 0
  private(set) var failed = 0
  /// How often each method was used, and why there was no interval.
  private(set) var methods: [String: Int] = [:]
  private(set) var reasons: [String: Int] = [:]

  /// Nothing is counted yet.
  init(_ scenario: String, _ question: Question, _ truth: Truth, rows: Int) {
    (self.scenario, self.question, self.truth, self.rows) = (scenario, question, truth, rows)
  }

  /// Counts one check.
  mutating func add(_ check: Check) {
    runs += 1
    if check.outcome == .passed { passed += 1 }
    if check.outcome == .failed { failed += 1 }
    guard let interval = check.interval else {
      refused += 1
      reasons[check.message, default: 0] += 1
      return
    }
    methods[interval.method, default: 0] += 1
    if interval.low > truth.value { above += 1 }
    if interval.high < truth.value { below += 1 }
  }

  /// Simulations that gave an interval.
  var answered: Int { runs - refused }
  /// The share of intervals that hold the true value.
  var coverage: Double { Double(answered - above - below) / Double(max(1, answered)) }
  /// The method used most.
  var method: String { methods.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "none" }
  /// Whether the method says of itself, more often than not, that it is not fit.
  var isRefused: Bool { answered * 2 < runs }
  /// Whether the method promises its level or more, at any size, so that few rows can only make it cover more.
  ///
  /// Tango's with mid-p shares does not: its bounds are moved out to those of a hybrid, which promises nothing.
  var isExact: Bool { method == "Clopper-Pearson" }
  /// Whether it covers more than an interval should that is not bound to its level from below.
  var isConservative: Bool { isExact && rows >= 5000 && coverage > 0.97 }

  /// The largest share of wrong verdicts that 2.5% allow, with three standard errors of as many simulations.
  static func most(_ runs: Int) -> Double {
    0.025 + 3 * (0.025 * 0.975 / Double(max(1, runs))).squareRoot()
  }

  /// Which promise is broken; nil: none.
  var broken: String? {
    let missed = Double(above + below) / Double(max(1, runs))
    let least = rows < 5000 ? 0.92 : 0.93
    if isRefused {
      if missed > 1 - least { return "not refused often enough" }
    } else if coverage < least {
      return "covers too seldom"
    } else if rows >= 5000, coverage > 0.97, !isExact {
      return "covers too often"
    }
    if question.limit.comparesModels, Double(passed) / Double(runs) > Self.most(runs) {
      return "passes an inferior candidate too often"
    }
    return nil
  }
}

extension Tally {
  /// A row of the table.
  var row: String {
    func percent(_ count: Int, of all: Int) -> String {
      all == 0 ? "" : tenths(Double(count) / Double(all))
    }
    let kind =
      question.limit.comparesModels ? question.limit.rawValue : "value (\(question.limit.rawValue))"
    let parameters = question.parameters.sorted { $0.key < $1.key }.map { " \($0.key) \($0.value)" }
    return "| \(question.metric)\(parameters.joined()) | \(kind) | \(scenario) | \(method) "
      + "| \(rows) | \(runs) | \(answered == 0 ? "" : tenths(coverage)) "
      + "| \(percent(above, of: answered)) | \(percent(below, of: answered)) "
      + "| \(percent(refused, of: runs)) | \(percent(passed, of: runs)) "
      + "| \(holds) |"
  }

  /// Whether the promise holds, and how.
  private var holds: String {
    if let broken { return "**\(broken)**" }
    return isRefused ? "refuses" : isConservative ? "conservative" : "yes"
  }

  /// Percent with two places.
  private func tenths(_ share: Double) -> String {
    let hundredths = Int((share * 10_000).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
