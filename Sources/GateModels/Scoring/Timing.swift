package import GateCore
import GateSystem

/// How long one row takes each of some models: the models in worker processes of their own, in rounds, so that whatever
/// else the machine does hits all of them.
///
/// Every round scores the same first rows one by one; which model goes first is drawn. Each scores the rows once before
/// anything counts; the very first of them is told apart.
///
/// - Throws: What `score` throws.
package func timeModels(
  _ models: [ModelSource], _ plan: TimingPlan, of table: any Table, executable: String,
  temporary: String
) throws(Diagnostic) -> [Role: ModelTimes] {
  var timed: [TimedModel] = []
  for model in models {
    timed.append(
      try TimedModel(model, plan, of: table, executable: executable, temporary: temporary))
  }
  var random = RandomSource(seed: plan.seed, stream: 0)
  for _ in 0..<plan.rounds {
    var order = Array(timed.indices)
    for place in order.indices.dropFirst().reversed() {
      order.swapAt(place, random.index(below: UInt32(place + 1)))
    }
    for place in order { try timed[place].measure() }
  }
  return Dictionary(timed.map { ($0.role, $0.times) }) { first, _ in first }
}

/// A model that is open, and what it took so far.
private struct TimedModel {
  let role: Role
  private let worker: WorkerClient
  private let batch: [Column]
  private(set) var times: ModelTimes

  /// Opens the model, reads the rows and has it score the first of them.
  init(
    _ model: ModelSource, _ plan: TimingPlan, of table: any Table, executable: String,
    temporary: String
  ) throws(Diagnostic) {
    role = model.role
    let start = Subprocess.now
    worker = try WorkerClient(model, executable: executable, temporary: temporary)
    let load = Double(Subprocess.now - start) * 1e-9
    let inputs = try ModelInputs(worker.description, model: model, of: table)
    batch = try inputs.prepared(try firstRows(plan.rows, of: table, inputs.expressions))
    let nulls = zip(batch, inputs.kinds).filter { !$1.takesNulls && $0.firstNull != nil }
    if let name = nulls.first?.0.name {
      throw Diagnostic(
        "\(model.role) takes no nulls in '\(name)', and the rows to time have one",
        hint: "say what stands for it under models.\(model.role).derive")
    }
    let rows = batch.first?.count ?? 0
    let warm = try worker.time(batch, rows: rows, repeats: 1)
    times = ModelTimes(
      loadSeconds: load, firstSeconds: Double(warm.first ?? 0) * 1e-9, rounds: [])
  }

  /// One round.
  mutating func measure() throws(Diagnostic) {
    times.rounds.append(try worker.time(batch, rows: batch.first?.count ?? 0, repeats: 1))
  }
}

/// The first rows of a table.
private func firstRows(
  _ count: Int, of table: any Table, _ expressions: [String]
) throws(Diagnostic) -> [Column] {
  var found: [Column] = []
  do {
    try table.scan(expressions, batch: count) { columns in
      found = columns
      throw Enough()
    }
  } catch is Enough {
  } catch let error as Diagnostic {
    throw error
  } catch {
    throw Diagnostic("could not read the rows of '\(table.name)': \(error)")
  }
  return found
}

/// Says that a scan has given what was wanted.
private struct Enough: Error {}
