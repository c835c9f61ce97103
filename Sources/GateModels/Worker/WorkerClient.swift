package import GateCore

/// A worker process that holds a model.
package final class WorkerClient {
  private let process: WorkerProcess
  private let model: ModelSource
  package let description: ModelDescription
  /// The process id of the worker.
  var pid: Int32 { process.pid }

  /// Starts a worker in an empty folder below `temporary` and has it open the model.
  package init(
    _ model: ModelSource, executable: String, temporary: String
  ) throws(Diagnostic) {
    self.model = model
    let runtime: Runtime
    if let named = model.runtime {
      runtime = try Runtimes.named(named)
      try Runtimes.refusePrograms(path: model.artifact.path, uri: model.artifact.uri)
    } else {
      runtime = try Runtimes.detect(path: model.artifact.path, uri: model.artifact.uri)
    }
    try Runtimes.refuseForeign(model.options, runtime, model.role)
    process = try WorkerProcess(
      WorkerProcess.Purpose(
        task: "scores \(model.role)", subject: "\(model.role)", limits: model.limits,
        tooSlow: "raise its time limit, or look at the model",
        tooLarge: "raise its memory limit, or look at the model",
        broken: "the model or its library is broken"),
      executable: executable, temporary: temporary)
    let request = OpenRequest(
      path: WorkerProcess.absolute(model.artifact.path), sha256: model.artifact.sha256,
      name: model.artifact.uri, runtime: runtime.id, task: model.task, options: model.options,
      memory: model.limits.memory, seconds: process.seconds,
      threads: model.limits.threads)
    guard case .described(let description) = try process.ask(.open(request)) else {
      throw WireReader.broken
    }
    self.description = description
  }

  /// The answers for a batch, and what of it the model has never seen.
  func score(
    _ columns: [Column], rows: Int
  ) throws(Diagnostic) -> (scores: RawScores, unseen: [UnseenCategories]) {
    guard case .scored(let scores, let unseen) = try process.ask(.score(columns, rows: rows)) else {
      throw WireReader.broken
    }
    let count =
      switch scores {
      case .numbers(let values, let width, _): values.count / width
      case .labels(let codes, _), .labelled(_, _, let codes, _): codes.count
      }
    guard count == rows else {
      throw Diagnostic("\(model.role) gave \(count) answers for \(rows) rows")
    }
    guard unseen.allSatisfy({ columns.indices.contains($0.input) && (0..<rows).contains($0.row) })
    else {
      throw WireReader.broken
    }
    return (scores, unseen)
  }

  /// The most bytes of memory that the process has had at once (nil: the system does not tell), and what scored the rows
  /// where that may be the trees or the library.
  func usage() throws(Diagnostic) -> (peakMemory: Int?, scorer: String?) {
    guard case .used(let bytes, let scorer) = try process.ask(.usage) else {
      throw WireReader.broken
    }
    return (bytes > 0 ? bytes : nil, scorer)
  }

  /// Nanoseconds of each of `repeats` calls with each row alone.
  func time(_ columns: [Column], rows: Int, repeats: Int) throws(Diagnostic) -> [Int] {
    guard case .timed(let durations) = try process.ask(.time(columns, rows: rows, repeats: repeats))
    else { throw WireReader.broken }
    return durations
  }
}
