/// How long a model took, measured inside the process that holds it.
package struct ModelTimes: Sendable {
  /// Seconds until its process had started and the model was open.
  package var loadSeconds: Double
  /// Seconds of the first row that it scored.
  package var firstSeconds: Double
  /// Nanoseconds of every call with one row, round by round.
  package var rounds: [[Int]]

  package init(loadSeconds: Double, firstSeconds: Double, rounds: [[Int]]) {
    (self.loadSeconds, self.firstSeconds, self.rounds) = (loadSeconds, firstSeconds, rounds)
  }
}

/// How models are timed: in rounds, in each of which every model scores the same rows one by one, in an order drawn anew.
package struct TimingPlan: Sendable, Hashable {
  package var rounds: Int
  /// The first rows of the table.
  package var rows: Int
  package var seed: UInt64
  package init(rounds: Int, rows: Int, seed: UInt64) {
    (self.rounds, self.rows, self.seed) = (rounds, rows, seed)
  }
}
