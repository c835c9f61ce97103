import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// A metric that cannot tell models apart on some rows has no value on them, so that no comparison passes.
@Suite struct BlindMetricTests {
  /// Rows whose labels are all the same, or with `negative` the other way round.
  static func alike(_ task: TaskKind, _ negative: Bool) -> Rows {
    var rows = Rows(seed: 5, task: task, count: 60)
    rows.positives = rows.positives.map { _ in !negative }
    rows.labels = rows.labels.map { _ in negative ? 2 : 0 }
    rows.targets = rows.targets.map { _ in negative ? 0 : 2 }
    return rows
  }

  /// Other answers to the same rows.
  static func answeredOtherwise(_ rows: Rows, seed: UInt64) -> Rows {
    var other = rows
    let random = Rows(seed: seed, task: rows.task, count: rows.scores.count)
    // As far apart as the targets, so that an interval about them takes a target in or leaves it out.
    other.scores = random.scores.map { rows.task == .regression ? $0 * 6 - 2 : $0 }
    other.probabilities = random.probabilities
    return other
  }

  /// Metrics that are the same for all models on such rows and are right to be: each with the reason.
  static let exceptions: [String: String] = [
    "brier_uncertainty": "a number of the labels alone, which compares no models on any rows",
    "prevalence": "a number of the labels alone",
    "true_positives": "a count: there are none to find", "true_negatives": "a count",
    "false_positives": "a count", "false_negatives": "a count",
    "confusion_cell": "a count",
    "precision":
      "of the rows decided positive, the share that is: none, or all, of those there are",
    "precision_weighted": "the same by class", "precision_macro": "the same by class",
    "false_discovery_rate": "as precision", "false_omission_rate": "of the rows decided negative",
    "negative_predictive_value": "of the rows decided negative",
    "mean_interval_width": "a number of the predictions alone",
    "coverage": "a number of what is shown, not of what is liked",
    "personalization": "a number of what is shown", "diversity": "a number of what is shown",
    "novelty": "a number of what is shown", "exposure_gini": "a number of what is shown",
    "popularity_bias": "a number of what is shown",
  ]

  @Test(arguments: Metrics.all.filter { $0.task != .text && !$0.comparesModels }.map(Named.init))
  func `labels that are all the same tell no models apart, or the metric says so`(
    _ named: Named
  ) throws {
    if Self.exceptions[named.metric.id] != nil { return }
    for negative in [false, true] {
      let rows = Self.alike(named.metric.task, negative)
      let values = try (1..<8).map { seed in
        try named.value(on: Self.answeredOtherwise(rows, seed: UInt64(seed)))
      }
      let known = values.compactMap(\.self)
      guard let first = known.first else { continue }
      #expect(
        known.contains { abs($0 - first) > 1e-12 * max(abs($0), abs(first)) },
        "\(named) is \(first) whatever a model answers, on labels that are all \(negative ? "0" : "1")"
      )
    }
  }

  @Test(
    arguments: [
      ["这笔贷款的收入太低了", "没有收入证明"], ["Доход слишком мал", "Нет справки о доходах за 2023 год"],
      ["収入が低すぎます", "証明がありません"], ["รายได้ต่ำเกินไปสำหรับเงินกู้นี้", "ไม่มีหลักฐานรายได้"],
      ["The income is too low.", "这笔贷款的收入太低了"],
    ])
  func `ROUGE says that it reads other letters than these`(references: [String]) {
    for metric in Metrics.all where metric.id.hasPrefix("rouge") {
      let arguments = metric.examples.first?.arguments ?? Arguments()
      for predictions in [references, references.map { _ in "?" }] {
        #expect(throws: Undefined.self, "\(metric.id)") {
          try metric.value(
            on: .text(TextSample(references: references, predictions: predictions)), arguments)
        }
      }
    }
  }

  @Test(
    arguments: [
      ["这笔贷款的收入太低了", "没有收入证明"], ["収入が低すぎます", "証明がありません"],
      ["รายได้ต่ำเกินไปสำหรับเงินกู้นี้", "ไม่มีหลักฐานรายได้ของผู้สมัครรายนี้"],
    ])
  func `metrics of words say that these texts have none, and say what to take`(
    references: [String]
  ) {
    let sample = Sample.text(TextSample(references: references, predictions: references))
    for (id, advice) in [
      ("bleu", "tokenize: char"), ("sentence_bleu", "tokenize: char"),
      ("length_ratio", "tokenize: char"), ("word_error_rate", "character_error_rate"),
      ("token_f1", "chrf"),
    ] {
      guard let metric = Metrics.all.first(where: { $0.id == id && $0.task == .text }) else {
        Issue.record("there is no \(id)")
        continue
      }
      do {
        let value = try metric.value(on: sample, Arguments())
        Issue.record("\(id) is \(value)")
      } catch { #expect(error.reason.contains(advice), "\(id): \(error.reason)") }
    }
    for (id, arguments) in [
      ("bleu", Arguments(texts: ["tokenize": "char"])), ("chrf", Arguments()),
      ("character_error_rate", Arguments()), ("exact_match", Arguments()),
    ] {
      let metric = Metrics.all.first { $0.id == id && $0.task == .text }
      #expect(throws: Never.self, "\(id)") { try metric?.value(on: sample, arguments) }
    }
  }

  @Test(
    arguments: [
      ["Le café est fermé à midi.", "Élève doué"], ["Gewährt wird früh am Tag", "Größe"],
      ["Nie można spłacić pożyczki", "Brak dowodu"],
      ["12 345", "the loan is far too large"],
    ])
  func `texts in letters of ours are read`(references: [String]) {
    let sample = Sample.text(TextSample(references: references, predictions: references))
    for metric in Metrics.text where !metric.comparesModels {
      let arguments = metric.examples.first?.arguments ?? Arguments()
      #expect(throws: Never.self, "\(metric.id)") { try metric.value(on: sample, arguments) }
    }
  }

  @Test func `texts whose words stand apart are read as words`() throws {
    let references = ["今天 天气 很 好 我们 去 公园", "这 笔 贷款 的 收入 太 低"]
    let sample = Sample.text(TextSample(references: references, predictions: references))
    for id in ["bleu", "word_error_rate", "token_f1"] {
      let metric = try #require(Metrics.all.first { $0.id == id && $0.task == .text })
      #expect(throws: Never.self, "\(id)") { try metric.value(on: sample, Arguments()) }
    }
  }
}
