package import GateCore

/// A model's answers for every row of a table, from a worker process of its own.
///
/// The names, the order and the types of the model's inputs are checked before anything is scored. Binary scores are
/// the probability of `model.classes[1]`; the columns of a model that does not name them stand in the order of the
/// manifest's `classes`, or else in the sorted order of the labels, as scikit-learn has them.
///
/// - Parameters:
///   - model: Which file, with what inputs, within which limits.
///   - table: The rows.
///   - executable: The absolute path of this program.
///   - temporary: A folder in which the worker's own empty folder is made.
/// - Throws: A `Diagnostic` for an input that does not fit, a score that is none, and a worker that crashed, took too
///   long or wanted too much memory.
package func score(
  _ model: ModelSource, rows table: any Table, executable: String, temporary: String
) throws(Diagnostic) -> Predictions {
  var found: Predictions?
  try scoreEach(model, [ModelRun { table }], executable: executable, temporary: temporary) {
    found = $1
  }
  guard let found else { throw Diagnostic("\(model.role) was not scored") }
  return found
}

/// A model's answers in several runs, one after another by one worker process, which may take as much longer.
///
/// - Parameter take: Is handed the place of each run and its answers.
/// - Throws: What `score` throws, and what `take` does.
package func scoreEach(
  _ model: ModelSource, _ runs: [ModelRun], executable: String, temporary: String,
  _ take: (Int, Predictions) throws -> Void
) throws(Diagnostic) {
  var model = model
  model.limits.seconds = min(1e9, model.limits.seconds * Double(max(1, runs.count)))
  let worker = try WorkerClient(model, executable: executable, temporary: temporary)
  for (place, run) in runs.enumerated() {
    do {
      try take(place, try score(model, run, by: worker, checksModel: place == 0))
    } catch { throw Diagnostic.of(error) }
  }
}

/// The answers of one run.
private func score(
  _ model: ModelSource, _ run: ModelRun, by worker: WorkerClient, checksModel: Bool
) throws -> Predictions {
  let table = try run.rows()
  let inputs = try ModelInputs(worker.description, model: model, of: table)
  let described = worker.description.answers
  if checksModel {
    try refuseLabel(inputs, model, table)
    try refuseOtherTask(described, model)
    try refuseMargins(described, model)
    try refuseLink(described, model)
  }
  var answers = OutputDecoder(model: model, description: described)
  var unseen = UnseenShares()
  var nulls = MissingValues()
  var row = 0
  try scan(table, inputs.expressions, batch: run.batch) { (columns) throws(Diagnostic) in
    let batch = try inputs.prepared(columns)
    nulls.count(batch, inputs: inputs, from: row)
    let rows = batch.first?.count ?? 0
    if nulls.isEmpty, rows > 0 {
      let answer = try worker.score(batch, rows: rows)
      try answers.append(answer.scores, from: row)
      unseen.add(answer.unseen, from: row)
    }
    row += rows
  }
  try nulls.check(model)
  var predictions = try answers.predictions()
  if !run.mayBeUnseen {
    let missed = try unseen.check(inputs, model, described, rows: row)
    predictions.scoring.merge(missed) { first, _ in first }
  }
  predictions.runtime = worker.description.runtime
  predictions.runtimeVersion = worker.description.runtimeVersion
  predictions.features = inputs.names
  let usage = try worker.usage()
  predictions.peakMemory = usage.peakMemory
  if let scorer = usage.scorer { predictions.scoring["scorer"] = scorer.visible }
  return predictions
}

/// Scans a table, whatever it throws made a `Diagnostic`.
private func scan(
  _ table: any Table, _ expressions: [String], batch: Int,
  _ body: ([Column]) throws(Diagnostic) -> Void
) throws(Diagnostic) {
  do {
    try table.scan(expressions, batch: batch) { columns in try body(columns) }
  } catch let error as Diagnostic {
    throw error
  } catch {
    throw Diagnostic("could not read the rows of '\(table.name)': \(error)")
  }
}

/// Nulls in inputs that take none.
private struct MissingValues {
  private var counts: [String: (first: Int, count: Int)] = [:]

  /// Whether none was seen.
  var isEmpty: Bool { counts.isEmpty }

  /// Counts those of a batch that starts at `row`.
  mutating func count(_ columns: [Column], inputs: ModelInputs, from row: Int) {
    for (column, kind) in zip(columns, inputs.kinds) where !kind.takesNulls {
      guard let first = column.firstNull, let validity = column.validity else { continue }
      let found = validity.count { !$0 }
      let before = counts[column.name] ?? (first: row + first, count: 0)
      counts[column.name] = (before.first, before.count + found)
    }
  }

  /// Says which input has the first null.
  func check(_ model: ModelSource) throws(Diagnostic) {
    let first = counts.min { ($0.value.first, $0.key) < ($1.value.first, $1.key) }
    guard let (name, found) = first else { return }
    let rows = found.count == 1 ? "1 row has" : "\(found.count) rows have"
    throw Diagnostic(
      "\(model.role) takes no nulls in '\(name)', and \(rows) one; the first is row "
        + "\(found.first + 1)",
      hint: "say what stands for it: models.\(model.role).derive: {\(name.yaml): "
        + "coalesce(\(name.sqlName), …)".singleQuotedYAML + "}")
  }
}
