/// How sure a verdict must be, and what the resampling that shows it depends on.
package struct Certainty: Sendable, Hashable {
  /// Of the two-sided interval; a wrong pass has half of what is left.
  package var confidence: Double
  package var replicates: Int
  package var seed: UInt64
  /// Which cluster each row of the holdout is of: rows of one are drawn together, and a method that takes every row to
  /// stand for itself is left. Nil: every row does.
  package var clusters: [Int32]?
  /// Whether both models are one, so that equal answers are certain.
  package var isOneModel = true
  /// Whether a bootstrap draws the rows of each class among themselves; clusters go before it.
  package var isStratified: Bool

  package init(
    confidence: Double, replicates: Int = 1000, seed: UInt64 = 0, isStratified: Bool = false
  ) {
    self.confidence = confidence
    self.replicates = replicates
    self.seed = seed
    self.isStratified = isStratified
  }

  /// The chance that a verdict is wrong to one side.
  package var level: Double { (1 - confidence) / 2 }

  /// What a metric with this body asks for in a gate with that one; nil: nothing.
  package init?(_ body: Node, gate: Node) {
    guard let confidence = (body["confidence"] ?? gate["confidence"])?.number else { return nil }
    self.init(
      confidence: confidence, replicates: gate["replicates"]?.integer ?? 1000,
      seed: UInt64(gate["seed"]?.integer ?? 0),
      isStratified: gate["resampling"]?.text == "stratified")
  }

  /// What a gate, or one metric, may write.
  package static let parameter = Parameter(
    "confidence",
    "Judge on the interval at this confidence: passed, failed or inconclusive; none: on the value "
      + "itself.", .either([.number(0.5...0.999999), .choice(["none"])]))

  /// The most draws a manifest may ask for.
  static let mostReplicates = 100_000

  /// What a gate may write beside it.
  package static let parameters = [
    parameter,
    Parameter(
      "replicates", "Bootstrap resamples.", .integer(200...mostReplicates), standard: "1000"),
    Parameter("seed", "What the draws depend on.", .integer(0...Int.max), standard: "0"),
    Parameter(
      "resampling",
      "What a bootstrap draws: all rows alike, or the rows of each class among themselves.",
      .choice(["rows", "stratified"]), standard: "rows"),
  ]

  /// The keys of a gate that say nothing without `confidence`.
  package static let dependent = ["replicates", "seed", "resampling", "error_control"]
}
