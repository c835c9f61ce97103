extension [Limit] {
  /// As a record has them, by their keys.
  package var byName: [LimitName: Double] {
    Dictionary(map { (LimitName($0.kind.rawValue), $0.bound) }) { first, _ in first }
  }

  /// What each limit is on, where that is defined: of a check with a value.
  func figures(
    _ check: Check, direction: Metric.Direction,
    range: ClosedRange<Double> = -.infinity ... .infinity
  ) -> [LimitFigure] {
    guard let value = check.value else { return [] }
    return compactMap {
      try? $0.figure(value: value, champion: check.champion, direction: direction, range: range)
    }
  }

  /// A check of these limits decided on its value: failed if any is broken.
  ///
  /// `name`: what the value is, in the message.
  package func decide(
    _ blank: Check, named name: String, direction: Metric.Direction, unit: String?,
    range: ClosedRange<Double> = -.infinity ... .infinity
  ) -> Check {
    var check = blank
    guard let value = check.value else { return check }
    check.figures = figures(check, direction: direction, range: range)
    var sentences: [(holds: Bool, text: String)] = []
    for limit in self {
      do throws(Undefined) {
        let (holds, sentence) = try limit.verdict(
          value: value, champion: check.champion, direction: direction, unit: unit)
        sentences.append(
          (
            holds,
            limit.kind.comparesModels ? "\(value.brief)\(unit.behind); \(sentence)" : sentence
          ))
      } catch {
        return check.failing(.error, Diagnostic(error.reason))
      }
    }
    let failed = sentences.filter { !$0.holds }
    check.outcome = failed.isEmpty ? .passed : .failed
    check.message +=
      "\(name) "
      + (failed.isEmpty ? sentences : failed).map(\.text).joined(separator: ", and ")
    return check
  }
}
