import GateCore

/// A figure that Soda holds against limits, as a check here measures it.
struct SodaFigure {
  /// A check of it, and whether a breach blocks.
  typealias Held = (id: String, column: String?, parameters: [SchemaText.Member], blocks: Bool)

  /// The check that measures it.
  package let id: String
  /// The column it is of; nil: the table.
  package let column: String?
  /// What the check is told beside its bounds.
  package let parameters: [SchemaText.Member]

  /// A figure, of a column or of the table.
  package init(_ id: String, of column: String? = nil, _ parameters: [SchemaText.Member]) {
    self.id = id
    self.column = column
    self.parameters = parameters
  }

  /// An aggregate in SQL, of the rows of a condition or of all.
  package init(aggregate sql: String, where condition: String?) {
    self.init("aggregate", [.init("sql", .text(sql))] + Self.rows(condition))
  }

  /// The rows that take part, as a check is told them.
  package static func rows(_ condition: String?) -> [SchemaText.Member] {
    condition.map { [.init("where", .text($0))] } ?? []
  }

  /// A check for every limit.
  package func held(_ limits: [(limit: SodaLimit, blocks: Bool)]) throws(ImportGap) -> [Held] {
    var held: [Held] = []
    for (limit, blocks) in limits {
      if let bounds = limit.bounds {
        held.append((id, column, parameters + bounds, blocks))
      } else {
        let (id, parameters) = try outside(limit)
        held.append((id, nil, parameters, blocks))
      }
    }
    return held
  }

  /// A figure that passes outside of an interval: 1 where it does not.
  private func outside(
    _ limit: SodaLimit
  ) throws(ImportGap) -> (id: String, parameters: [SchemaText.Member]) {
    let own = parameters.first { $0.key == "sql" }?.value
    var sql: String
    if case .text(let text)? = own { sql = text } else { sql = try aggregate() }
    let rest = parameters.filter { $0.key != "sql" }
    let verdict = "CASE WHEN \(limit.sql("figure")) THEN 0 ELSE 1 END"
    if id == "query" {
      sql = "SELECT \(verdict) FROM (SELECT (\n\(sql)\n) AS figure)"
    } else {
      sql = "CASE WHEN \(limit.sql("(\n\(sql)\n)")) THEN 0 ELSE 1 END"
    }
    return (
      id == "query" ? "query" : "aggregate",
      [.init("sql", .text(sql))] + rest + [.init("equal", .plain("0"))]
    )
  }

  /// A figure of a check as an aggregate in SQL.
  private func aggregate() throws(ImportGap) -> String {
    guard let sql = Self.aggregate(id, of: (column ?? "").sqlName) else {
      throw ImportGap("what passes is no one interval")
    }
    return sql
  }

  /// What a check measures of a column or an expression, as an aggregate in SQL; nil: it is none.
  static func aggregate(_ id: String, of x: String) -> String? {
    let length = "length(CAST(\(x) AS VARCHAR))"
    return [
      "row_count": "count(*)", "null_count": "count(*) - count(\(x))", "minimum": "min(\(x))",
      "maximum": "max(\(x))", "mean": "avg(\(x))", "sum": "sum(\(x))",
      "stdev": "stddev_samp(\(x))", "variance": "var_samp(\(x))", "min_length": "min(\(length))",
      "max_length": "max(\(length))", "mean_length": "avg(\(length))",
    ][id]
  }
}
