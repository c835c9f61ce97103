/// Mistakes in what a metric takes beside its limits: shares, classes, labels, scales.
extension ManifestTests {
  /// All of them.
  static let ofParameters: [(text: String, message: String, hint: String?)] = [
    (
      gates("      ↓\n      lift_at_top: {min: 1.5}"),
      "'share' or 'count' is missing: how many rows the top has", nil
    ),
    (
      gates(
        "                                ↓\n"
          + "      lift_at_top: {share: 0.1, count: 20, min: 1.5}"),
      "'share' and 'count' exclude each other", nil
    ),
    (
      several(
        "                               ↓\n      recall: {average: macro, class: low, min: 0.5}"),
      "'average' and 'class' exclude each other", nil
    ),
    (
      several(
        "                                  ↓\n"
          + "      roc_auc: {multi_class: ovo, class: low, min: 0.5}"),
      "'class' and 'multi_class: ovo' exclude each other", nil
    ),
    (
      several("                      ↓\n      recall: {class: lowe, min: 0.5}"),
      "there is no class 'lowe'", "did you mean 'low'?"
    ),
    (
      several(
        "                                                         ↓\n"
          + "      confusion_cell: {true_class: low, predicted_class: x, max: 5}"),
      "there is no class 'x'", "there are: low, mid"
    ),
    (
      flags("                      ↓\n      recall: {label: freud, min: 0.5}"),
      "there is no label 'freud'", "did you mean 'fraud'?"
    ),
    (
      flags("                             ↓\n      f1: {average: samples, label: late, min: 0.5}"),
      "'average' and 'label' exclude each other", nil
    ),
    (
      scored(
        "multiclass", "label: outcome", "scores: {low: l, mid: m}",
        "                      ↓\n      recall: {class: lowe, min: 0.5}"),
      "there is no class 'lowe'", "did you mean 'low'?"
    ),
    (
      numbers("      ↓\n      mean_absolute_scaled_error: {max: 1}"),
      "'scale' or 'naive' is missing", nil
    ),
    (
      numbers(
        "                                             ↓\n"
          + "      mean_absolute_scaled_error: {scale: 2, naive: last, max: 1}"),
      "'scale' and 'naive' exclude each other", nil
    ),
  ]

  /// A multiclass manifest whose classes are known.
  static func several(_ metrics: String) -> String {
    gates(metrics).replacing("task: binary", with: "task: multiclass\nclasses: [low, mid]")
  }

  /// A multilabel manifest.
  static func flags(_ metrics: String) -> String {
    scored("multilabel", "labels: [fraud, late]", "scores: {fraud: f, late: l}", metrics)
  }

  /// A manifest of numbers.
  static func numbers(_ metrics: String) -> String {
    scored("regression", "label: lost", "score: s", metrics)
  }

  /// A manifest whose scores were made elsewhere.
  private static func scored(
    _ task: String, _ label: String, _ scores: String, _ metrics: String
  ) -> String {
    """
    version: 1
    name: loan-default
    task: \(task)
    data:
      holdout: {path: holdout.csv, \(label)}
    models:
      candidate: {predictions: scores.csv, \(scores)}

    """ + "gates:\n  - gate: performance\n    metrics:\n" + metrics
  }
}
