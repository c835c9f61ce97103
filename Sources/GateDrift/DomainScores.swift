import GateCore

/// How well scores tell the current rows from the reference: the area under their ROC curve, and Mann and Whitney's
/// p-value of it.
///
/// The area is the chance that of a row of each side the current one scores higher, ties counting half. The p-value is
/// one-sided, as an area below 1/2 is no sign of a difference. Each side has one score at least.
func rankArea(
  reference: [Double], current: [Double], settings: [JSON.Member], evidence: [JSON.Member] = []
) throws(Undefined) -> DriftFigure {
  // Under Evidently's name stands the one-sided test, in the direction that is wanted here.
  let test = try DriftTest.mannWhitneyEvidently.figure(on: .numbers(reference, current))
  return DriftFigure(
    test.value, p: test.pValue,
    settings: [
      JSON.Member("trained_on", "even rows"), JSON.Member("judged_on", "odd rows"),
    ] + settings + test.settings.filter { $0.key == "p_value_by" }, evidence: evidence)
}

/// Throws `Undefined` where a side has no row to learn from and another to be judged on.
func wantSplit(_ reference: Int, _ current: Int, _ noun: String) throws(Undefined) {
  for (side, count) in [("the reference has", reference), ("the current rows have", current)]
  where count < 2 {
    throw Undefined(
      "\(side) \(count.counted(noun)); two were wanted, one to learn from and one to judge by")
  }
}
