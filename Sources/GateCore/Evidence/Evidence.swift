/// What metrics are measured on: both models' answers, the rows of slices and columns of the holdout; values only.
package struct Evidence: Sendable {
  package let task: TaskKind
  package let hasChampion: Bool
  /// Rows of the holdout.
  package let rows: Int
  /// Which cluster each row of the holdout is of; nil: every row stands for itself.
  package let clusters: [Int32]?
  /// Whether both models are one, so that equal answers are certain.
  package let isOneModel: Bool
  /// The limits that a gate's are corrected with; nil: none are. Known where a gate judges.
  package var family: ErrorFamily?
  private var samples: [Role: Result<Sample, Diagnostic>]
  private let slices: [Slice: Result<SlicedRows, Diagnostic>]
  private let columns: [RowColumn.Key: Result<Arguments.RowValues, Diagnostic>]

  package init(
    task: TaskKind, hasChampion: Bool, rows: Int, samples: [Role: Result<Sample, Diagnostic>],
    slices: [Slice: Result<SlicedRows, Diagnostic>] = [:], clusters: [Int32]? = nil,
    columns: [RowColumn.Key: Result<Arguments.RowValues, Diagnostic>] = [:],
    isOneModel: Bool = true
  ) {
    (self.task, self.hasChampion, self.rows) = (task, hasChampion, rows)
    (self.samples, self.slices, self.columns) = (samples, slices, columns)
    (self.clusters, self.isOneModel) = (clusters, isOneModel)
  }

  /// What programs gave of each model, by the metric's id and the model.
  package var programs: [String: [Role: Result<ProgramFigures, Diagnostic>]] = [:]

  /// The same as a metric sees it: of one that a program gives its figures stand in place of the models' answers.
  package func seen(by metric: Metric) -> Evidence {
    guard metric.program != nil else { return self }
    var evidence = self
    for role in samples.keys {
      evidence.samples[role] = Result { () throws(Diagnostic) in
        guard let figures = programs[metric.id]?[role] else {
          throw Diagnostic("the program of '\(metric.id)' was not run on the \(role.rawValue)")
        }
        let (sample, values) = (try sample(role), try figures.get().values)
        return .regression(
          RegressionSample(
            targets: [Double](repeating: 0, count: sample.count),
            predictions: sample.rows.map { values[Int($0)] },
            weights: sample.rowWeightsByPlace, rows: sample.rows))
      }
    }
    return evidence
  }

  /// The same in a family of limits.
  package func corrected(in family: ErrorFamily?) -> Evidence {
    var evidence = self
    evidence.family = family
    return evidence
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

  /// Why evidence is missing, each reason once, those of the models first.
  package var mistakes: [Diagnostic] {
    let ofModels = Role.allCases.compactMap { samples[$0]?.failure }
    let ofSlices = slices.sorted { $0.key.name < $1.key.name }.compactMap(\.value.failure)
    let ofPrograms = programs.sorted { $0.key < $1.key }.flatMap { metric in
      Role.allCases.compactMap { metric.value[$0]?.failure }
    }
    let ofColumns = columns.sorted { $0.key.sql < $1.key.sql }.compactMap(\.value.failure)
    return (ofModels + ofSlices + ofPrograms + ofColumns).unique
  }

  /// Why a slice that was asked for cannot be read; nil: it can, or nobody asked.
  package func mistake(in slice: Slice) -> Diagnostic? { slices[slice]?.failure }

  /// Which rows are of which group; throws why that cannot be said.
  package func rows(of slice: Slice) throws(Diagnostic) -> SlicedRows {
    guard let rows = slices[slice] else {
      throw Diagnostic("the slice '\(slice.name)' was not read")
    }
    return try rows.get()
  }
}

/// What a program gave of one model.
package struct ProgramFigures: Sendable {
  /// A figure for every row of the holdout; of a program that gives one alone, the same for each.
  package let values: [Double]
  /// What was run, for the record.
  package let record: [JSON.Member]
  package init(values: [Double], record: [JSON.Member]) {
    (self.values, self.record) = (values, record)
  }
}
