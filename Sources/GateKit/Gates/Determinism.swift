package import GateCore

/// Whether the candidate answers the same rows alike however it is asked.
package struct DeterminismGate: Gate {
  package static let id = "determinism"
  package static let summary =
    "Scores the holdout again in other ways, and limits how far the answers differ."
  package static let example = """
    - gate: determinism
      max_difference: 0.000001
      max_flips: 0
      ways: [again, process, order, single_rows]
    """

  /// A way in which the same rows are scored again.
  enum Way: String, Sendable, CaseIterable {
    case again, process, order
    case singleRows = "single_rows"
    case threads

    /// What is done, in the words of a message.
    var words: String {
      switch self {
      case .again: "a second time in one process"
      case .process: "in another process"
      case .order: "in another order"
      case .singleRows: "row by row"
      case .threads: "by \(DeterminismGate.threads) threads"
      }
    }
  }

  /// Threads against which one thread is held.
  static let threads = 4
  /// What the other order is drawn by.
  private static let seed: UInt64 = 20_261_201

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    AnswerLimits.parameters + [
      Parameter(
        "ways", "In which ways the rows are scored again; default: all.",
        .list(.choice(Way.allCases.map(\.rawValue)))),
      Parameter(
        "rows", "Rows that are scored one by one.",
        .integer(1...1_000_000),
        standard: "200"),
    ]
  }

  private let id: String
  private let limits: AnswerLimits
  private let ways: [Way]
  private let rows: Int

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    limits = try AnswerLimits(settings)
    let node = settings.node
    rows = node["rows"]?.integer ?? 200
    let named = node["ways"]?.items?.compactMap { $0.text.flatMap(Way.init) }
    ways = Way.allCases.filter { named?.contains($0) ?? true }
    var mistakes: [Diagnostic] = []
    if let named, named.unique.count < named.count {
      mistakes.append(
        Diagnostic(
          "'ways' names one twice", at: node["ways"]?.mark, hint: "remove one of them"))
    }
    if let key = node.key("rows"), !ways.contains(.singleRows) {
      mistakes.append(
        Diagnostic(
          "'rows' is for rows that are scored one by one, and 'ways' has no 'single_rows'",
          at: key.mark, hint: "add 'single_rows' to 'ways', or remove 'rows'"))
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
  }

  package var needs: Needs {
    Needs(
      tables: ["holdout"],
      runs: [
        "scores the candidate \(changes.count.counted("time")) more in another process"
          + (ways.contains(.singleRows) ? ", of these \(rows) rows one by one" : "")
          + (ways.contains(.threads) ? ", and once by \(Self.threads) threads" : "")
      ])
  }

  package var plan: [String] {
    ways.map { "\($0.rawValue): \(limits.words.joined(separator: ", "))" }
  }

  /// What the other process is asked for, one after another; the first is what the others are held against.
  private var changes: [RowChange] {
    var changes = [RowChange.none]
    if ways.contains(.again) { changes.append(.none) }
    if ways.contains(.order) { changes.append(.shuffled(seed: Self.seed)) }
    if ways.contains(.singleRows) { changes.append(.single(first: rows)) }
    return changes
  }

  package func measure(on bench: Workbench) async throws -> [String: AnswerChanges] {
    _ = try bench.scoredModel(.candidate, for: "scoring its rows again")
    let before = try await bench.answers(.candidate)
    let found = try await bench.answers(.candidate, after: changes)
    let first = found[0]
    let threshold = bench.threshold(of: .candidate)
    func compare(_ one: Predictions, _ other: Predictions) throws(Diagnostic) -> AnswerChanges {
      try AnswerChanges(
        one, other, task: bench.task, width: max(1, bench.classes.count),
        thresholds: (threshold, threshold))
    }
    var next = found.dropFirst().makeIterator()
    var measured: [String: AnswerChanges] = [:]
    for way in ways {
      switch way {
      case .process: measured[way.rawValue] = try compare(first, before)
      case .threads:
        let many = try await bench.answers(.candidate, after: [.none], threads: Self.threads)
        measured[way.rawValue] = try compare(many[0], first)
      case .again, .order:
        if let other = next.next() { measured[way.rawValue] = try compare(other, first) }
      case .singleRows:
        let places = (0..<Int32(min(rows, bench.rows))).map { $0 }
        if let other = next.next() {
          measured[way.rawValue] = try compare(other, first.at(places, of: bench.rows))
        }
      }
    }
    return measured
  }

  package func judge(_ measured: [String: AnswerChanges], in family: ErrorFamily?) -> [Check] {
    ways.flatMap { way -> [Check] in
      guard let changes = measured[way.rawValue] else { return [] }
      return limits.judge(
        changes, id: "\(id)/\(way.rawValue)", gate: id, opening: "\(way.words): ")
    }
  }
}
