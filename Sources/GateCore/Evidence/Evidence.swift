/// What gates read: values only, nothing writes it.
package struct Evidence: Sendable {
  package let task: TaskKind
  package let hasChampion: Bool
  /// Rows of the holdout.
  package let rows: Int
  /// Which cluster each row of the holdout is of; nil: every row stands for itself.
  package let clusters: [Int32]?
  /// Columns of the holdout with a meaning.
  package let roles: ColumnRoles
  /// Now in UTC, as `2026-11-20T10:41:10Z`.
  package let now: String
  /// The tables that are the reference's very bytes, so that nothing can be compared.
  package var ownReferences: Set<String> = []
  /// Whether both models are one, so that equal answers are certain.
  package var isOneModel = true
  /// The limits that a gate's are corrected with; nil: none are. Known where a gate judges.
  package var family: ErrorFamily?
  private let tables: [String: Result<any Table, Diagnostic>]
  private let samples: [Role: Result<Sample, Diagnostic>]
  private let slices: [Slice: Result<SlicedRows, Diagnostic>]
  private let columns: [RowColumn.Key: Result<Arguments.RowValues, Diagnostic>]
  /// What the candidate takes; nil: its scores were made elsewhere.
  private let taken: Result<ModelFeatures?, Diagnostic>
  private let predicted: [String: Result<[PredictedColumn], Diagnostic>]
  private let otherwise: [Counterfactuals.Question: Result<Counterfactuals, Diagnostic>]
  /// Trains a classifier to tell two tables apart.
  package let trainDomainClassifier:
    @Sendable (DomainClassifierRequest) throws -> DomainClassifierResult

  package init(
    task: TaskKind, hasChampion: Bool, rows: Int, samples: [Role: Result<Sample, Diagnostic>],
    slices: [Slice: Result<SlicedRows, Diagnostic>] = [:], clusters: [Int32]? = nil,
    columns: [RowColumn.Key: Result<Arguments.RowValues, Diagnostic>] = [:],
    tables: [String: Result<any Table, Diagnostic>] = [:],
    roles: ColumnRoles = ColumnRoles(), now: String = "",
    features: Result<ModelFeatures?, Diagnostic> = .success(nil),
    predictions: [String: Result<[PredictedColumn], Diagnostic>] = [:],
    counterfactuals: [Counterfactuals.Question: Result<Counterfactuals, Diagnostic>] = [:],
    trainDomainClassifier:
      @escaping @Sendable (DomainClassifierRequest) throws -> DomainClassifierResult = { _ in
        throw Diagnostic("nothing here trains classifiers")
      }
  ) {
    (taken, predicted, self.trainDomainClassifier) = (features, predictions, trainDomainClassifier)
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
  package func values(of column: RowColumn) throws(Diagnostic) -> Arguments.RowValues {
    guard let values = columns[column.key] else {
      throw Diagnostic("the column '\(column.sql)' was not read", at: column.mark)
    }
    return try values.get()
  }

  /// One model's answers on all rows; throws why there are none.
  package func sample(_ role: Role) throws(Diagnostic) -> Sample {
    guard let sample = samples[role] else { throw Diagnostic("there is no \(role.rawValue)") }
    return try sample.get()
  }

  /// What the candidate takes, in its order; nil where its scores were made elsewhere. Throws why that is not known.
  package func features() throws(Diagnostic) -> ModelFeatures? { try taken.get() }

  /// What the candidate answers on the rows of a table; throws why that is not known.
  package func predictions(of table: String) throws(Diagnostic) -> [PredictedColumn] {
    guard let columns = predicted[table] else {
      throw Diagnostic("the candidate was not scored on the table '\(table)'")
    }
    return try columns.get()
  }

  /// What a model would answer were an attribute of the rows another; throws why that is not known.
  package func counterfactuals(
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
  package func table(_ name: String) throws(Diagnostic) -> any Table {
    if let table = tables[name] { return try table.get() }
    guard name == "current", let holdout = tables["holdout"] else {
      throw Diagnostic(
        "there is no table '\(name)'", hint: "add 'data.\(name)' to the manifest")
    }
    return try holdout.get()
  }

  /// Why evidence is missing, each reason once, those of the models first.
  package var mistakes: [Diagnostic] {
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

  /// Why a slice that was asked for cannot be read; nil: it can, or nobody asked.
  package func mistake(in slice: Slice) -> Diagnostic? {
    if case .failure(let mistake)? = slices[slice] { mistake } else { nil }
  }

  /// Which rows are of which group; throws why that cannot be said.
  package func rows(of slice: Slice) throws(Diagnostic) -> SlicedRows {
    guard let rows = slices[slice] else {
      throw Diagnostic("the slice '\(slice.name)' was not read")
    }
    return try rows.get()
  }
}
