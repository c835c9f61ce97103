package import GateCore

extension [DriftTrial] {
  /// Corrects the p-values that limits are on, over all trials together; how many there are.
  ///
  /// Throws `Undefined` where one is no p-value: uncorrected, the others would pass or fail by another rule than is written.
  mutating func correct(by control: ErrorControl) throws(Undefined) -> Int {
    var pValues: [Double] = []
    for trial in self {
      for place in trial.cases where place.leftOut == nil {
        pValues += ([place.reading] + place.conditions).compactMap(\.pValue)
      }
    }
    let adjusted = try control.adjusted(pValues)
    var next = 0
    func take(_ reading: inout DriftTrial.Reading) {
      guard reading.pValue != nil else { return }
      reading.adjusted = adjusted[next]
      next += 1
    }
    for trial in indices {
      for place in self[trial].cases.indices where self[trial].cases[place].leftOut == nil {
        take(&self[trial].cases[place].reading)
        for index in self[trial].cases[place].conditions.indices {
          take(&self[trial].cases[place].conditions[index])
        }
      }
    }
    return pValues.count
  }
}

/// How a case is decided, and in which words.
struct DriftDecision: Sendable {
  package let outcome: Outcome
  package let sentence: String

  /// Failed only where the test and all its conditions are broken; what is not known does not pass unless it does not matter.
  package init(_ place: DriftTrial.Case, _ family: DriftFamily) {
    if let leftOut = place.leftOut {
      (outcome, sentence) = (.skipped, leftOut)
      return
    }
    switch place.reading.verdict(family) {
    case .failure(let failure):
      (outcome, sentence) = failure.decision(place.reading.request.test.id)
    case .success(let own):
      guard own.isBroken, !place.conditions.isEmpty else {
        (outcome, sentence) = (own.isBroken ? .failed : .passed, own.sentence)
        return
      }
      var told = [own.sentence]
      for condition in place.conditions {
        switch condition.verdict(family) {
        case .failure(let failure):
          let (outcome, sentence) = failure.decision(condition.request.test.id)
          (self.outcome, self.sentence) = (outcome, "\(own.sentence), and \(sentence)")
          return
        case .success(let other) where !other.isBroken:
          (outcome, sentence) = (.passed, "\(own.sentence), but \(other.sentence)")
          return
        case .success(let other): told.append(other.sentence)
        }
      }
      (outcome, sentence) = (.failed, told.joined(separator: ", and "))
    }
  }
}

/// The tests whose p-values were corrected together.
package struct DriftFamily: Sendable {
  package let control: ErrorControl
  package let tests: Int

  /// For messages: ' (0.02 by Benjamini-Hochberg over 56 tests)'.
  package func words(_ adjusted: Double) -> String {
    control == .none || tests < 2
      ? "" : " (\(adjusted.brief) by \(control.title) over \(tests) tests)"
  }
}

extension DriftTrial.Reading {
  /// Whether a limit is broken, and what is said of it.
  fileprivate func verdict(
    _ family: DriftFamily
  ) -> Result<(isBroken: Bool, sentence: String), DriftFailure> {
    result.flatMap { figure in
      var sentences: [(isBroken: Bool, text: String)] = []
      let (id, value) = (request.test.id, figure.value)
      func hold(_ bound: Double, _ name: String) {
        let isBroken = !(value <= bound)
        sentences.append(
          (
            isBroken,
            "\(id) \(value.brief(unlike: bound)) is \(isBroken ? "above" : "at most") \(name)"
          ))
      }
      if let max = request.max { hold(max, "the max of \(max.brief)") }
      if let learned {
        hold(
          learned.bound,
          "\(learned.bound.brief), the mean and \(learned.deviations.brief) standard deviations of the "
            + "reference's \(learned.periods) periods")
      }
      if let least = request.minPValue, let adjusted, let raw = figure.pValue {
        let isBroken = !(adjusted >= least)
        sentences.append(
          (
            isBroken,
            "the p-value of \(id) is \(raw.brief)\(family.words(adjusted)), "
              + "\(isBroken ? "below" : "at least") the min_p_value of \(least.brief)"
          ))
      } else if request.minPValue != nil {
        sentences.append((true, "\(id) has no p-value"))
      }
      let broken = sentences.filter(\.isBroken)
      if broken.isEmpty, let reason = figure.floor(request, adjusted, family) {
        return .failure(.tooFew(reason))
      }
      let told = broken.isEmpty ? sentences : broken
      return .success((!broken.isEmpty, told.map(\.text).joined(separator: ", and ")))
    }
  }

  /// The value that the limit is on.
  package var judged: Double? {
    guard case .success(let figure) = result else { return nil }
    return request.max == nil && request.maxDeviations == nil ? adjusted : figure.value
  }
}

extension DriftFigure {
  /// Why a p-value tells nothing: it is the smallest that its distribution can give, and the correction for the number of tests
  /// lifts even that to the limit.
  fileprivate func floor(
    _ request: DriftRequest, _ adjusted: Double?, _ family: DriftFamily
  ) -> String? {
    guard let least = leastPValue, let pValue, pValue <= least, let bound = request.minPValue,
      let adjusted, adjusted >= bound
    else { return nil }
    let what =
      request.test.pValueMethod == .permutation
      ? "\(Permutation(request.arguments).draws) permutations of \(request.test.id)"
      : request.test.id
    let words =
      "the p-value of \(request.test.id) is \(pValue.brief)\(family.words(adjusted)), the smallest that \(what) can show, "
      + "which cannot be told from the min_p_value of \(bound.brief)"
    guard request.test.pValueMethod == .permutation else { return words + "; take another test" }
    let wanted = (Double(max(1, family.tests)) / bound).rounded(.up)
    return words + "; raise 'permutations' to \(Int(min(100_000, wanted)))"
      + (wanted > 100_000 ? ", or take a test with a distribution of its own" : "")
  }
}

extension DriftFailure {
  /// What becomes of a check without a figure.
  fileprivate func decision(_ test: String) -> (Outcome, String) {
    switch self {
    case .undefined(let reason): (.error, "\(test) is undefined: \(reason)")
    case .tooFew(let reason): (.inconclusive, reason)
    case .unread(let mistake): (.error, mistake.sentence)
    }
  }
}
