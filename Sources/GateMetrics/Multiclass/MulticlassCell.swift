import GateCore

extension Metric.Multiclass {
  /// One cell of the confusion matrix.
  static let confusionCell = Metric(
    "confusion_cell", task: .multiclass, aliases: ["confusion_matrix"],
    summary: "How many rows of one class were decided to be of one class, or which share of rows.",
    direction: .neither,
    range: 0 ... .infinity,
    formula:
      "c (none), c / rows (all), c / rows of true_class (true), c / rows decided predicted_class "
      + "(predicted); c the weight of the rows of true_class decided predicted_class",
    source: "scikit-learn confusion_matrix with normalize",
    undefined: ["The rows it would be a share of are none.", "There is no class of such a name."],
    parameters: [
      Parameter("true_class", "What the rows are.", .text, required: true),
      Parameter("predicted_class", "What the rows were decided to be.", .text, required: true),
      Parameter(
        "normalize",
        "A count (none), or a share: of all rows, of those of true_class, or of those decided "
          + "predicted_class.", .choice(["none", "all", "true", "predicted"]), standard: "none"),
    ],
    measure: .multiclass { sample, arguments throws(Undefined) in
      let label = try sample.index(arguments, "true_class")
      let decision = try sample.index(arguments, "predicted_class")
      let count = sample.confusion[label * sample.classes.count + decision]
      switch arguments.text("normalize") ?? "none" {
      case "none": return count
      case "all": return count / sample.confusion.sum
      case "true":
        return try share(
          count, of: sample.supports[label],
          orElse: PositiveClass.named(sample.classes[label]).hasNoRows)
      case "predicted":
        return try share(
          count, of: sample.cells[decision].predictedPositives,
          orElse: PositiveClass.named(sample.classes[decision]).isNeverPredicted)
      case let other: throw Undefined("'normalize' is '\(other)', not none, all, true or predicted")
      }
    },
    examples: [
      Metric.Example(.outcomesOfSix, repaidAsLate(nil), gives: 1),
      Metric.Example(.outcomesOfSix, repaidAsLate("all"), gives: 1.0 / 6),
      Metric.Example(.outcomesOfSix, repaidAsLate("true"), gives: 1.0 / 3),
      Metric.Example(.outcomesOfSix, repaidAsLate("predicted"), gives: 0.5),
      Metric.Example(.allRepaid, repaidAsLate("predicted"), gives: nil),
      Metric.Example(.outcomesOfSix, gives: nil),
    ])

  /// The arguments for loans that were repaid and expected to be late.
  private static func repaidAsLate(_ normalize: String?) -> Arguments {
    var arguments = Arguments(texts: ["true_class": "repaid", "predicted_class": "late"])
    arguments.texts["normalize"] = normalize
    return arguments
  }
}

extension MulticlassSample {
  /// The index of the class that a parameter names.
  fileprivate func index(_ arguments: Arguments, _ parameter: String) throws(Undefined) -> Int {
    guard let name = arguments.text(parameter) else {
      throw Undefined("'\(parameter)' is missing: the name of a class")
    }
    return try index(of: name)
  }
}
