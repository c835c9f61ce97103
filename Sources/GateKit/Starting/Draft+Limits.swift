package import GateCore
import GateMetrics

/// Limits from a run of a draft.
extension Draft {
  /// The draft without what could not be judged, and with limits just beside what was measured; nil where nothing is
  /// left that judges the candidate.
  ///
  /// `checks` are those of a run of this draft, `guesses` those of `guessing`, which no limit goes below.
  package func mended(
    by checks: [Check], guesses: [Check]
  ) -> (draft: Draft, isSound: Bool)? {
    var draft = self
    var isSound = true
    for place in draft.gates.indices {
      let kind = draft.gates[place].kind
      let own = checks.filter { $0.gate == kind }
      if kind == "drift" {
        isSound = !draft.leaveOutMute(own, of: place) && isSound
        continue
      }
      // A score that beats guessing may still decide as guessing does, where one class is rare.
      let beatsGuessing = draft.gates[place].limits.contains { limit in
        guard let value = own.first(where: { $0.metric == limit.metric })?.value,
          let guess = guesses.guess(limit.metric)
        else { return false }
        return limit.isWorse(guess, than: value, of: task)
      }
      draft.gates[place].limits = draft.gates[place].limits.compactMap { limit in
        let found = own.filter { $0.metric == limit.metric }
        if found.isEmpty || found.contains(where: { $0.outcome == .error }) {
          isSound = false
          return nil
        }
        guard kind == "performance", let value = found.first?.value else { return limit }
        let guess = guesses.guess(limit.metric)
        if let guess, limit.isWorse(value, than: guess, of: task) {
          if beatsGuessing, limit.isOfDecisions(task) { return nil }
          draft.isWorse = true
        }
        return limit.near(value, guess, of: task)
          ?? (limit.metric == own.first?.metric ? limit : nil)
      }
    }
    draft.gates.removeAll { $0.limits.isEmpty && $0.columns.isEmpty }
    guard draft.gates.contains(where: { $0.kind == "performance" }) else { return nil }
    draft.leaveOut(checks)
    return (draft, isSound)
  }

  /// Leaves out the columns of a drift gate that the rows cannot tell of, which would leave each run without a verdict;
  /// whether there are any.
  private mutating func leaveOutMute(_ checks: [Check], of place: Int) -> Bool {
    let mute = checks.filter { [.error, .inconclusive].contains($0.outcome) }.map(\.id)
    let kept = gates[place].columns.filter { column in
      !mute.contains { $0.hasSuffix("/\(column.idPart)") }
    }
    let left = gates[place].columns.filter { !kept.has($0) }
    if !kept.isEmpty, !left.isEmpty {
      gates[place].comment +=
        " Left out, since so few rows tell nothing of them: \(left.joined(separator: ", "))."
    }
    gates[place].columns = kept
    return !left.isEmpty
  }

  /// Leaves out what no gate judges any more: the champion, the reference.
  private mutating func leaveOut(_ checks: [Check]) {
    func reason(_ kind: String) -> String {
      let own = checks.filter { $0.gate == kind }
      return own.first { $0.outcome == .error }?.message ?? "nothing of it could be judged"
    }
    func has(_ kind: String) -> Bool { gates.contains { $0.kind == kind } }
    if champion != nil, !has("champion") {
      if paths.count > 1 { left.append((paths.removeLast(), reason("champion"))) }
      champion = nil
    }
    if let reference, !has("drift") {
      left.append((reference.path, reason("drift")))
      self.reference = nil
    }
  }
}

extension [Check] {
  /// What guessing has of a metric.
  fileprivate func guess(_ metric: String) -> Double? {
    first { $0.metric == metric && $0.outcome != .error }?.value
  }
}

extension Draft.Limit {
  /// Whether it is on what is decided at a threshold, not on scores.
  fileprivate func isOfDecisions(_ task: TaskKind) -> Bool {
    task == .binary && known(of: task)?.parameters.contains { $0.id == "threshold" } == true
  }

  private func known(of task: TaskKind) -> Metric? {
    Metrics.all.first { $0.id == metric && $0.task == task }
  }

  /// Whether a value is worse than another by more than a rounding.
  fileprivate func isWorse(_ value: Double, than guess: Double, of task: TaskKind) -> Bool {
    guard let metric = known(of: task) else { return false }
    let lead = metric.direction == .higherIsBetter ? guess - value : value - guess
    return lead > 1e-9 * max(1, guess.magnitude)
  }

  /// The limit a little worse than a measured value, and never one that guessing keeps too; nil where nothing is worse.
  fileprivate func near(_ value: Double, _ guess: Double?, of task: TaskKind) -> Draft.Limit? {
    guard let metric = known(of: task) else { return self }
    var limit = self
    let isHigher = metric.direction == .higherIsBetter
    let slack = value == 0 ? 0.01 : value.magnitude * 0.02
    let rounded = (isHigher ? value - slack : value + slack).rounded(up: !isHigher)
    var bound = Swift.min(Swift.max(rounded, metric.range.lowerBound), metric.range.upperBound)
    limit.comment = "\(value.short) now"
    if let guess, isWorse(value, than: guess, of: task) {
      bound = guess.magnitude < 1e-9 ? 0 : guess.rounded(up: isHigher)
      limit.comment = "\(value.short) now, worse than guessing, which has \(guess.short)"
    } else if let guess, isHigher ? bound < guess : bound > guess {
      // The fewest digits that lie between guessing and the model.
      bound =
        (2...15).lazy.map { guess.rounded(up: isHigher, digits: $0) }
        .first { isHigher ? $0 <= value : $0 >= value } ?? value
      if bound.magnitude < 1e-9 { bound = 0 }
      limit.comment = "\(value.short) now; guessing has \(guess.short)"
    } else if bound == (isHigher ? metric.range.lowerBound : metric.range.upperBound) {
      return nil
    }
    limit.limit = "\(isHigher ? "min" : "max"): \(bound.exact)"
    return limit
  }
}

extension Double {
  /// The number with its first digits, not nearer to zero or not farther from it.
  fileprivate func rounded(up: Bool, digits: Int = 2) -> Double {
    guard isFinite, self != 0 else { return self }
    var (low, high) = (1.0, 10.0)
    for _ in 1..<digits { (low, high) = (high, high * 10) }
    var scale = 1.0
    while magnitude * scale < low, scale < 1e12 { scale *= 10 }
    while magnitude * scale >= high, scale > 1e-12 { scale /= 10 }
    return ((self * scale).rounded(up ? .up : .down) / scale)
  }
}
