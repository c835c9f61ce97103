package import GateCore

/// What a check asks of the engine, step by step: all first questions of a table go out in one scan.
package indirect enum QueryPlan: Sendable {
  /// It is known.
  case answered(Finding)
  /// It is known when these are; one answer a question, in order.
  case asking([Query], @Sendable ([QueryResult]) throws(Diagnostic) -> QueryPlan)
}

/// A question to the engine about one table.
package enum Query: Sendable, Hashable {
  /// An aggregate in SQL over the table that gives one number; many of them share a scan.
  case number(String)
  /// The same of an aggregate whose last digits follow the order of the rows, as those of a sum do: it takes them in
  /// their own order, whatever the number of threads.
  case figure(String)
  /// One SELECT of its own.
  case rows(String)
}

/// What the engine says.
package enum QueryResult: Sendable {
  /// Nil: null, as of the mean of no values.
  case number(Double?)
  /// Columns of the same length.
  case rows([Column])

  /// The number; nil: null.
  package var number: Double? { if case .number(let value) = self { value } else { nil } }
  /// The columns.
  package var columns: [Column] { if case .rows(let columns) = self { columns } else { [] } }
  /// Rows of the first column.
  package var count: Int { columns.first?.count ?? 0 }
}

/// What came of a check.
package struct Finding: Sendable {
  package var outcome: Outcome
  /// After the name of the column or table: 'has 3 nulls of 200 values (1.5%), none may be'.
  package var message: String
  package var value: Double?
  /// Rows that took part.
  package var n: Int?
  /// As written.
  package var limit: [LimitName: Double]?
  package var evidence: [String: JSON]

  package init(
    _ outcome: Outcome, _ message: String, value: Double? = nil, n: Int? = nil,
    limit: [LimitName: Double]? = nil, evidence: [String: JSON] = [:]
  ) {
    self.outcome = outcome
    self.message = message
    self.value = value
    self.n = n
    self.limit = limit
    self.evidence = evidence
  }

  /// Passed or failed.
  package init(
    holds: Bool, _ message: String, value: Double? = nil, n: Int? = nil,
    limit: [LimitName: Double]? = nil, evidence: [String: JSON] = [:]
  ) {
    self.init(
      holds ? .passed : .failed, message, value: value, n: n, limit: limit, evidence: evidence)
  }
}
