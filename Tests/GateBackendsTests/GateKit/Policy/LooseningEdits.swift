/// Edits of the fixture that let more pass, each with the place that must be told.
enum LooseningEdits {
  typealias Edit = PolicyFixture.Edit

  static let all = ofGates + ofOthers + ofSchema

  static let ofGates = [
    Edit("a lower min", "{min: 0.85}", "{min: 0.8}", "gates.performance.metrics.roc_auc.min"),
    Edit(
      "a hardly lower min", "{min: 0.85}", "{min: 0.8499}", "gates.performance.metrics.roc_auc.min"),
    Edit("a higher max", "{max: 0.35, ", "{max: 0.36, ", "gates.performance.metrics.log_loss.max"),
    Edit(
      "a max for a min", "{min: 0.85}", "{max: 0.85, min: 0.1}",
      "gates.performance.metrics.roc_auc.min"),
    Edit(
      "a metric gone", "      log_loss: {max: 0.35, confidence: none}\n", "",
      "gates.performance.metrics.log_loss"),
    Edit(
      "another metric by the name of one", "roc_auc: {min: 0.85}", "average_precision: {min: 0.85}",
      "gates.performance.metrics.roc_auc"),
    Edit(
      "a slice gone", "slices: [sex, age_band]", "slices: [sex]",
      "gates.performance.metrics.f_beta.slices"),
    Edit(
      "no slices", "slices: all, min_rows", "min_rows", "gates.performance.metrics.recall.slices"),
    Edit(
      "more rows wanted of a slice", "min_rows: 100", "min_rows: 1000",
      "gates.performance.metrics.recall.min_rows"),
    Edit(
      "fewer rows wanted of all", "min_rows: 100", "min_rows: 10",
      "gates.performance.metrics.recall.min_rows"),
    Edit("a metric's parameter", "beta: 2", "beta: 1", "gates.performance.metrics.f_beta.beta"),
    Edit(
      "a metric's own threshold", "{beta: 2,", "{threshold: 0.1, beta: 2,",
      "gates.performance.metrics.f_beta.threshold"),
    Edit(
      "less confidence of a metric", "confidence: 0.9,", "confidence: 0.8,",
      "gates.performance.metrics.f_beta.confidence"),
    Edit(
      "no confidence of a metric", "min: 0.5, confidence: 0.9", "min: 0.5, confidence: none",
      "gates.performance.metrics.f_beta.confidence"),
    Edit(
      "less confidence of a gate", "- gate: performance\n    confidence: 0.95",
      "- gate: performance\n    confidence: 0.9", "gates.performance"),
    Edit(
      "no confidence of a gate", "- gate: performance\n    confidence: 0.95", "- gate: performance",
      "gates.performance"),
    Edit(
      "a gate gone", "  - gate: size\n    metrics: {model_bytes: {max: 10MB}}\n", "", "gates.size"),
    Edit(
      "a gate that blocks no more", "- gate: size", "- gate: size\n    blocking: false",
      "gates.size.blocking"),
    Edit(
      "another gate by the id of one", "- gate: size\n    metrics: {model_bytes: {max: 10MB}}",
      "- gate: champion\n    id: size\n    metrics: {accuracy: {max_drop: 0.5}}", "gates.size.gate"),
    Edit("a gate of another id", "- gate: size", "- gate: size\n    id: bytes", "gates.size"),
    Edit(
      "a larger drop", "max_drop: 0.005", "max_drop: 0.05",
      "gates.champion.metrics.roc_auc.max_drop"),
    Edit(
      "no gain", "average_precision: {min_gain: 0}", "average_precision: {max_drop: 0.1}",
      "gates.champion.metrics.average_precision.min_gain"),
    Edit(
      "more flips", "max_negative: 0.02", "max_negative: 0.2", "gates.champion.flips.max_negative"),
    Edit("no flips", "    flips: {max_negative: 0.02}\n", "", "gates.champion.flips"),
    Edit("another seed", "seed: 7", "seed: 8", "gates.champion.seed"),
    Edit(
      "more resamples", "seed: 7", "seed: 7\n    replicates: 5000",
      "gates.champion.replicates"),
    Edit(
      "a group gone", "by: [sex, age_band, [sex, region]]", "by: [sex, age_band]",
      "gates.fairness.by"),
    Edit("a cross of others", "[sex, region]]", "[sex, age_band]]", "gates.fairness.by"),
    Edit(
      "small groups left out", "small_groups: error", "small_groups: skip",
      "gates.fairness"),
    Edit(
      "undefined groups left out", "small_groups: error",
      "small_groups: error\n    undefined_groups: skip",
      "gates.fairness.undefined_groups"),
    Edit(
      "less increase held", ", max_increase: 0.02", "",
      "gates.fairness.metrics.equalized_odds_difference.max_increase"),
    Edit(
      "the mean of rates", "agg: worst_case", "agg: mean",
      "gates.fairness.metrics.equalized_odds_difference.agg"),
    Edit(
      "fairness without confidence", "small_groups: error",
      "small_groups: error\n    confidence: none", "gates.fairness"),
    Edit("more drift", "psi: {max: 0.2}", "psi: {max: 0.3}", "gates.drift.features.psi.max"),
    Edit(
      "a smaller p-value", "min_p_value: 0.01", "min_p_value: 0.001",
      "gates.drift.features.ks.min_p_value"),
    Edit("a test of drift gone", "psi: {max: 0.2}, ", "", "gates.drift.features.psi"),
    Edit(
      "a condition for drift", "ks: {min_p_value: 0.01}}", "and: {ks: {min_p_value: 0.01}}}",
      "gates.drift.features"),
    Edit("a column gone", "columns: [age, income]", "columns: [age]", "gates.drift.columns"),
    Edit(
      "a column more, of which few drift", "columns: [age, income]",
      "columns: [age, income, region]", "gates.drift.columns"),
    Edit(
      "a larger share", "share_drifted: {max: 0.3}", "share_drifted: {max: 0.5}",
      "gates.drift.share_drifted"),
    Edit(
      "more p-values in one correction", "psi: {max: 0.2},",
      "psi: {max: 0.2}, total_variation: {max: 0.1}, chi_square: {min_p_value: 0.01},",
      "gates.drift.features.chi_square"),
    Edit(
      "other control of drift", "columns: [age, income]",
      "columns: [age, income]\n    error_control: bonferroni", "gates.drift.error_control"),
    Edit(
      "a slower row", "p99_ms: {max: 5}", "p99_ms: {max: 50}", "gates.latency.single_row.p99_ms.max"
    ),
    Edit(
      "a larger ratio", "max_ratio: 1.2", "max_ratio: 2",
      "gates.latency.single_row.vs_champion.max_ratio"),
    Edit("a larger file", "10MB", "11MB", "gates.size.metrics.model_bytes.max"),
    Edit("weaker control", "error_control: holm", "error_control: bh", "error_control"),
    Edit("no control", "error_control: holm\n", "", "error_control"),
    Edit(
      "a family of its own", "- gate: champion", "- gate: champion\n    error_control: holm",
      "gates.champion.error_control"),
  ]

  static let ofOthers = [
    Edit(
      "another holdout", "holdout: {path: data/holdout.csv", "holdout: {path: data/easy.csv",
      "data.holdout.path"),
    Edit("another label", "label: defaulted", "label: approved", "data.holdout.label"),
    Edit("another id", "id: application_id", "id: row", "data.holdout.id"),
    Edit("another weight", "weight: exposure", "weight: income", "data.holdout.weight"),
    Edit("no weight", ", weight: exposure", "", "data.holdout.weight"),
    Edit(
      "another reference", "path: data/train.csv", "path: data/recent.csv", "data.reference.path"),
    Edit(
      "other current rows", "current: {path: data/recent.csv}", "current: {path: data/holdout.csv}",
      "data.current.path"),
    Edit("no current rows", "  current: {path: data/recent.csv}\n", "", "data.current"),
    Edit(
      "texts for numbers", "label: defaulted", "types: {income: text}, label: defaulted",
      "data.holdout.types"),
    Edit(
      "a derived column of another meaning", "debt / nullif(income, 0)", "0 * debt",
      "data.derive.debt_ratio"),
    Edit("a derived column gone", "    is_young: age < 25\n", "", "data.derive.is_young"),
    Edit(
      "a column the base names", "is_young: age < 25", "is_young: age < 25\n    region: 'north'",
      "data.derive.region"),
    Edit("another positive class", "positive: 1", "positive: 0", "positive"),
    Edit("the positive class as a text", "positive: 1", "positive: \"1\"", "positive"),
    Edit("another champion", "models/champion.onnx", "models/weak.onnx", "models.champion.from"),
    Edit(
      "other features", "features: [income, age, debt_ratio]", "features: [income, age]",
      "models.candidate.features"),
    Edit(
      "features in another order", "features: [income, age, debt_ratio]",
      "features: [age, income, debt_ratio]", "models.candidate.features"),
    Edit(
      "an input of another meaning", "coalesce(region, 'unknown')", "region",
      "models.candidate.derive.region"),
    Edit(
      "a candidate that may read the label", "features: [", "may_read_label: true\n    features: [",
      "models.candidate.may_read_label"),
    Edit(
      "a candidate of scores made elsewhere",
      "from: models/candidate.onnx\n    features: [income, age, debt_ratio]\n    derive: {region: \"coalesce(region, 'unknown')\"}",
      "predictions: scores.csv\n    score: p", "models.candidate"),
    Edit("another threshold", "threshold: 0.5", "threshold: 0.4", "decision.threshold"),
    Edit(
      "a threshold of the candidate's own", "features: [", "threshold: 0.1\n    features: [",
      "models.candidate.threshold"),
    Edit("another formula", "fp + 5 * fn", "fp + 4 * fn", "metrics.mistakes.formula"),
    Edit("a slice gone", "  - column: sex\n", "", "slices.sex"),
    Edit("other bins", "bins: [25, 40, 60]", "bins: [25, 60]", "slices.age_band"),
    Edit("another condition", "months_known < 6", "months_known < 1", "slices.new_seniors"),
    Edit(
      "a new waiver", "waivers:\n",
      "waivers:\n  - {check: performance/roc_auc, reason: we ship anyway, approved_by: bob, until: 2026-12-31, seen: 0.7}\n",
      "waivers.performance/roc_auc"),
    Edit("a longer waiver", "2027-01-31", "2028-01-31", "waivers.fairness/x/region=north.until"),
    Edit(
      "a wider waiver", "max_value: 0.15", "max_value: 0.25",
      "waivers.fairness/x/region=north.max_value"),
    Edit(
      "a waiver of more checks", "fairness/x/region=north", "fairness/**", "waivers.fairness/**"),
    Edit(
      "a waiver of somebody else", "approved_by: ann", "approved_by: bob",
      "waivers.fairness/x/region=north.approved_by"),
    Edit("plugins that need no pin", "locked: true", "locked: false", "plugins.locked"),
    Edit("nothing of plugins", "plugins: {locked: true}\n", "", "plugins.locked"),
    Edit("another approval", "label: gate-change", "label: ok", "policy.label"),
    Edit(
      "the order of classes", "error_control: holm", "error_control: holm\nclasses: [0, 1]",
      "classes"),
  ]

  static let ofSchema = [
    Edit(
      "a check gone", ", not_null: true", "", "gates.schema.file.columns.application_id.not_null"),
    Edit(
      "wider bounds", "between: {min: 0,", "between: {min: -1,",
      "gates.schema.file.columns.income.between.min"),
    Edit(
      "no bound", "{min: 0, max: 10000000}", "{min: 0}",
      "gates.schema.file.columns.income.between.max"),
    Edit(
      "more nulls", "null_share: {max: 0.05}", "null_share: {max: 0.1}",
      "gates.schema.file.columns.income.null_share.max"),
    Edit(
      "a value more", "values: [north, south]", "values: [north, south, west]",
      "gates.schema.file.columns.region.in_set.values"),
    Edit(
      "less of it", "mostly: 0.99", "mostly: 0.9", "gates.schema.file.columns.region.in_set.mostly"),
    Edit(
      "rows that take no part", "mostly: 0.99", "mostly: 0.99, where: income > 0",
      "gates.schema.file.columns.region.in_set.where"),
    Edit(
      "a check that blocks not", "mostly: 0.99", "mostly: 0.99, blocking: false",
      "gates.schema.file.columns.region.in_set.blocking"),
    Edit(
      "another type", "income: {type: number", "income: {type: string",
      "gates.schema.file.columns.income.type"),
    Edit(
      "a column gone", "  region: {type: string, in_set: {values: [north, south], mostly: 0.99}}\n",
      "", "gates.schema.file.columns.region"),
    Edit(
      "a column that may be missing", "region: {type", "region: {presence: optional, type",
      "gates.schema.file.columns.region.presence"),
    Edit(
      "a column that is not looked at", "region: {type",
      "region: {deprecated: nobody reads it, type", "gates.schema.file.columns.region.deprecated"),
    Edit(
      "fewer rows", "row_count: {min: 1000}", "row_count: {min: 10}",
      "gates.schema.file.table.row_count.min"),
  ]
}
