/// One thing judged: one metric on one slice, with everything a person needs to act on it.
package struct Check: Sendable {
  /// `performance/roc_auc`, `performance/recall/sex=female`; the same from run to run.
  package var id: String
  /// The gate's id.
  package var gate: String
  package var outcome: Outcome
  package var blocking: Bool
  /// One sentence, lower case.
  package var message: String
  package var metric: String?
  package var model: Role?
  /// The slice's values by column, nil for a missing one; nil: all rows.
  package var slice: [String: String?]?
  package var value: Double?
  /// The champion's value.
  package var champion: Double?
  /// Candidate minus champion.
  package var difference: Double?
  /// Rows.
  package var n: Int?
  package var interval: ConfidenceInterval?
  /// As written.
  package var limit: [LimitName: Double]?
  package var location: Location?
  package var evidence: [String: JSON]
  /// What is said of each limit, where it was judged with confidence; no part of the record.
  package var judgement: Judgement?
  /// What each limit on a metric is on; no part of the record.
  package var figures: [LimitFigure] = []
  /// Whether trying again may help where it is an error; no part of the record, whose exit code says so.
  package var isTemporary = false

  package init(
    id: String, gate: String, outcome: Outcome, blocking: Bool = true, message: String,
    metric: String? = nil, model: Role? = nil, slice: [String: String?]? = nil,
    value: Double? = nil, champion: Double? = nil, difference: Double? = nil, n: Int? = nil,
    interval: ConfidenceInterval? = nil, limit: [LimitName: Double]? = nil,
    location: Location? = nil,
    evidence: [String: JSON] = [:]
  ) {
    self.id = id
    self.gate = gate
    self.outcome = outcome
    self.blocking = blocking
    self.message = message
    self.metric = metric
    self.model = model
    self.slice = slice
    self.value = value
    self.champion = champion
    self.difference = difference
    self.n = n
    self.interval = interval
    self.limit = limit
    self.location = location
    self.evidence = evidence
  }
}

extension [Check] {
  /// The checks, an error in the place of each whose id another has: a waiver or a history could take either.
  package var refusingRepeats: [Check] {
    var seen: Set<ExactText> = []
    return map { check in
      if seen.insert(ExactText(check.id)).inserted { return check }
      var check = check
      check.message = ""
      check.value = nil
      check.judgement = nil
      return check.failing(
        .error,
        Diagnostic(
          "there are two checks '\(check.id)'; give the check, slice or value another name"))
    }
  }
}

extension Check {
  /// What its limits are on: of a metric's as they were judged, of others by the names of their limits; empty: it has no value.
  package var limitFigures: [LimitFigure] {
    if !figures.isEmpty { return figures }
    guard let value else { return [] }
    let limits = (limit ?? [:]).sorted { $0.key < $1.key }
    let known = limits.compactMap { name, bound -> LimitFigure? in
      let key = name.rawValue
      switch name {
      case "min", "exclusive_min", "min_ratio":
        return LimitFigure(limit: key, subject: .value, value: value, bound: .atLeast(bound))
      case "equal": return LimitFigure(limit: key, subject: .value, value: value, bound: nil)
      case "min_p_value":
        var pValue = value
        if case .number(let adjusted)? = evidence["adjusted_p_value"] { pValue = adjusted }
        return LimitFigure(
          limit: key, subject: .pValue, value: pValue, bound: .atLeast(bound), range: 0...1)
      case "max", "exclusive_max":
        return LimitFigure(limit: key, subject: .value, value: value, bound: .atMost(bound))
      default: return nil
      }
    }
    // Whatever else failed is the worse the more there is of it.
    let isKnown = known.contains { !$0.holds }
    return isKnown
      ? known
      : [LimitFigure(limit: "max", subject: .value, value: value, bound: .atMost(-.infinity))]
  }
}
