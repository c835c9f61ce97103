/// Keeping the chance of a wrong statement down where there are many.
///
/// A limit that is judged with confidence c comes to one of two statements, that its bound is satisfied or that it is violated,
/// each wrong with a chance of at most (1 - c) / 2. Of twenty such limits at 0.95, each a hair beyond its bound in truth,
/// some one passes in up to 40 of 100 runs. So the statements are held together: the p-values of the "satisfied"
/// statements of all m limits are corrected as m tests, and so are those of the "violated" ones, with the p-value of the side
/// that a limit's value does not lie on taken as 1. Both are ordinary families of m one-sided tests, so that with `holm` or
/// `bonferroni` the chance of any wrong pass is at most (1 - c) / 2 however the limits depend on each other, and the chance
/// of any wrong failure too. One family of both sides would find a little more with Holm's steps, and does not keep that
/// promise (Shaffer, Annals of Statistics 8, 1980, on directional errors).
///
/// With several confidences in one family each statement is held against its own level; the promise is then that of the
/// largest level.
extension ErrorControl {
  /// What a gate, or the manifest, may write.
  package static let parameter = parameter(
    "How the number of limits judged with confidence is corrected for.", standard: .none)

  /// The same of other statements.
  package static func parameter(_ summary: String, standard: ErrorControl) -> Parameter {
    Parameter(
      "error_control", summary, .choice(allCases.map(\.rawValue)), standard: standard.rawValue)
  }

  /// Its name for people.
  package var title: String {
    switch self {
    case .holm: "Holm"
    case .bonferroni: "Bonferroni"
    case .bh: "Benjamini-Hochberg"
    case .by: "Benjamini-Yekutieli"
    case .none: "none"
    }
  }

  /// The checks of one family decided again, with the report of the family; nil without control or without such a check.
  package func apply(to checks: inout [Check], of family: (Check) -> Bool, named name: String)
    -> MultipleTestingReport?
  {
    guard self != .none else { return nil }
    let places = checks.indices.filter { checks[$0].judgement != nil && family(checks[$0]) }
    let statements = places.flatMap { checks[$0].judgement?.statements ?? [] }
    guard !statements.isEmpty else { return nil }
    let adjusted = adjusted(statements)
    var corrected = MultipleTestingReport(family: name, method: self, tests: [])
    for place in places {
      guard let judgement = checks[place].judgement else { continue }
      let start = corrected.tests.count
      for statement in judgement.statements {
        let pValue = adjusted[corrected.tests.count]
        corrected.tests.append(
          MultipleTestingReport.Test(
            check: checks[place].id, limit: statement.limit, statement: statement.claim,
            pValue: statement.pValue, adjustedPValue: pValue, level: statement.level,
            isDecided: statement.isByValue
              || statement.outcome != .inconclusive && pValue <= statement.level))
      }
      var next = start
      (checks[place].outcome, checks[place].message) = judgement.decide { statement in
        defer { next += 1 }
        if corrected.tests[next].isDecided { return (statement.outcome, statement.sentence) }
        return (
          .inconclusive, statement.sentence + sentence(statement, next, statements, adjusted[next])
        )
      }
    }
    return corrected
  }

  /// The corrected p-values, each among the statements of its own side.
  private func adjusted(_ statements: [Statement]) -> [Double] {
    var adjusted = [Double](repeating: 1, count: statements.count)
    for claim in MultipleTestingReport.Claim.allCases {
      let sided = statements.map { $0.claim == claim ? $0.pValue : 1 }
      // Every p-value lies in 0...1, so there is nothing to throw.
      guard let corrected = try? self.adjusted(sided) else { continue }
      for index in statements.indices where statements[index].claim == claim {
        adjusted[index] = corrected[index]
      }
    }
    return adjusted
  }

  /// Why a statement does not stand.
  private func sentence(
    _ statement: Statement, _ index: Int, _ all: [Statement], _ adjusted: Double
  ) -> String {
    guard statement.pValue < 1 else { return "" }
    let limits = all.count == 1 ? "1 limit" : "\(all.count) limits"
    var text =
      "; its p-value is \(statement.pValue.brief), by \(title) over \(limits) "
      + "\(adjusted.brief), above \(statement.level.brief)"
    var most = all
    most[index] = statement.at(statement.smallestPValue)
    if let replicates = statement.replicates, self.adjusted(most)[index] > statement.level {
      let wanted = wantedReplicates(statement.level, all.count)
      text +=
        "; \(replicates) resamples cannot show enough, "
        + (wanted > Certainty.mostReplicates
          ? "nor can \(Certainty.mostReplicates), the most there may be"
          : "and 'replicates: \(wanted)' could")
    }
    return text
  }

  /// Draws of a bootstrap with which one statement of `count` can stand whatever the others say.
  func wantedReplicates(_ level: Double, _ count: Int) -> Int {
    let harmonic = (1...max(1, count)).reduce(0) { $0 + 1 / Double($1) }
    let factor = self == .none ? 1 : self == .by ? Double(count) * harmonic : Double(count)
    // The slack keeps a bound that the draws reach exactly from being missed by rounding.
    return Int((factor / level * (1 + 1e-9)).rounded(.up))
  }
}

extension Statement {
  /// Draws of the bootstrap that it rests on; nil: it rests on a formula.
  fileprivate var replicates: Int? {
    smallestPValue > 1e-6 ? Int((1 / smallestPValue).rounded()) - 1 : nil
  }

  /// The same with another p-value.
  fileprivate func at(_ pValue: Double) -> Statement {
    Statement(
      limit: limit, outcome: outcome, claim: claim, pValue: pValue,
      smallestPValue: smallestPValue, level: level, test: test, statistic: statistic,
      sentence: sentence)
  }
}
