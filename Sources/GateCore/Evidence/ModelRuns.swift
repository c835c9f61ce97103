/// One scoring of a model among several that one process does.
package struct ModelRun: Sendable {
  /// The rows, made when their turn comes, so that no more than one is held at once.
  package var rows: @Sendable () throws -> any Table
  /// Rows handed over at once; at least 1.
  package var batch: Int
  /// Whether a category that the model has never seen is an answer as any other, however many rows have one.
  package var mayBeUnseen: Bool

  /// Takes what it holds.
  package init(
    batch: Int = 16_384, mayBeUnseen: Bool = false,
    rows: @escaping @Sendable () throws -> any Table
  ) {
    (self.rows, self.batch, self.mayBeUnseen) = (rows, batch, mayBeUnseen)
  }
}

/// What is done to the rows of the holdout before a model scores them.
package enum RowChange: Sendable, Hashable {
  /// Nothing.
  case none
  /// The first rows alone, each handed over by itself.
  case single(first: Int)
  /// In an order that the seed draws; the answers stand in the holdout's own.
  case shuffled(seed: UInt64)
  /// Columns are what their SQL says for every row, and those derived from them follow.
  case setting([Setting])

  /// What one column is set to.
  package struct Setting: Sendable, Hashable {
    package let column: String
    package let sql: String

    /// Takes both.
    package init(_ column: String, _ sql: String) { (self.column, self.sql) = (column, sql) }
  }
}

/// A model's answers on rows that were changed before it scored them.
extension Workbench {
  /// Asks for a model's answers on changed rows, all by one new process.
  package struct ChangedRows: Asked {
    package typealias Answer = Result<[Predictions], Diagnostic>
    package let role: Role
    package let changes: [RowChange]
    /// Threads that the model's library may use.
    package let threads: Int

    /// Takes what it holds.
    package init(_ role: Role, _ changes: [RowChange], threads: Int = 1) {
      (self.role, self.changes, self.threads) = (role, changes, threads)
    }
  }

  /// What a model answers on the holdout after each change, in the holdout's order, from one new process; throws why that is
  /// not known.
  package func answers(
    _ role: Role, after changes: [RowChange], threads: Int = 1
  ) async throws(Diagnostic) -> [Predictions] {
    try await once(ChangedRows(role, changes, threads: threads)) {
      Result { try changed(role, changes, threads) }.located(at: mark(of: role))
    }.get()
  }

  /// The model's file; throws where its scores were made elsewhere.
  package func scoredModel(_ role: Role, for purpose: String) throws(Diagnostic) -> ModelSource {
    guard let source = try source(role) else {
      throw Diagnostic(
        "the \(role.rawValue)'s scores were made elsewhere, and \(purpose) takes the model itself",
        at: mark(of: role), hint: "name its file under 'from', or leave the gate out")
    }
    return source
  }

  private func changed(
    _ role: Role, _ changes: [RowChange], _ threads: Int
  ) throws -> [Predictions] {
    var source = try scoredModel(role, for: "scoring its rows again")
    source.limits.threads = threads
    let holdout = try table("holdout")
    let inputs = try backends.describe(source, holdout).features.map(\.sql).unique
    let isRead = changes.contains { $0.isOfReadRows }
    let read = isRead ? try ReadTable(inputs, of: holdout) : nil
    var found: [Predictions] = []
    try backends.scoreEach(source, try changes.map { try $0.run(holdout, read) }) {
      place, answers in
      guard case .shuffled(let seed) = changes[place] else { return found.append(answers) }
      let order = RandomSource.order(of: holdout.rows, seed: seed, stream: 0)
      var places = order
      for (place, row) in order.enumerated() { places[Int(row)] = Int32(truncatingIfNeeded: place) }
      found.append(answers.at(places, of: holdout.rows))
    }
    return found
  }
}

extension RowChange {
  /// Whether it is made of rows that were read.
  fileprivate var isOfReadRows: Bool {
    switch self {
    case .none, .setting: false
    case .single, .shuffled: true
    }
  }

  /// The scoring of the changed rows.
  fileprivate func run(_ holdout: any Table, _ read: ReadTable?) throws -> ModelRun {
    switch self {
    case .none: return ModelRun { holdout }
    case .single(let first):
      let places = (0..<Int32(min(first, holdout.rows))).map { $0 }
      return ModelRun(batch: 1, mayBeUnseen: true) { read?.taking(places) ?? holdout }
    case .shuffled(let seed):
      return ModelRun {
        read?.taking(RandomSource.order(of: holdout.rows, seed: seed, stream: 0)) ?? holdout
      }
    case .setting(let settings):
      let table = try holdout.setting(settings.map { ($0.column, $0.sql) })
      return ModelRun(mayBeUnseen: true) { table }
    }
  }
}
