package import GateCore

/// How long each step took.
package struct Stopwatch: Sendable {
  let started: String
  private let clock: @Sendable () -> Double
  private let progress: @Sendable (String) -> Void
  private var steps: [Report.Timings.Step] = []
  private var gates: [Report.Timings.Step] = []

  package init(_ backends: Backends) {
    started = backends.now()
    clock = backends.clock
    progress = backends.progress
  }

  package var timings: Report.Timings {
    Report.Timings(started: started, seconds: steps, gates: gates)
  }

  /// Takes the times of gates that another has measured.
  package mutating func take(_ other: Stopwatch) { gates = other.gates }

  /// The same for a gate, which is part of a step; `before`: the seconds that it took to measure.
  package mutating func time<T>(gate: String, before: Double, _ body: () async -> T) async -> T {
    let start = clock()
    let value = await body()
    gates.append(Report.Timings.Step(step: gate, seconds: before + clock() - start))
    return value
  }

  package mutating func time<T>(_ step: String, _ body: () -> T) -> T {
    progress(step)
    let start = clock()
    defer { steps.append(Report.Timings.Step(step: step, seconds: clock() - start)) }
    return body()
  }

  package mutating func time<T>(_ step: String, _ body: () async -> T) async -> T {
    progress(step)
    let start = clock()
    let value = await body()
    steps.append(Report.Timings.Step(step: step, seconds: clock() - start))
    return value
  }
}
