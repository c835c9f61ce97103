/// What gates read: values only, nothing writes it.
public struct Evidence: Sendable {
  public let task: TaskKind
  public let hasChampion: Bool
  /// Rows of the holdout.
  public let rows: Int
  /// Which cluster each row of the holdout is of; nil: every row stands for itself.
  public let clusters: [Int32]?
  /// Columns of the holdout with a meaning.
  public let roles: SchemaQuestion.Roles
  /// Now in UTC, as `2026-11-20T10:41:10Z`.
  public let now: String
  /// The tables that are the reference's very bytes, so that nothing can be compared.
  var ownReferences: Set<String> = []
  /// Whether both models are one, so that equal answers are certain.
  var isOneModel = true
  /// The limits that a gate's are corrected with; nil: none are. Known where a gate judges.
  var family: ErrorFamily?
  private let tables: [String: Result<any Table, Diagnostic>]
  private let samples: [Role: Result<Sample, Diagnostic>]
  private let slices: [Slice: Result<SlicedRows, Diagnostic>]
  private let columns: [RowColumn.Key: Result<Arguments.RowValues, Diagnostic>]
  /// What the candidate takes; nil: its scores were made elsewhere.
  private let taken: Result<ModelFeatures?, Diagnostic>
  private let predicted: [String: Result<[PredictedColumn], Diagnostic>]
  private let otherwise: [Counterfactuals.Question: Result<Counterfactuals, Diagnostic>]
  /// Trains a classifier to tell two tables apart.
  public let separate: @Sendable (SeparationRequest) throws -> Separation

  public init(
    task: TaskKind, hasChampion: Bool, rows: Int, samples: [Role: Result<Sample, Diagnostic>],
    slices: [Slice: Result<SlicedRows, Diagnostic>] = [:], clusters: [Int32]? = nil,
    columns: [RowColumn.Key: Result<Arguments.RowValues, Diagnostic>] = [:],
    tables: [String: Result<any Table, Diagnostic>] = [:],
    roles: SchemaQuestion.Roles = SchemaQuestion.Roles(), now: String = "",
    features: Result<ModelFeatures?, Diagnostic> = .success(nil),
    predictions: [String: Result<[PredictedColumn], Diagnostic>] = [:],
    counterfactuals: [Counterfactuals.Question: Result<Counterfactuals, Diagnostic>] = [:],
    separate: @escaping @Sendable (SeparationRequest) throws -> Separation = { _ in
      throw Diagnostic("nothing here trains classifiers")
    }
  ) {
    (taken, predicted, self.separate) = (features, predictions, separate)
    otherwise = counterfactuals
    self.task = task
    self.hasChampion = hasChampion
    self.rows = rows
    self.samples = samples
    self.slices = slices
    self.clusters = clusters
    self.columns = columns
    self.tables = tables
    self.roles = roles
    self.now = now
  }

  /// The values of a column by row of the holdout; throws why there are none.
  public func values(of column: RowColumn) throws(Diagnostic) -> Arguments.RowValues {
    guard let values = columns[column.key] else {
      throw Diagnostic("the column '\(column.sql)' was not read", at: column.mark)
    }
    return try values.get()
  }

  /// One model's answers on all rows; throws why there are none.
  public func sample(_ role: Role) throws(Diagnostic) -> Sample {
    guard let sample = samples[role] else { throw Diagnostic("there is no \(role.rawValue)") }
    return try sample.get()
  }

  /// What the candidate takes, in its order; nil where its scores were made elsewhere. Throws why that is not known.
  public func features() throws(Diagnostic) -> ModelFeatures? { try taken.get() }

  /// What the candidate answers on the rows of a table; throws why that is not known.
  public func predictions(of table: String) throws(Diagnostic) -> [PredictedColumn] {
    guard let columns = predicted[table] else {
      throw Diagnostic("the candidate was not scored on the table '\(table)'")
    }
    return try columns.get()
  }

  /// What a model would answer were an attribute of the rows another; throws why that is not known.
  public func counterfactuals(
    _ question: Counterfactuals.Question
  ) throws(Diagnostic) -> Counterfactuals {
    guard let answers = otherwise[question] else {
      throw Diagnostic(
        "the \(question.role.rawValue) was not asked what it would answer were "
          + "'\(question.attribute.name)' another")
    }
    return try answers.get()
  }

  /// An open table; `current` is the holdout where the manifest names no other. Throws why there is none.
  public func table(_ name: String) throws(Diagnostic) -> any Table {
    if let table = tables[name] { return try table.get() }
    guard name == "current", let holdout = tables["holdout"] else {
      throw Diagnostic(
        "there is no table '\(name)'", hint: "add 'data.\(name)' to the manifest")
    }
    return try holdout.get()
  }

  /// Why evidence is missing, each reason once, those of the models first.
  var mistakes: [Diagnostic] {
    let ofModels = Role.allCases.compactMap { role -> Diagnostic? in
      if case .failure(let mistake)? = samples[role] { mistake } else { nil }
    }
    let ofSlices = slices.sorted { $0.key.name < $1.key.name }.compactMap {
      _, rows -> Diagnostic? in
      if case .failure(let mistake) = rows { mistake } else { nil }
    }
    let ofColumns = columns.sorted { $0.key.sql < $1.key.sql }.compactMap {
      _, values -> Diagnostic? in
      if case .failure(let mistake) = values { mistake } else { nil }
    }
    return (ofModels + ofSlices + ofColumns).unique
  }

  /// A check of outcome `error` for every declared slice that cannot be read and that no gate asks for.
  func unread(_ manifest: Manifest) -> [Check] {
    // Without rows nothing is read, and every check says why already.
    if rows == 0 { return [] }
    let asked = Set(manifest.gates.flatMap(\.gate.needs.slices))
    return manifest.slices.filter { !asked.contains($0) }.compactMap { slice in
      guard case .failure(let mistake)? = slices[slice] else { return nil }
      return Check(id: "slices/\(slice.name)", gate: "slices", outcome: .error, message: "")
        .failing(.error, mistake)
    }
  }

  /// Which rows are of which group; throws why that cannot be said.
  public func rows(of slice: Slice) throws(Diagnostic) -> SlicedRows {
    guard let rows = slices[slice] else {
      throw Diagnostic("the slice '\(slice.name)' was not read")
    }
    return try rows.get()
  }
}

extension Sample {
  /// One model's answers beside the truth; a decision is made at `threshold`.
  ///
  /// Throws a `Diagnostic` when there are not as many answers as rows.
  public init(_ truth: Truth, _ predictions: Predictions, threshold: Double) throws(Diagnostic) {
    let threshold = predictions.isSingle ? Double(Float(threshold)) : threshold
    switch (truth.labels, predictions.values) {
    case (.binary(let positives), .scores(let scores)) where scores.count == truth.rows:
      self = .binary(
        BinarySample(
          scores: scores, positives: positives, weights: truth.weights, threshold: threshold))
    case (.binary(let positives), .decisions(let decisions)) where decisions.count == truth.rows:
      self = .binary(
        BinarySample(
          scores: decisions.map { $0 == 1 ? 1 : 0 }, positives: positives, weights: truth.weights,
          threshold: 0.5, hasScores: false))
    case (.multiclass(let labels), .probabilities(let rows))
    where rows.count == truth.rows * truth.classes.count:
      self = .multiclass(
        MulticlassSample(
          classes: truth.classes, probabilities: rows, labels: labels, weights: truth.weights))
    case (.multiclass(let labels), .decisions(let decisions)) where decisions.count == truth.rows:
      self = .multiclass(
        MulticlassSample(
          classes: truth.classes, probabilities: [], labels: labels, decisions: decisions,
          weights: truth.weights))
    case (.regression(let targets), .scores(let values)) where values.count == truth.rows:
      self = .regression(
        RegressionSample(
          targets: targets, predictions: values, spread: predictions.spread,
          weights: truth.weights))
    case (.multilabel(let labels), .probabilities(let rows)) where rows.count == labels.count:
      self = .multilabel(
        MultilabelSample(
          names: truth.classes, scores: rows, labels: labels, threshold: threshold,
          weights: truth.weights))
    case (.ranking(let relevance, let queries), .scores(let scores))
    where scores.count == truth.rows:
      self = .ranking(
        RankingSample(
          relevance: relevance, scores: scores, queries: queries, weights: truth.weights))
    case (.text(let references), .texts(let texts)) where texts.count == truth.rows:
      self = .text(TextSample(references: references, predictions: texts, weights: truth.weights))
    default:
      throw Diagnostic(
        "the model's answers are not \(truth.rows) rows of what this task wants")
    }
  }
}
