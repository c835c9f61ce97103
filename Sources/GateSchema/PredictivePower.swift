import GateCore

/// How well one feature alone tells the label, from 0 (no better than without it) to 1 (all of it).
///
/// The idea of the predictive power score of `ppscore`, with a rule in place of a tree so that the engine can count
/// it: a number's values fall into bins of equal counts (the root of the number of rows, at most 64), a text's are groups by themselves, and so are
/// nulls. Rows are dealt to four folds in turn by their order; what a row's group holds in the other three predicts it.
/// For classes the prediction is the most common one, and the score is (accuracy - b) / (1 - b), where b is the share
/// of the most common class; a gain of at most three standard errors of b is 0. For a number the prediction is the
/// mean, and the score is 1 - (squared errors) / (squared errors of the overall mean). Neither is less than 0.
struct PredictivePower: Sendable {
  package let feature: ColumnType
  package let label: ColumnType
  /// Whether the label is a number to be met, and no class.
  package let isNumber: Bool

  /// Labels with more distinct numbers than this are numbers to be met.
  static let mostClasses = 20.0
  private static let mostBins = 64
  private static let folds = 4

  /// The kinds of columns that can tell something here.
  package static func fits(_ column: ColumnType) -> Bool { column.kind != .other }

  /// The feature as a number where it has an order; nil: its values are groups.
  private var scalar: String? {
    let x = feature.name.sqlName
    return switch feature.kind {
    case .number, .integer: "CAST(\(x) AS DOUBLE)"
    case .timestamp: "CAST(epoch_us(CAST(\(x) AS TIMESTAMP)) AS DOUBLE)"
    default: nil
    }
  }

  /// The inner edges of the bins over a table; nil: the feature's values are groups.
  package func edges(in table: CheckContext.TableShape) -> Query? {
    guard let scalar else { return nil }
    let bins = max(2, 2 * Int(min(Double(Self.mostBins), Double(table.rows).squareRoot()) / 2))
    let shares = (1..<bins).map { (Double($0) / Double(bins)).description }
    return .rows(
      "SELECT DISTINCT unnest(quantile_disc(v, [\(shares.joined(separator: ", "))])) AS edge "
        + "FROM (SELECT \(scalar) AS v FROM \(table.name.sqlName)) WHERE isfinite(v) ORDER BY 1")
  }

  /// One row: right or squared errors, all or squared deviations, and the most common class's count.
  package func counts(edges: [Double], in table: CheckContext.TableShape) -> Query {
    let group = scalar.map { Self.bin($0, edges[...], from: 0) } ?? feature.name.sqlName
    let y = label.name.sqlName
    return .rows(
      isNumber
        ? Self.numbers(group, "CAST(\(y) AS DOUBLE)", table.name.sqlName)
        : Self.classes(group, "CAST(\(y) AS VARCHAR)", table.name.sqlName))
  }

  /// The score; nil: the label does not vary.
  package func score(_ row: [Double?]) -> Double? {
    guard row.count == 3, let part = row[0], let all = row[1], all > 0 else { return nil }
    if isNumber { return max(0, 1 - part / all) }
    let base = (row[2] ?? 0) / all
    guard base < 1 else { return nil }
    let gain = part / all - base
    let noise = 3 * (base * (1 - base) / all).squareRoot()
    return gain <= noise ? 0 : gain / (1 - base)
  }

  /// The number of edges below a value, found by halving; null stays null.
  private static func bin(_ x: String, _ edges: ArraySlice<Double>, from first: Int) -> String {
    guard !edges.isEmpty else { return "CASE WHEN \(x) IS NULL THEN NULL ELSE \(first) END" }
    let middle = edges.startIndex + edges.count / 2
    let below = bin(x, edges[..<middle], from: first)
    let above = bin(x, edges[(middle + 1)...], from: first + edges.count / 2 + 1)
    return "CASE WHEN \(x) <= \(edges[middle]) THEN \(below) ELSE \(above) END"
  }

  private static func classes(_ group: String, _ y: String, _ table: String) -> String {
    """
    WITH c AS (SELECT g, y, f, count(*) AS n FROM (
        SELECT \(group) AS g, \(y) AS y, row_number() OVER () % \(folds) AS f FROM \(table))
      WHERE y IS NOT NULL GROUP BY ALL),
    a AS (SELECT g, y, sum(n) AS n FROM c GROUP BY ALL),
    top AS (SELECT max({'n': n, 'y': y}) AS best FROM (SELECT y, sum(n) AS n FROM c GROUP BY y)),
    p AS (SELECT k.g, k.f, max({'n': a.n - coalesce(c.n, 0), 'y': a.y}) AS best
      FROM (SELECT DISTINCT g, f FROM c) k JOIN a ON a.g IS NOT DISTINCT FROM k.g
      LEFT JOIN c ON c.g IS NOT DISTINCT FROM k.g AND c.y = a.y AND c.f = k.f GROUP BY k.g, k.f)
    SELECT CAST(coalesce(sum(c.n) FILTER (WHERE
        c.y = CASE WHEN p.best.n > 0 THEN p.best.y ELSE top.best.y END), 0) AS DOUBLE) AS good,
      CAST(sum(c.n) AS DOUBLE) AS rows, CAST(any_value(top.best.n) AS DOUBLE) AS common
    FROM c JOIN p ON c.g IS NOT DISTINCT FROM p.g AND c.f = p.f CROSS JOIN top
    """
  }

  private static func numbers(_ group: String, _ y: String, _ table: String) -> String {
    """
    WITH m AS (SELECT avg(\(y)) AS mean FROM \(table) WHERE isfinite(\(y))),
    c AS (SELECT g, f, count(*) AS n, sum(y) AS s, sum(y * y) AS q FROM (
        SELECT g, y - m.mean AS y, f FROM (
          SELECT \(group) AS g, \(y) AS y, row_number() OVER () % \(folds) AS f FROM \(table)) CROSS JOIN m)
      WHERE isfinite(y) GROUP BY ALL),
    a AS (SELECT g, sum(n) AS n, sum(s) AS s FROM c GROUP BY ALL),
    e AS (SELECT c.n, c.s, c.q, coalesce((a.s - c.s) / nullif(a.n - c.n, 0), 0) AS p
      FROM c JOIN a ON a.g IS NOT DISTINCT FROM c.g)
    SELECT round(sum(q - 2 * p * s + p * p * n), 9) AS errors, round(sum(q), 9) AS deviations,
      CAST(0 AS DOUBLE) AS common FROM e
    """
  }
}

extension QueryPlan {
  /// The score of each feature for the label on several tables, and what comes of them.
  static func powers(
    _ question: CheckContext, of features: [ColumnType], label: ColumnType,
    on tables: [CheckContext.TableShape],
    _ judge: @escaping @Sendable ([[Double?]]) throws(Diagnostic) -> Finding
  ) -> QueryPlan {
    let known: [Query] = label.isNumeric ? [.number("count(DISTINCT \(label.name.sqlName))")] : []
    return .asking(known) { answers in
      let isNumber = (answers.first?.number ?? 0) > PredictivePower.mostClasses
      let powers = features.map {
        PredictivePower(feature: $0, label: label, isNumber: isNumber)
      }
      let places = tables.flatMap { table in powers.map { (table, $0) } }
      let edges = places.map { table, power in power.edges(in: table) }
      return .asking(edges.compactMap(\.self)) { answers in
        var rest = answers[...]
        let probes = zip(places, edges).map { place, edge in
          let found = edge == nil ? nil : rest.popFirst()?.columns.first?.doubles
          return place.1.counts(edges: found ?? [], in: place.0)
        }
        return .asking(probes) { answers throws(Diagnostic) in
          let scores = zip(places, answers).map { $0.1.score($1.firstRow) }
          return .answered(
            try judge(
              stride(from: 0, to: scores.count, by: max(features.count, 1)).map {
                Array(scores[$0..<($0 + features.count)])
              }))
        }
      }
    }
  }
}
