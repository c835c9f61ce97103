import GateCore

/// A fairness metric's value on one attribute by both models, with how it would vary and what is shown of it.
struct FairnessFigure: Sendable {
  private let one: FairnessRequest
  private let value: Double
  private let champion: Result<Double, Undefined>?
  /// The intervals of what `basis` says.
  private let curve:
    @Sendable (ConfidenceInterval.Subject) async throws(Undefined) -> ConfidenceCurve
  /// What a person needs to act on it.
  package private(set) var evidence: [String: JSON]
  /// What stands behind the verdict: the groups that lie furthest apart.
  package private(set) var note = ""
  /// Rows that it is of; nil: all of the groups.
  private var rows: Int?

  /// Takes all of it.
  package init(
    _ one: FairnessRequest, value: Double, champion: Result<Double, Undefined>?,
    evidence: [String: JSON], note: String, rows: Int,
    curve:
      @escaping @Sendable (ConfidenceInterval.Subject) async throws(Undefined) -> ConfidenceCurve
  ) {
    (self.one, self.value, self.champion) = (one, value, champion)
    (self.evidence, self.note, self.rows, self.curve) = (evidence, note, rows, curve)
  }

  /// Of numbers of groups; throws where the candidate's value is undefined.
  package init(
    _ reading: FairnessReading, _ aggregate: Aggregate, _ one: FairnessRequest, _ part: FairnessPart
  ) throws(Diagnostic) {
    self.one = one
    let metric = one.metric.id
    let own = reading.overall[.candidate] ?? []
    do throws(Undefined) {
      value = try aggregate.value(reading.values(.candidate), overall: own)
    } catch { throw Diagnostic("\(metric) is undefined: \(error.reason)") }
    let other = reading.overall[.champion] ?? []
    champion =
      reading.hasChampion
      ? Result { () throws(Undefined) in
        try aggregate.value(reading.values(.champion), overall: other)
      }
      : part.champion.map { _ in
        .failure(Undefined("it is undefined in a group by the champion's decisions"))
      }
    let certainty = one.request.certainty
    curve = { basis throws(Undefined) in
      try AggregateDistribution(reading, aggregate, basis, certainty).curve(
        certainty?.confidence ?? 0.95)
    }
    evidence = reading.evidence(aggregate, part)
    note = reading.note(aggregate)
    if let change = reading.change(aggregate, one, value) { evidence["to_change"] = change }
  }

  /// Takes what was measured; throws where the candidate's value is undefined.
  package init(
    _ one: FairnessRequest, _ value: (Role) throws(Undefined) -> Double, _ part: FairnessPart,
    evidence: [String: JSON],
    _ curve:
      @escaping @Sendable (ConfidenceInterval.Subject) async throws(Undefined) -> ConfidenceCurve
  ) throws(Diagnostic) {
    (self.one, self.evidence, self.curve) = (one, evidence, curve)
    do throws(Undefined) { self.value = try value(.candidate) } catch {
      throw Diagnostic("\(one.metric.id) is undefined: \(error.reason)")
    }
    champion = part.champion.map { champion in
      Result { () throws(Undefined) in
        if case .failure(let mistake) = champion { throw Undefined(mistake.sentence) }
        return try value(.champion)
      }
    }
  }

  /// The check with its value, interval and outcome; `isOneModel`: both models are one.
  package func decide(_ blank: Check, _ part: FairnessPart, isOneModel: Bool) async -> Check {
    var check = blank
    let request = one.request
    check.value = value
    check.n = rows ?? part.groups.rows
    check.champion = try? champion?.get()
    check.difference = check.champion.map { value - $0 }
    if request.limits.contains(where: \.kind.comparesModels), check.champion == nil {
      return check.failing(.error, missingChampion(part))
    }
    check.figures = request.figures(check)
    guard let certainty = request.certainty else { return request.decide(check) }
    let isCertain =
      isOneModel
      && ((try? part.champion?.get()).map { part.candidate.isSame(as: $0) } ?? false)
    return await request.decide(
      check, by: certainty, rows: rows ?? part.groups.rows, within: one.metric.range
    ) { basis in
      // Beside a value stands its own interval, not that of its difference to the champion's.
      basis == .value || request.limits.allSatisfy(\.kind.comparesModels)
    } curve: { basis throws(Undefined) in
      isCertain && basis != .value ? .identical : try await curve(basis)
    }
  }

  /// Why there is nothing to compare with.
  private func missingChampion(_ part: FairnessPart) -> Diagnostic {
    if case .failure(let mistake)? = part.champion { return mistake }
    if case .failure(let undefined)? = champion {
      return Diagnostic("the champion's \(one.metric.id) is undefined: \(undefined.reason)")
    }
    return Diagnostic("there is no champion to compare with")
  }
}

extension AggregateDistribution {
  /// The distribution of a reading, of the candidate's value or of its difference to the champion's; throws where a group's
  /// number has no interval.
  fileprivate init(
    _ reading: FairnessReading, _ aggregate: Aggregate, _ basis: ConfidenceInterval.Subject,
    _ certainty: Certainty?
  ) throws(Undefined) {
    let wanted = reading.candidate + (basis == .value ? [] : reading.champion)
    for measure in wanted {
      if let group = measure.firstIndex(where: { !$0.isCertain }) {
        throw Undefined(
          "it is not known how far off the value of the group '\(reading.names[group])' may be: "
            + (measure[group].unknown ?? "its rows are too few, or all alike"))
      }
    }
    self.init(
      aggregate: aggregate, estimates: reading.candidate,
      overall: reading.overall[.candidate] ?? [], parts: reading.parts,
      champion: basis == .value
        ? nil
        : Other(
          estimates: reading.champion, overall: reading.overall[.champion] ?? [],
          correlations: reading.correlations, isRelative: basis == .relativeDifference),
      draws: certainty?.replicates ?? 1000, seed: certainty?.seed ?? 0)
  }
}
