import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The names that people know lead to ours, and to one thing each.
@Suite struct NamingTests {
  /// A kind of definition within which a name must mean one thing.
  private static let lists: [(name: String, names: [Naming])] =
    TaskKind.allCases.map { task in
      ("\(task) metrics", Metrics.all.filter { $0.task == task }.map { Naming($0.id, $0.aliases) })
    }
    + TaskKind.allCases.map { task in
      (
        "\(task) fairness metrics",
        FairnessMetrics.named.filter { $0.task == task }.map {
          Naming($0.id, $0.aliases)
        }
      )
    } + [
      ("drift tests", DriftTests.all.map { Naming($0.id, $0.aliases) }),
      (
        "column checks",
        SchemaChecks.all.filter { $0.subject == .column }.map { Naming($0.id, $0.aliases) }
      ),
      (
        "table checks",
        SchemaChecks.all.filter { $0.subject == .table }.map { Naming($0.id, $0.aliases) }
      ),
    ]

  /// Names that the field gives to two things; a hint names both.
  private static let ambiguous: Set<String> = ["prauc", "auprc", "aucpr", "eod"]

  @Test("no other name is the name of another thing of its kind, nor its other name")
  func noCollisions() {
    for (list, names) in Self.lists {
      var owners: [String: [String]] = [:]
      for name in names {
        for word in Set(([name.id] + name.aliases).map(\.folded)) {
          owners[word, default: []].append(name.id)
        }
      }
      for (word, ids) in owners where ids.count > 1 && !Self.ambiguous.contains(word) {
        Issue.record("'\(word)' of the \(list) is \(ids.sorted().joined(separator: " and "))")
      }
    }
  }

  @Test(
    "a name of another tool leads to ours",
    arguments: [
      (TaskKind.binary, "auc", "roc_auc"), (.binary, "AUROC", "roc_auc"),
      (.binary, "roc_auc_score", "roc_auc"), (.binary, "mcc", "matthews_corrcoef"),
      (.binary, "F1-Score", "f1"), (.binary, "ece", "expected_calibration_error"),
      (.binary, "ap", "average_precision"), (.binary, "accuracy_score", "accuracy"),
      (.binary, "logloss", "log_loss"), (.binary, "neg_log_loss", "log_loss"),
      (.binary, "brier", "brier_score"), (.binary, "tpr", "recall"),
      (.binary, "sensitivity", "recall"), (.binary, "fpr", "false_positive_rate"),
      (.binary, "ks", "ks_separation"), (.binary, "precision@k", "precision_at_top"),
      (.multiclass, "macro_f1", "f1_macro"), (.multilabel, "accuracy", "subset_accuracy"),
      (.regression, "rmse", "root_mean_squared_error"),
      (.regression, "mse", "mean_squared_error"),
      (.regression, "mae", "mean_absolute_error"), (.regression, "r2_score", "r2"),
      (.regression, "R^2", "r2"), (.ranking, "map@k", "map"), (.ranking, "NDCG@10", "ndcg"),
      (.text, "bleu_score", "bleu"), (.text, "wer", "word_error_rate"),
      (.text, "chrF++", "chrf++"), (.text, "rougeL", "rouge_l"),
      (.regression, "pearson_correlation", "pearson"),
      (.regression, "spearman_correlation", "spearman"), (.regression, "mean_bias", "mean_error"),
      (.binary, "mcc_score", "matthews_corrcoef"), (.binary, "qwk", "cohen_kappa_score"),
      (.multiclass, "quadratic_weighted_kappa", "cohen_kappa_score"),
    ])
  func metrics(task: TaskKind, word: String, id: String) {
    let names = Metrics.all.filter { $0.task == task }.map { Naming($0.id, $0.aliases) }
    #expect(word.meant(among: names).map(\.id) == [id])
    #expect(word.hint(among: names)?.hasPrefix("'\(word)' is called '\(id)' here") == true)
  }

  @Test(
    "a name of another tool leads to the drift test, fairness metric or check",
    arguments: [
      ("js", "jensen_shannon"), ("js_divergence", "jensen_shannon"), ("psi_score", "psi"),
      ("dpd", "demographic_parity_difference"), ("PSI", "psi"), ("kl_div", "kl_divergence"),
      ("chi2", "chi_square"),
      ("wasserstein_distance", "wasserstein"), ("spd", "demographic_parity_difference"),
      ("statistical_parity_difference", "demographic_parity_difference"),
      ("equalized_odds", "equalized_odds_difference"), ("four_fifths_rule", "disparate_impact"),
      ("expect_column_values_to_not_be_null", "not_null"),
      ("expect_column_values_to_be_in_set", "in_set"), ("isin", "in_set"),
      ("expect_table_row_count_to_be_between", "row_count"),
    ])
  func others(word: String, id: String) {
    let found = Self.lists.dropFirst(TaskKind.allCases.count).flatMap { list in
      word.meant(among: list.names).map(\.id)
    }
    #expect(Set(found) == [id], "\(found)")
  }

  @Test(
    "a metric's other name leads to what is made of its groups' values",
    arguments: [
      (TaskKind.regression, "mae_difference", "mean_absolute_error_difference"),
      (.regression, "rmse_ratio", "root_mean_squared_error_ratio"),
      (.binary, "auc_difference", "roc_auc_difference"),
      (.binary, "f1_score_group_min", "f1_group_min"),
    ])
  func groups(task: TaskKind, word: String, id: String) {
    let names = FairnessMetrics.all(task: task).map(\.naming)
    #expect(word.meant(among: names).map(\.id) == [id])
  }

  @Test(
    "what is said names what is meant, two things where there are two, and the rank that was cut at"
  )
  func hints() {
    let names = [
      Naming("average_precision", ["pr_auc"]), Naming("precision_recall_auc", ["pr_auc"]),
      Naming("ndcg", keys: ["k"]), Naming("r2", ["r2_score"], refusal: "is for regression tasks"),
      Naming("parity_difference"), Naming("parity_ratio"),
    ]
    #expect(
      "pr_auc".hint(among: names)
        == "'pr_auc' is 'average_precision' or 'precision_recall_auc' here; "
        + "'gatewright explain pr_auc' tells them apart")
    #expect(
      "ndcg@10".hint(among: names)
        == "'ndcg@10' is called 'ndcg' here, with 'k: 10' beside its limits")
    #expect(
      "r2_score".hint(among: names)
        == "'r2_score' is called 'r2' here and is for regression tasks")
    #expect("parity".hint(among: names) == "did you mean 'parity_difference' or 'parity_ratio'?")
    #expect("avrage_precision".hint(among: names) == "did you mean 'average_precision'?")
    #expect("nonsense".hint(among: names) == nil)
    let twice = [Naming("hamming_loss"), Naming("hamming_loss"), Naming("hamming_loss_difference")]
    #expect(
      "hamming".hint(among: twice) == "did you mean 'hamming_loss' or 'hamming_loss_difference'?")
    #expect("hamming-loss".hint(among: twice)?.hasPrefix("'hamming-loss' is called ") == true)
    #expect(
      "qwk".hint(among: [Naming("cohen_kappa_score", ["qwk"], keys: ["weights"])])
        == "'qwk' is called 'cohen_kappa_score' here, with 'weights: quadratic' beside its limits")
  }

  @Test("the editors' schema of a manifest and of a schema name the other names")
  func editors() {
    guard case .record(let keys) = Manifest.shape(task: nil, in: .test) else {
      Issue.record("a manifest is no mapping")
      return
    }
    let manifest = Shape.manifestSchema(keys).text
    for words in ["Also called: auc, auroc", "Also called: js, jsd", "Also called: target, y"] {
      #expect(manifest.contains(words), "\(words)")
    }
    #expect(
      TableSchema.jsonSchema.text.contains("Also called: expect_column_values_to_not_be_null"))
  }
}
