import GateCore

/// Six applications as two models see them: the first goes from right to wrong, the next two from wrong to right, the
/// others stay right, right and wrong.
extension Sample {
  /// The candidate's answers.
  static func pairNow(_ task: TaskKind) -> Sample {
    switch task {
    case .binary: binary(scores: [0.3, 0.7, 0.1, 0.2, 0.8, 0.6], positives: pairPositives)
    case .multiclass:
      pairClasses(["late", "late", "defaulted", "repaid", "late", "late"])
    case .multilabel: pairLabels([false, true, true, true, true, false])
    case .text: pairTexts(["b", "b", "a", "a", "b", "b"])
    case .regression, .ranking: regression([1, 2, 3, 4], predictions: [1, 2, 3, 4])
    }
  }

  /// The champion's.
  static func pairBefore(_ task: TaskKind) -> Sample {
    switch task {
    case .binary: binary(scores: [0.8, 0.4, 0.6, 0.2, 0.9, 0.7], positives: pairPositives)
    case .multiclass: pairClasses(["repaid", "repaid", "late", "repaid", "late", "late"])
    case .multilabel: pairLabels([true, false, false, true, true, false])
    case .text: pairTexts(["a", "a", "b", "a", "b", "b"])
    case .regression, .ranking: regression([1, 2, 3, 4], predictions: [2, 2, 5, 4])
    }
  }

  /// A champion that scores every row alike.
  static func pairConstant(_ task: TaskKind) -> Sample {
    task == .binary
      ? binary(scores: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1], positives: pairPositives)
      : regression([1, 2, 3, 4], predictions: [0.1, 0.1, 0.1, 0.1])
  }

  private static let pairPositives = [1, 1, 0, 0, 1, 0]

  /// Each decision at three times the probability of any other.
  private static func pairClasses(_ decisions: [String]) -> Sample {
    let classes = ["repaid", "late", "defaulted"]
    return multiclass(
      classes, labels: ["repaid", "late", "defaulted", "repaid", "late", "defaulted"],
      probabilities: decisions.map { decision in classes.map { $0 == decision ? 0.6 : 0.2 } })
  }

  /// Every application is late and none is fraud; those that are right are said to be late.
  private static func pairLabels(_ right: [Bool]) -> Sample {
    .multilabel(
      MultilabelSample(
        names: ["late", "fraud"], scores: right.flatMap { [$0 ? 0.8 : 0.3, 0.1] },
        labels: right.flatMap { _ in [true, false] }))
  }

  /// Answers of a letter.
  private static func pairTexts(_ answers: [String]) -> Sample {
    .text(TextSample(references: ["a", "b", "a", "a", "b", "a"], predictions: answers))
  }
}
