package import GateCore

/// One drift test that a manifest asks for, with its limits.
package struct DriftRequest: Sendable {
  package var test: DriftTest
  /// The part of the check's id that says which test.
  package var id: String
  package var arguments: Arguments
  /// The largest value that passes.
  package var max: Double?
  /// The smallest p-value that passes, corrected for the number of tests.
  package var minPValue: Double?
  /// The largest value that passes, in standard deviations of the reference's own periods above their mean.
  package var maxDeviations: Double?
  package var mark: Mark

  /// A request that no manifest wrote.
  package init(
    _ test: DriftTest, _ arguments: Arguments = Arguments(), max: Double? = nil,
    minPValue: Double? = nil, mark: Mark
  ) {
    (self.test, self.arguments, self.max, self.minPValue) = (test, arguments, max, minPValue)
    (id, self.mark) = (test.id, mark)
  }

  /// Reads one; throws its first mistake.
  package init(_ test: DriftTest, _ pair: Node.Pair, hasPeriods: Bool) throws(Diagnostic) {
    let body = pair.value
    self.test = test
    mark = pair.key.mark
    id = body["id"]?.text ?? test.id
    max = body["max"]?.number
    minPValue = body["min_p_value"]?.number
    maxDeviations = body["max_deviations"]?.number
    arguments = test.definition.arguments(body).arguments
    try refuse(body, hasPeriods: hasPeriods)
  }

  private func refuse(_ body: Node, hasPeriods: Bool) throws(Diagnostic) {
    if id.isEmpty || id.contains("/") {
      throw Diagnostic("a check's id is a name without '/', found '\(id)'", at: body["id"]?.mark)
    }
    if max == nil, minPValue == nil, maxDeviations == nil {
      throw Diagnostic(
        "'\(test.id)' has no limit, so it would hold whatever its value", at: mark,
        hint: "add 'max'" + (test.pValueMethod == .none ? "" : " or 'min_p_value'"))
    }
    if let max, !test.range.contains(max) {
      throw Diagnostic(
        "'max: \(max.brief)' lies outside of what '\(test.id)' can be: "
          + "\(test.range.lowerBound.brief) to \(test.range.upperBound.brief)",
        at: body["max"]?.mark)
    }
    if maxDeviations != nil, !hasPeriods {
      throw Diagnostic(
        "'max_deviations' is learned from the reference's periods, and the gate has no 'windows'",
        at: body.key("max_deviations")?.mark,
        hint: "add windows: {column: …, every: day} to the gate")
    }
    if test.pValueMethod == .permutation, let minPValue, Permutation(arguments).least >= minPValue {
      let permutation = Permutation(arguments)
      throw Diagnostic(
        "\(permutation.draws) permutations cannot show a p-value below \(permutation.least.brief), so "
          + "'min_p_value: \(minPValue.brief)' would always hold", at: body["min_p_value"]?.mark,
        hint: "raise 'permutations'")
    }
  }

  /// The limits as written, for the report.
  package var limits: [LimitName: Double] {
    var limits: [LimitName: Double] = [:]
    limits["max"] = max
    limits["min_p_value"] = minPValue
    limits["max_deviations"] = maxDeviations
    return limits
  }

  /// As the plan shows it: 'ks max 0.02'.
  package var words: String {
    let limits = [("max", max), ("min_p_value", minPValue), ("max_deviations", maxDeviations)]
      .compactMap { name, bound in bound.map { "\(name) \($0.brief)" } }
    return "\(test.id) \(limits.joined(separator: ", "))"
  }
}

extension DriftTest {
  /// What stands under its id in a manifest.
  package var parameter: Parameter {
    let most = Parameter(
      "max", "The largest value that passes.",
      .number(range.lowerBound...Swift.min(range.upperBound, .greatestFiniteMagnitude)))
    let pValue = Parameter(
      "min_p_value",
      "The smallest p-value that passes, after the correction for the number of tests.",
      .number(1e-12...0.5))
    let deviations = Parameter(
      "max_deviations",
      "The largest value that passes, in standard deviations of the reference's own periods above their mean.",
      .number(0...1000))
    let name = Parameter("id", "The check's name, where a test is used twice.", .text)
    return Parameter(
      id, summary,
      .record(
        parameters + [most] + (pValueMethod == .none ? [] : [pValue])
          + (measure.kinds.isEmpty ? [] : [deviations]) + [name]),
      aliases: aliases)
  }
}
