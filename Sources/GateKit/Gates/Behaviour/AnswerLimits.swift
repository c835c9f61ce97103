import GateCore
import GateFairness

/// How far a model's answers may be from other answers on the same rows.
struct AnswerLimits: Sendable {
  /// The largest difference of any score; nil: not asked.
  let difference: Double?
  /// The largest share of rows that are decided otherwise; nil: not asked.
  let flips: Double?
  /// How sure the verdict on the share of flips must be; nil: the share of these rows is judged itself.
  let confidence: Double?
  private let marks: (difference: Mark?, flips: Mark?)

  /// What a gate may write.
  static let parameters = [
    Parameter(
      "max_difference", "The largest difference of any score, or probability, that passes.",
      .number(0...Double.greatestFiniteMagnitude)),
    Parameter(
      "max_flips", "The largest share of rows that may be decided otherwise.", .number(0...1)),
  ]

  /// Reads the limits; throws where there is none, or one that the task has nothing for.
  init(_ settings: GateSettings) throws(Diagnostics) {
    let node = settings.node
    (difference, flips) = (node["max_difference"]?.number, node["max_flips"]?.number)
    confidence = node["confidence"]?.number
    marks = (node.key("max_difference")?.mark, node.key("max_flips")?.mark)
    var mistakes: [Diagnostic] = []
    if difference == nil, flips == nil {
      let key = settings.task == .text ? "max_flips: 0" : "max_difference: 0.000001"
      mistakes.append(
        Diagnostic(
          "the gate '\(settings.id)' has no limit, so it would judge nothing", at: node.mark,
          hint: "add one, as \(key)"))
    }
    if difference != nil, settings.task == .text {
      mistakes.append(
        Diagnostic(
          "'max_difference' is of scores, and the answers of a text task are none",
          at: marks.difference, hint: "use 'max_flips', the share of rows with another text"))
    }
    if flips != nil, [.regression, .ranking].contains(settings.task) {
      mistakes.append(
        Diagnostic(
          "'max_flips' is of decisions, and a \(settings.task.rawValue) task has none",
          at: marks.flips, hint: "use 'max_difference'"))
    }
    if flips == nil, let key = node.key("confidence") {
      mistakes.append(
        Diagnostic(
          "'confidence' is for the share of flips, and 'max_flips' is not there", at: key.mark,
          hint: "add 'max_flips', or remove 'confidence'"))
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
  }

  /// The limits in words, for a plan.
  var words: [String] {
    [difference.map { "max_difference \($0.brief)" }, flips.map { "max_flips \($0.brief)" }]
      .compactMap(\.self)
  }

  /// The checks of all rows, and of every group of slices.
  ///
  /// `id`: what their ids begin with; `opening`: what their messages do. `clusters`: which cluster each row is of.
  func judge(
    _ changes: AnswerChanges, id: String, gate: String, opening: String,
    slices: [SlicedRows] = [], clusters: [Int32]? = nil
  ) -> [Check] {
    let groups = slices.flatMap { slice in
      slice.groups.indices.map { group in
        (
          group: slice.groups[group],
          rows: slice.codes.indices.filter { slice.codes[$0] == Int32(group) }
        )
      }
    }
    func check(_ name: String, _ limit: LimitName, _ bound: Double, _ mark: Mark?) -> Check {
      Check(
        id: "\(id)/\(name)", gate: gate, outcome: .error, message: opening, metric: name,
        model: .candidate, limit: [limit: bound], location: mark?.location)
    }
    var checks: [Check] = []
    if let difference {
      let blank = check("difference", "max_difference", difference, marks.difference)
      checks.append(judged(blank, changes, nil, at: difference))
      checks += groups.map {
        judged(blank.of($0.group), changes, $0.rows, at: difference)
      }
    }
    if let flips {
      let blank = check("flips", "max_flips", flips, marks.flips)
      checks.append(counted(blank, changes, nil, at: flips, clusters))
      checks += groups.map { counted(blank.of($0.group), changes, $0.rows, at: flips, clusters) }
    }
    return checks
  }

  /// The check of the largest difference, on all rows (nil) or some.
  private func judged(
    _ blank: Check, _ changes: AnswerChanges, _ rows: [Int]?, at bound: Double
  ) -> Check {
    var check = blank
    guard let all = changes.distances else {
      return check.failing(
        .error,
        Diagnostic(
          "the model answers no scores", hint: "use 'max_flips' in the place of 'max_difference'"))
    }
    let part = rows.map { $0.map { all[$0] } } ?? all
    guard let most = AnswerChanges(distances: part, flips: nil).largest else {
      return check.failing(.error, Diagnostic("there are no rows"))
    }
    let row = rows.map { $0[most.row] } ?? most.row
    (check.n, check.value) = (part.count, most.distance)
    check.evidence["differing_rows"] = .integer(part.count { $0 != 0 })
    check.evidence["row"] = .integer(row + 1)
    check.figures = [
      LimitFigure(
        limit: "max_difference", subject: .value, value: most.distance, bound: .atMost(bound),
        range: 0 ... .infinity)
    ]
    check.outcome = most.distance <= bound ? .passed : .failed
    let place = most.distance > 0 ? " (row \(row + 1))" : ""
    check.message +=
      "the largest difference is \(most.distance.brief(unlike: bound))\(place), "
      + "\(check.outcome == .passed ? "at most" : "above") the max_difference of \(bound.brief)"
    return check
  }

  /// The check of the share of flips, on all rows (nil) or some.
  private func counted(
    _ blank: Check, _ changes: AnswerChanges, _ rows: [Int]?, at bound: Double,
    _ clusters: [Int32]?
  ) -> Check {
    var check = blank
    guard let all = changes.flips else {
      return check.failing(
        .error, Diagnostic("the model decides nothing", hint: "use 'max_difference'"))
    }
    let places = rows ?? Array(all.indices)
    let part = places.map { all[$0] }
    check.n = part.count
    guard !part.isEmpty else { return check.failing(.error, Diagnostic("there are no rows")) }
    let share = FlipShare(part, clusters: clusters.map { all in places.map { all[$0] } })
    check.evidence["flips"] = .integer(share.count)
    check.evidence["rows"] = zip(places, part).filter(\.1).map { Int32($0.0) }.numbered
    return share.judge(
      check, named: "the share of flips", limit: "max_flips", at: bound, confidence)
  }
}

extension Check {
  /// The same of a group of rows.
  fileprivate func of(_ group: SliceGroup) -> Check {
    var check = self
    check.id += "/\(group.id)"
    check.message = "on \(group.title): \(message)"
    check.slice = group.dictionary
    return check
  }
}
