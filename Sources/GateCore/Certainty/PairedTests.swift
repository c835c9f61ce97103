extension Certainty {
  /// The classical tests of a difference between two models on the same rows, for people who know them by name: of
  /// accuracy McNemar's, of the area under the ROC curve DeLong's, of a mean Student's, Wilcoxon's and sign flips.
  ///
  /// Each is two-sided, of no difference; the verdict rests on the interval and not on them. None for rows with weights or
  /// in clusters, which these tests do not know of, and none where no row tells the models apart.
  package func tests(
    _ measured: MetricCall, candidate: Sample, champion: Sample
  ) async -> [PairedTest] {
    guard candidate.rowWeightsByPlace == nil, clusters == nil else { return [] }
    switch (measured.spread, candidate, champion) {
    case (.areaUnderCurve, .binary(let candidate), .binary(let champion)):
      guard let areas = try? DeLongDifference(candidate: candidate, champion: champion),
        areas.variance > 0, let pValue = try? areas.pValue
      else { return [] }
      let z = areas.difference / areas.variance.squareRoot()
      return [PairedTest(TestResult(statistic: z, pValue: pValue, method: "DeLong z"))]
    case (.rightRows, _, _) where measured.arguments == Arguments(),
      (.wrongRows, _, _) where measured.arguments == Arguments():
      let (gained, lost) = candidate.changes(from: champion)
      return [
        try? McNemar.exact(gained: gained, lost: lost),
        try? McNemar.midP(gained: gained, lost: lost),
      ].compactMap(\.self).map { PairedTest($0, changes: (gained, lost)) }
    default:
      guard let found = try? measured.differences(candidate, champion) else { return [] }
      let differences = found.values.indices.filter { found.weights?[$0] != 0 }
        .map { found.values[$0] }
      let results = [
        try? pairedT(differences), try? Wilcoxon.test(differences),
        differences.contains { $0 != 0 }
          ? try? await signFlips(differences, replicates: replicates, seed: seed) : nil,
      ]
      return results.compactMap(\.self).map { PairedTest($0) }
    }
  }
}

/// A two-sided test of no difference between the models.
package struct PairedTest: Sendable {
  package let result: TestResult
  /// McNemar's b and c: rows that only the candidate gets right, and rows that only the champion does.
  package let changes: (gained: Int, lost: Int)?

  package init(_ result: TestResult, changes: (gained: Int, lost: Int)? = nil) {
    (self.result, self.changes) = (result, changes)
  }

  /// As it stands in a check's evidence.
  package var json: JSON {
    var members: [JSON.Member] = [
      JSON.Member("name", .string(result.method)),
      JSON.Member("hypothesis", "no difference, two-sided"),
      JSON.Member("statistic", .number(result.statistic)),
      JSON.Member("p_value", .number(result.pValue)),
    ]
    if let changes {
      members += [
        JSON.Member("gained", .integer(changes.gained)),
        JSON.Member("lost", .integer(changes.lost)),
      ]
    }
    return .object(members)
  }
}
