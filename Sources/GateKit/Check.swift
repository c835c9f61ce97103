/// One thing judged: one metric on one slice, with everything a person needs to act on it.
public struct Check: Sendable {
  /// `performance/roc_auc`, `performance/recall/sex=female`; the same from run to run.
  public var id: String
  /// The gate's id.
  public var gate: String
  public var outcome: Outcome
  public var blocking: Bool
  /// One sentence, lower case.
  public var message: String
  public var metric: String?
  public var model: Role?
  /// The slice's values by column, nil for a missing one; nil: all rows.
  public var slice: [String: String?]?
  public var value: Double?
  /// The champion's value.
  public var champion: Double?
  /// Candidate minus champion.
  public var difference: Double?
  /// Rows.
  public var n: Int?
  public var interval: Interval?
  /// As written, by its key.
  public var limit: [String: Double]?
  public var location: Location?
  public var evidence: [String: JSON]
  /// What is said of each limit, where it was judged with confidence; no part of the record.
  var judgement: Judgement?
  /// What each limit on a metric is on; no part of the record.
  var figures: [LimitFigure] = []
  /// Whether trying again may help where it is an error; no part of the record, whose exit code says so.
  public var isTemporary = false

  public init(
    id: String, gate: String, outcome: Outcome, blocking: Bool = true, message: String,
    metric: String? = nil, model: Role? = nil, slice: [String: String?]? = nil,
    value: Double? = nil, champion: Double? = nil, difference: Double? = nil, n: Int? = nil,
    interval: Interval? = nil, limit: [String: Double]? = nil, location: Location? = nil,
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

  public enum Outcome: String, Sendable, CaseIterable {
    /// It was judged and holds.
    case passed
    /// It was judged and does not hold.
    case failed
    /// The rows are too few to tell at the confidence asked for.
    case inconclusive
    /// It could not be judged.
    case error
    /// It does not apply, and the manifest allows that.
    case skipped
    /// It failed, and a waiver that has not expired covers it.
    case waived
  }

  public struct Interval: Sendable, Hashable {
    public var low: Double
    public var high: Double
    public var level: Double
    public var method: String
    /// What it is of.
    public var of = Subject.value

    /// What lies in an interval that stands beside a check.
    public enum Subject: String, Sendable, CaseIterable {
      /// The candidate's value.
      case value
      /// The candidate's value less the champion's.
      case difference
      /// The same as a share of the champion's value.
      case relativeDifference = "relative_difference"

      /// As a limit's basis says it: nil is the value, true a share of the champion's.
      init(_ isRelative: Bool?) {
        self = isRelative.map { $0 ? .relativeDifference : .difference } ?? .value
      }
    }

    public init(low: Double, high: Double, level: Double, method: String) {
      self.low = low
      self.high = high
      self.level = level
      self.method = method
    }
  }
}

extension [Check] {
  /// The checks, an error in the place of each whose id another has: a waiver or a history could take either.
  var refusingRepeats: [Check] {
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
