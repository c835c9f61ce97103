import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

/// What became of one question in all simulations.
struct Tally: Sendable {
  let scenario: Scenario
  let question: Question
  private var runs = 0
  private var below = 0
  private var above = 0
  private var refused = 0
  private var failed = 0

  init(scenario: Scenario, question: Question) {
    (self.scenario, self.question) = (scenario, question)
  }

  /// Counts one check.
  mutating func add(_ check: Check) {
    runs += 1
    if check.outcome == .failed { failed += 1 }
    guard let interval = check.interval else {
      refused += 1
      return
    }
    // Rates are sums of products, and equal ones differ in their last digit.
    if interval.low > question.truth + 1e-9 { above += 1 }
    if interval.high < question.truth - 1e-9 { below += 1 }
  }

  /// Per cent of the intervals given that hold the truth.
  var covers: Double { 100 * (1 - Double(above + below) / Double(max(1, runs - refused))) }

  /// Whether groups are alike, so that no interval of how far apart they are can lie below the truth.
  private var isFair: Bool {
    guard let first = scenario.groups.first else { return true }
    return scenario.groups.allSatisfy { $0.selectionRate == first.selectionRate }
  }

  /// Per cent of fair rows that fail four fifths.
  private var fourFifths: Double? {
    question.metric == "demographic_parity_ratio" && isFair
      ? 100 * Double(failed) / Double(max(1, runs)) : nil
  }

  /// Whether what the page promises does not hold, by more than three standard errors.
  var broken: Bool {
    let slack = 100 * 3 * (0.95 * 0.05 / Double(max(1, runs))).squareRoot()
    return covers < 93 - slack || covers > 97 + slack || fourFifths ?? 0 > 5
  }

  /// A line of the table.
  var row: String {
    func share(_ count: Int) -> String { two(100 * Double(count) / Double(max(1, runs))) }
    let given = max(1, runs - refused)
    let inside = covers >= 93 && covers <= 97
    return "| \(scenario.name) | \(question.name) | \(two(question.truth, 4)) | \(runs) "
      + "| \(two(covers)) | \(two(100 * Double(above) / Double(given))) "
      + "| \(two(100 * Double(below) / Double(given))) | \(share(refused)) "
      + "| \(fourFifths.map { two($0) } ?? "") | \(inside ? "yes" : broken ? "NO" : "nearly") |"
  }

  /// With some digits behind the point.
  private func two(_ value: Double, _ digits: Int = 2) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((abs(value) * scale).rounded())
    let behind = String(whole % Int(scale))
    let zeros = String(repeating: "0", count: digits - behind.count)
    return (value < 0 && whole > 0 ? "-" : "") + "\(whole / Int(scale)).\(zeros)\(behind)"
  }
}

/// The page that `make coverage-fairness` writes.
struct Page {
  let tallies: [Tally]
  let runs: Int

  /// In Markdown.
  var text: String {
    let broken = tallies.count { $0.broken }
    let inside = tallies.count { $0.covers >= 93 && $0.covers <= 97 }
    return """
      # Coverage of the intervals of fairness metrics

      By `make coverage-fairness`, on simulated rows of groups whose true rates are known. Each simulation goes the way of a check: a
      gate, made of a manifest's keys, judges evidence at its standard confidence of 95%.

      | column | meaning |
      |---|---|
      | truth | the metric with all rows there are |
      | covers % | intervals that hold it, of those given |
      | above %, below % | intervals wholly above, and wholly below it |
      | refused % | simulations without an interval: the check is inconclusive and says why |
      | 4/5 fails % | fair rows that fail `min: 0.8`; promised are 5 at most |
      | 93-97 | yes; nearly: by less than three standard errors (0.69% each at 1,000 simulations); NO: by more |


      """ + "| rows are | metric (limit) | truth | simulations | covers % | above % | below % "
        + "| refused % | 4/5 fails % | 93-97 |\n|---|---|--:|--:|--:|--:|--:|--:|--:|---|\n"
        + tallies.map { $0.row + "\n" }.joined()
        + "\n\(tallies.count) rows, \(inside) within 93 to 97%, \(broken) beyond by more than chance. Where several groups or "
        + "rates\nmay be the one furthest apart, the upper end all but never errs, and the interval is longer than it need be.\n"
  }
}
