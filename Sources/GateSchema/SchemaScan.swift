import GateCore

/// Answers what many checks ask of one table: every aggregate once, as few scans as the engine allows.
struct SchemaScan: Sendable {
  /// Aggregates a statement: each statement reads the columns it names, and fewer at once take half the memory and no
  /// more time.
  private static let width = 50

  private let table: any Table

  package init(_ table: any Table) { self.table = table }

  /// The findings of these inquiries, in order; one that cannot be judged is its mistake.
  package func findings(
    _ inquiries: [Result<QueryPlan, Diagnostic>]
  ) async -> [Result<Finding, Diagnostic>] {
    var open = inquiries
    while true {
      let asked = open.flatMap { plan -> [Query] in
        guard case .success(.asking(let probes, _)) = plan else { return [] }
        return probes
      }.unique
      // One that asks nothing now may still ask next.
      let goesOn = open.contains { if case .success(.asking) = $0 { true } else { false } }
      if !goesOn { break }
      let answers = await answers(asked)
      open = open.map { plan in
        plan.flatMap { plan in
          guard case .asking(let probes, let next) = plan else { return .success(plan) }
          return Result { () throws(Diagnostic) in
            var known: [QueryResult] = []
            for probe in probes {
              guard let answer = answers[probe] else {
                throw Diagnostic("the engine did not answer '\(probe)'")
              }
              known.append(try answer.get())
            }
            return try next(known)
          }
        }
      }
    }
    return open.map { plan in
      plan.flatMap { plan in
        guard case .answered(let finding) = plan else {
          return .failure(Diagnostic("the check came to no end"))
        }
        return .success(finding)
      }
    }
  }

  private func answers(_ probes: [Query]) async -> [Query: Result<QueryResult, Diagnostic>] {
    var numbers: [String] = []
    var figures: [String] = []
    var selects: [String] = []
    for probe in probes {
      switch probe {
      case .number(let sql): numbers.append(sql)
      case .figure(let sql): figures.append(sql)
      case .rows(let sql): selects.append(sql)
      }
    }
    var answers: [Query: Result<QueryResult, Diagnostic>] = [:]
    for (sql, answer) in zip(numbers, scans(numbers, of: table.name.sqlName)) {
      answers[.number(sql)] = answer
    }
    for (sql, answer) in zip(figures, scans(figures, of: table.inOrder)) {
      answers[.figure(sql)] = answer
    }
    for sql in selects {
      answers[.rows(sql)] = Result { try table.query(sql) }.located(at: nil).map(QueryResult.rows)
    }
    return answers
  }

  /// The numbers of as many statements as they take.
  private func scans(
    _ aggregates: [String], of source: String
  ) -> [Result<QueryResult, Diagnostic>] {
    stride(from: 0, to: aggregates.count, by: Self.width).flatMap {
      scan(Array(aggregates[$0..<min(aggregates.count, $0 + Self.width)]), of: source)
    }
  }

  /// The numbers of one statement; where it fails, of its halves, until the one that fails stands alone.
  private func scan(
    _ aggregates: [String], of source: String
  ) -> [Result<QueryResult, Diagnostic>] {
    let items = aggregates.enumerated().map { "CAST((\n\($1)\n) AS DOUBLE) AS a\($0)" }
    let sql = "SELECT \(items.joined(separator: ",\n")) FROM \(source)"
    do {
      let columns = try table.query(sql)
      guard columns.allSatisfy({ $0.count == 1 }) else {
        throw Diagnostic(
          "'\(aggregates[0].shown)' gives \((columns.first?.count ?? 0).counted("value")); one value for the table "
            + "was wanted", hint: "write an aggregate, as in 'max(x)'")
      }
      return columns.map { column in
        .success(.number(column.isNull(0) ? nil : column.doubles?.first))
      }
    } catch {
      let mistake = Diagnostic.of(error)
      guard aggregates.count > 1, !mistake.temporary else {
        return aggregates.map { _ in .failure(mistake) }
      }
      let middle = aggregates.count / 2
      return scan(Array(aggregates[..<middle]), of: source)
        + scan(Array(aggregates[middle...]), of: source)
    }
  }
}

extension String {
  /// The text on one line, for a message.
  fileprivate var shown: String {
    let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 80 ? line.prefix(80) + "…" : line
  }
}
