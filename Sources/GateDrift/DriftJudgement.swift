package import GateCore

/// Judges what the drift gate measured: corrects the p-values together, then decides.
package struct DriftJudgement: Sendable {
  package let gate: String
  package let request: DriftGateRequest

  /// Takes what it holds.
  package init(gate: String, request: DriftGateRequest) {
    self.gate = gate
    self.request = request
  }

  package func checks(_ measured: DriftTrials) throws(Diagnostic) -> [Check] {
    var trials = measured.trials
    let features = measured.features
    let tests: Int
    do throws(Undefined) {
      tests = try trials.correct(by: request.control)
    } catch {
      throw Diagnostic(
        "the p-values cannot be corrected for their number: \(error.reason)", at: request.mark)
    }
    let family = DriftFamily(control: request.control, tests: tests)
    let judged = trials.map { $0.check(gate: gate, family) }
    let all = inOrder(Array(judged[..<features]))
    // What no test can compare is in no figure of all features either.
    let uncompared =
      request.table == nil ? [Check]() : measured.others.filter { $0.outcome == .error }
    return (request.judgesFeatures ? all + measured.others : uncompared)
      + share(zip(trials[..<features], judged).map { ($0, $1) }, measured.others)
      + measured.failures + judged[features...]
  }

  /// By rule and test as written, each with its columns in their order.
  private func inOrder(_ checks: [Check]) -> [Check] {
    let order = request.features.flatMap { $0.requests.map(\.mark) }
    guard Set(order.map(\.location)).count == order.count else { return checks }
    return order.flatMap { mark in checks.filter { $0.location == mark.location } }
  }
}
