package import GateCore

/// Numbers of the holdout's rows that say which rows are alike.
package struct RowFeatures: Sendable {
  package let names: [String]
  /// By feature, then row of the holdout; NaN where there is no value.
  package let columns: [[Double]]

  /// Takes columns of as many rows each.
  package init(names: [String], columns: [[Double]]) {
    (self.names, self.columns) = (names, columns)
  }

  /// What a metric of them takes beside its limits.
  package static func parameters(_ scaling: RowFairness.Scaling) -> [Parameter] {
    [
      Parameter(
        "neighbours", "How many of the nearest rows each row is compared with.",
        .integer(1...1000), standard: "5"),
      Parameter(
        "columns", "Columns, or inputs of the candidate, that say which rows are alike: numbers.",
        .list(.text),
        standard: "the candidate's features that are numbers, or all such columns without a role"),
      Parameter(
        "scaling", "What the columns are measured in: standard deviations, or as they are.",
        .choice(RowFairness.Scaling.allCases.map(\.rawValue)), standard: scaling.rawValue),
      Parameter(
        "nulls", "What becomes of rows with a null among them: an error, or they are left out.",
        .choice(["error", "skip"]), standard: "error"),
      Parameter(
        "rows", "Rows at most; of more, as many are drawn by the seed.",
        .integer(2...10_000_000), standard: "20000"),
      Parameter(
        "seed", "What the choice of rows depends on.", .integer(0...Int(Int32.max)), standard: "0"),
    ]
  }

  /// Those named, else what the candidate takes, else every column of the holdout that has no role; of the last two what
  /// are numbers.
  ///
  /// Throws a `Diagnostic` for a named column that is not there, or holds no numbers, and where there are none.
  package init(_ named: [(name: String, mark: Mark)], on bench: Workbench) async throws(Diagnostic)
  {
    let table = try bench.table("holdout")
    let taken = try await bench.features()
    let roles = bench.roles
    let others = roles.others.union(roles.labels).union([roles.label, roles.id].compactMap { $0 })
    let known = table.schema.map(\.name)
    let wanted =
      named.isEmpty
      ? (taken?.features.map(\.name) ?? known.filter { !others.contains($0) }).map { ($0, nil) }
      : named.map { ($0.name, Optional($0.mark)) }
    var found: [(name: String, values: [Double])] = []
    for (name, mark) in wanted {
      let input = taken?.features.first { $0.name.isSame(as: name) }?.sql
      guard let sql = input ?? (known.has(name) ? name.sqlName : nil) else {
        throw Diagnostic(
          "there is no column '\(name)' in the holdout, and the candidate takes no such input",
          at: mark,
          hint: name.meant(among: known)
            ?? "it has: \(known.prefix(40).joined(separator: ", "))")
      }
      if let values = try Self.numbers(sql, name, table, mark) { found.append((name, values)) }
    }
    if found.isEmpty {
      throw Diagnostic(
        "no column of numbers says which rows are alike", hint: "name them under 'columns'")
    }
    self.init(names: found.map(\.name), columns: found.map(\.values))
  }

  /// A column's numbers, true as 1; nil where it holds others and nobody named it.
  private static func numbers(
    _ sql: String, _ name: String, _ table: any Table, _ mark: Mark?
  ) throws(Diagnostic) -> [Double]? {
    let column: Column
    do { column = try table.columns([sql])[0] } catch { throw Diagnostic.of(error).at(mark) }
    guard let numbers = column.doubles, !column.isMoments else {
      if mark == nil { return nil }
      throw Diagnostic(
        "the column '\(name)' holds \(column.isMoments ? "dates" : "texts"), and rows are alike by "
          + "numbers", at: mark, hint: "make a number of it under 'data.derive', or leave it out")
    }
    if let row = numbers.firstIndex(where: \.isInfinite) {
      throw Diagnostic("the column '\(name)' is \(numbers[row]) in row \(row + 1)", at: mark)
    }
    return numbers
  }

  /// The rows that have a number in every column; throws for one that has not, unless such are left out.
  package func complete(_ rows: [Int32], _ arguments: Arguments) throws(Undefined) -> [Int32] {
    let kept = rows.filter { row in !columns.contains { $0[Int(row)].isNaN } }
    if kept.count == rows.count || arguments.text("nulls") == "skip" { return kept }
    let first = rows.first { row in columns.contains { $0[Int(row)].isNaN } } ?? 0
    let place = columns.firstIndex { $0[Int(first)].isNaN } ?? 0
    let count = rows.count - kept.count
    throw Undefined(
      "the column '\(names[place])' is null or NaN in row \(first + 1), and \(count) "
        + "row\(count == 1 ? "" : "s") in all cannot be compared: leave such rows out by 'nulls: skip', "
        + "or name 'columns' without nulls")
  }

  /// The numbers of some rows, a row after another, scaled as asked for over them; throws where their squares are beyond
  /// what numbers can hold.
  func points(
    _ rows: [Int32], _ scaling: RowFairness.Scaling
  ) throws(Undefined) -> [Double] {
    let width = columns.count
    var points = [Double](repeating: 0, count: rows.count * width)
    for (place, column) in columns.enumerated() {
      let (mean, scale) = scaling == .standard ? Self.moments(column.at(rows)) : (0, 1)
      for (index, row) in rows.enumerated() {
        let value = (column[Int(row)] - mean) / scale
        guard value.magnitude < 1e150 else {
          throw Undefined(
            "the column '\(names[place])' has numbers too large to take distances between")
        }
        points[index * width + place] = value
      }
    }
    return points
  }

  /// The mean and the standard deviation, which is 1 where all are equal.
  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    guard let least = values.min(), let most = values.max(), least < most else {
      return (values.first ?? 0, 1)
    }
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / count }
    // In units of the widest deviation, so that no square is beyond what numbers can hold.
    let unit = max(most - mean, mean - least)
    let squares = values.reduce(0) { $0 + (($1 - mean) / unit) * (($1 - mean) / unit) }
    return (mean, unit * (squares / count).squareRoot())
  }
}

extension Arguments {
  /// How columns are scaled, where a manifest does not say.
  func scaling(else standard: RowFairness.Scaling) -> RowFairness.Scaling {
    text("scaling").flatMap(RowFairness.Scaling.init) ?? standard
  }

  /// A seeded choice of rows where there are more than asked for, and what to say of it.
  package func drawn(_ rows: [Int32], stream: UInt64) -> [Int32] {
    let most = Int(self["rows"] ?? 20_000)
    return rows.at(
      RandomSource.sample(most, of: rows.count, seed: UInt64(self["seed"] ?? 0), stream: stream))
  }
}
