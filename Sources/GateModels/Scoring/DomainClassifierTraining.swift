package import GateCore

/// Trains LightGBM to tell current rows from the reference, on one half of the rows, and scores the other; both ways, in
/// two worker processes at once.
///
/// Which rows and halves those are is `DomainClassifierHalves`'. A null of a category is a category of its own; a null number
/// is a missing value. A leaf has 20 rows at least and a category that is split on 100, as LightGBM has it, or a tenth of
/// the rows that are learned from where that is less.
///
/// - Parameters:
///   - request: The rows and how to learn.
///   - executable: The absolute path of this program.
///   - temporary: A folder in which the workers' own empty folders are made.
/// - Throws: `Undefined` where a side has fewer than two rows; a `Diagnostic` for a library that is missing, and for a
///   worker that crashed, took too long or wanted too much memory.
package func trainDomainClassifier(
  _ request: DomainClassifierRequest, executable: String, temporary: String
) throws -> DomainClassifierResult {
  let halves = try DomainClassifierHalves(request)
  let features = request.rows.features
  let workers = try [false, true].map { isSecond in
    try TrainingClient(
      TrainingJob(request, halves, scoring: isSecond), limits: request.limits,
      executable: executable,
      temporary: temporary)
  }
  for feature in features {
    let values = try TrainingJob.Feature(feature, halves)
    for worker in workers { try worker.send(.feature(values)) }
    for worker in workers { try worker.wantReady() }
  }
  for worker in workers { try worker.send(.learn) }
  let outcomes = try workers.map { try $0.outcome() }
  let isCurrent = halves.isCurrent
  let folds = zip([false, true], outcomes).map { isSecond, outcome in
    DomainClassifierResult.Fold(
      scores: outcome.scores,
      isCurrent: isCurrent.indices.filter { halves.isSecond[$0] == isSecond }.map { isCurrent[$0] })
  }
  let sum = outcomes.reduce(0) { $0 + $1.gains.reduce(0, +) }
  let shares = features.indices.map { place in
    sum > 0 ? outcomes.reduce(0) { $0 + $1.gains[place] } / sum : 0
  }
  return DomainClassifierResult(
    folds: folds,
    features: zip(features, shares).map { DomainClassifierResult.Feature($0.name, share: $1) },
    settings: settings(request, halves, workers[0].job))
}

/// How it was made, for the report.
private func settings(
  _ request: DomainClassifierRequest, _ halves: DomainClassifierHalves, _ job: TrainingJob
) -> [JSON.Member] {
  let (n, m) = request.rows.counts
  return [
    JSON.Member("classifier", "lightgbm"),
    JSON.Member(
      "rows_drawn",
      .object([
        JSON.Member("reference", .integer(halves.reference.count)),
        JSON.Member("of_reference", .integer(n)),
        JSON.Member("current", .integer(halves.current.count)),
        JSON.Member("of_current", .integer(m)),
      ])),
    JSON.Member("rounds", .integer(request.rounds)),
    JSON.Member("leaves", .integer(request.leaves)),
    JSON.Member("learning_rate", .number(DomainClassifierRequest.learningRate)),
    JSON.Member("min_data_in_leaf", .integer(job.leafRows)),
    JSON.Member("min_data_per_group", .integer(job.categoryRows)),
    JSON.Member("seed", .integer(Int(request.seed))),
  ]
}

extension TrainingJob {
  /// What one worker learns: `scoring` says which half it scores.
  fileprivate init(
    _ request: DomainClassifierRequest, _ halves: DomainClassifierHalves, scoring isSecond: Bool
  ) {
    let learned = halves.isSecond.count { $0 != isSecond }
    self.init(
      memory: request.limits.memory, seconds: 0, rounds: request.rounds, leaves: request.leaves,
      leafRows: max(1, min(20, learned / 10)), categoryRows: max(1, min(100, learned / 10)),
      seed: Int(request.seed & 0x7fff_ffff), features: request.rows.features.count,
      isCurrent: halves.isCurrent, isScored: halves.isSecond.map { $0 == isSecond })
  }
}

extension TrainingJob.Feature {
  /// The values of the rows that are taken; throws for a feature of another number of rows.
  fileprivate init(
    _ feature: DriftRows.Feature, _ halves: DomainClassifierHalves
  ) throws(Diagnostic) {
    func taken<T>(_ reference: [T], _ current: [T]) throws(Diagnostic) -> [T] {
      guard Int(halves.reference.last ?? -1) < reference.count,
        Int(halves.current.last ?? -1) < current.count
      else { throw Diagnostic("'\(feature.name)' has fewer rows than the first feature") }
      return halves.reference.map { reference[Int($0)] } + halves.current.map { current[Int($0)] }
    }
    switch feature.values {
    case .numbers(let reference, let current):
      self = .numbers(try taken(reference, current))
    case .categories(let reference, let current, let names):
      let null = Int32(names.count)
      self = .categories(try taken(reference, current).map { $0 < 0 ? null : $0 })
    }
  }
}

/// A worker process that learns one job.
private final class TrainingClient {
  private let process: WorkerProcess
  let job: TrainingJob

  /// Starts a worker and gives it all of the job but the features.
  init(
    _ job: TrainingJob, limits: ModelLimits, executable: String, temporary: String
  ) throws(Diagnostic) {
    process = try WorkerProcess(
      WorkerProcess.Purpose(
        task: "trains the domain classifier", subject: "the domain classifier", limits: limits,
        tooSlow: "let the test have fewer 'rows' or 'rounds'",
        tooLarge: "let the test have fewer 'rows'", broken: "the library of LightGBM is broken"),
      executable: executable, temporary: temporary)
    var job = job
    job.seconds = process.seconds
    self.job = job
    try send(.job(job))
    try wantReady()
  }

  /// Sends a message whose answer is read later, so that both workers work at once.
  func send(_ message: Message) throws(Diagnostic) { try process.send(message) }

  /// Reads an answer that says no more than that it is done.
  func wantReady() throws(Diagnostic) {
    guard case .ready = try process.answer() else { throw WireReader.broken }
  }

  /// What was learned, as many numbers as there must be.
  func outcome() throws(Diagnostic) -> TrainingJob.Outcome {
    guard case .learned(let outcome) = try process.answer(),
      outcome.scores.count == job.isScored.count(where: \.self),
      outcome.gains.count == job.features,
      outcome.scores.allSatisfy({ (0...1).contains($0) }),
      outcome.gains.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { throw WireReader.broken }
    return outcome
  }
}
