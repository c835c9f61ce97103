import GateBackends
import GateGit
import GateModels
import GateSystem
import GateTables
import GateYAML
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// A manifest that says nearly all a manifest can say, its schema and its lock; and what comes of editing one of them.
enum PolicyFixture {
  /// One edit of the text of all three, and what must come of it.
  struct Edit: Sendable, CustomTestStringConvertible {
    /// What a person would call it.
    let name: String
    let old: String
    let new: String
    /// Of a loosening one, the beginning of the place that is told.
    var place = ""

    init(_ name: String, _ old: String, _ new: String, _ place: String = "") {
      (self.name, self.old, self.new, self.place) = (name, old, new, place)
    }

    var testDescription: String { name }
  }

  static let manifest = """
    version: 1
    name: loan-default
    task: binary
    positive: 1
    data:
      holdout: {path: data/holdout.csv, label: defaulted, id: application_id, weight: exposure}
      reference: {path: data/train.csv}
      current: {path: data/recent.csv}
      derive:
        debt_ratio: debt / nullif(income, 0)
        is_young: age < 25
    models:
      champion: {from: models/champion.onnx}
      candidate:
        from: models/candidate.onnx
        features: [income, age, debt_ratio]
        derive: {region: "coalesce(region, 'unknown')"}
    decision: {threshold: 0.5}
    metrics:
      mistakes: {formula: fp + 5 * fn, direction: lower_is_better, unit: EUR, summary: What errors cost.}
    slices:
      - column: sex
      - {name: age_band, column: age, bins: [25, 40, 60]}
      - {name: new_seniors, where: age >= 60 AND months_known < 6}
    gates:
      - gate: schema
        file: schemas/loan.yaml
      - gate: performance
        confidence: 0.95
        metrics:
          roc_auc: {min: 0.85}
          log_loss: {max: 0.35, confidence: none}
          recall: {min: 0.6, slices: all, min_rows: 100}
          f_beta: {beta: 2, min: 0.5, confidence: 0.9, slices: [sex, age_band]}
          mistakes: {max: 5000, confidence: none}
      - gate: champion
        confidence: 0.95
        seed: 7
        metrics:
          roc_auc: {max_drop: 0.005}
          average_precision: {min_gain: 0}
        flips: {max_negative: 0.02}
      - gate: fairness
        by: [sex, age_band, [sex, region]]
        small_groups: error
        min_rows: 5
        metrics:
          demographic_parity_difference: {max: 0.1}
          equalized_odds_difference: {max: 0.1, max_increase: 0.02, agg: worst_case}
      - gate: drift
        features: {psi: {max: 0.2}, ks: {min_p_value: 0.01}}
        columns: [age, income]
        share_drifted: {max: 0.3}
        prediction: {jensen_shannon: {max: 0.1}}
      - gate: latency
        single_row: {p99_ms: {max: 5}, vs_champion: {max_ratio: 1.2}}
      - gate: size
        metrics: {model_bytes: {max: 10MB}}
    error_control: holm
    waivers:
      - {check: fairness/x/region=north, reason: few rows, approved_by: ann, until: 2027-01-31, max_value: 0.15}
    plugins: {locked: true}
    trust: [python]
    reports: {junit: build/gatewright.xml}
    limits: {time: 5min}
    policy: {label: gate-change}

    """

  static let schema = """
    version: 1
    strict: false
    columns:
      application_id: {type: integer, unique: true, not_null: true}
      income: {type: number, between: {min: 0, max: 10000000}, null_share: {max: 0.05}}
      region: {type: string, in_set: {values: [north, south], mostly: 0.99}}
      fax: {presence: optional, type: string}
    table: {row_count: {min: 1000}}

    """

  /// The digests of a lock.
  static let lock = ["gates/rules/gate.yaml": "aa", "gates/rules/rules.py": "bb"]

  /// Manifest and schema after an edit, which must be of one of them; throws what the program would refuse.
  static func document(_ edit: Edit? = nil) throws -> PolicyDocument {
    guard let edit else { return try unedited.get() }
    var (manifest, schema) = (Self.manifest, Self.schema)
    let isOfSchema = !manifest.contains(edit.old)
    #expect((isOfSchema ? schema : manifest).contains(edit.old), "\(edit.old)")
    if isOfSchema {
      schema.replace(edit.old, with: edit.new, maxReplacements: 1)
    } else {
      manifest.replace(edit.old, with: edit.new, maxReplacements: 1)
    }
    return try document(manifest: manifest, schema: schema)
  }

  /// Manifest and schema as they are, read once for all tests.
  private static let unedited = Result { try document(manifest: manifest) }
  /// What a manifest with the metrics of that one may say.
  private static let shape = Result {
    Manifest.shape(task: .binary, in: .live, own: try own(unedited.get()))
  }

  /// What the program accepts of such texts; every schema file that is named is that one.
  static func document(
    manifest: String, schema: String = schema, plugins: [String: String]? = lock
  ) throws -> PolicyDocument {
    let node = try parseYAML(Array(manifest.utf8), name: "gatewright.yaml")
    let file = try parseYAML(Array(schema.utf8), name: "loan.yaml")
    var schemas: [String: Node] = [:]
    for gate in node["gates"]?.items ?? [] {
      if let path = gate["file"]?.text { schemas[path] = file }
    }
    _ = try Manifest(node, in: .live) { _ throws(Diagnostics) in file }
    return PolicyDocument(node, schemas: schemas, plugins: plugins)
  }

  /// What a proposal changes of a base.
  static func changes(_ base: PolicyDocument, _ proposed: PolicyDocument) throws -> [PolicyChange] {
    let usual = try document()
    let isUsual = [base, proposed].allSatisfy { document in
      PolicyPair(
        place: "metrics", base: usual.manifest["metrics"], proposed: document.manifest["metrics"],
        shape: nil
      ).isSame
    }
    if isUsual { return base.changes(to: proposed, shape: try shape.get()) }
    let mine = try own(base)
    let more = try own(proposed).filter { metric in !mine.contains { $0.id == metric.id } }
    return base.changes(
      to: proposed, shape: Manifest.shape(task: .binary, in: .live, own: mine + more))
  }

  /// The metrics that a manifest makes itself.
  private static func own(_ document: PolicyDocument) throws -> [Metric] {
    try Manifest(document.manifest, in: .live) { path throws(Diagnostics) in
      document.schemas[path] ?? document.manifest
    }.metrics
  }
}
