package import GateCore

extension DriftTables {
  /// A target's values of both sides, counted; throws a `Diagnostic`.
  package func pair(_ target: DriftTarget) throws(Diagnostic) -> DriftPair {
    if case .sql(let sql) = target.origin, target.kind == .category {
      let (one, other) = (try counts(sql, reference), try counts(sql, current))
      return DriftPair(
        DriftColumn(counts: one.counts, nulls: one.nulls, other.counts, nulls: other.nulls))
    }
    let (one, other) = try values(target)
    return try DriftPair(one, other)
  }

  /// A target's values of both sides by row; throws a `Diagnostic`.
  package func values(
    _ target: DriftTarget
  ) throws(Diagnostic) -> (reference: DriftValues, current: DriftValues) {
    switch target.origin {
    case .values(let reference, let current): return (reference, current)
    case .sql(let sql) where target.kind == .number:
      let (one, other) = (try column(sql, reference), try column(sql, current))
      if let (mine, theirs) = one.lostDifference(to: other) {
        let name = target.name ?? sql
        throw Diagnostic(
          "'\(name)' holds whole numbers beyond 9007199254740992, and '\(mine)' and '\(theirs)' are one number of "
            + "floating point, as which numbers are tested",
          hint:
            "where they name something, add to the gate: kinds: {\(name.yaml): category}; else write them in a "
            + "larger unit, or as the difference from a fixed value, under 'data.derive'")
      }
      return (try numbers(one, sql, reference), try numbers(other, sql, current))
    case .sql(let sql):
      return (
        try values(sql, target.kind, reference), try values(sql, target.kind, current)
      )
    }
  }

  /// How often each value occurs, which the engine counts.
  private func counts(
    _ sql: String, _ table: any Table
  ) throws(Diagnostic) -> (counts: [ExactText: Int], nulls: Int) {
    let columns: [Column]
    do {
      columns = try table.query(
        "SELECT CAST((\n\(sql)\n) AS VARCHAR) AS v, count(*) AS n FROM \(table.name.sqlName) GROUP BY 1"
      )
    } catch { throw Diagnostic.of(error) }
    guard columns.count == 2, let texts = columns[0].texts,
      case .integers(let counted) = columns[1].values
    else { throw Diagnostic("the engine did not count the values of '\(sql)'") }
    var counts: [ExactText: Int] = [:]
    counts.reserveCapacity(texts.count)
    var nulls = 0
    for row in texts.indices {
      if columns[0].isNull(row) {
        nulls += Int(counted[row])
      } else {
        counts[ExactText(texts[row])] = Int(counted[row])
      }
    }
    return (counts, nulls)
  }

  private func values(
    _ sql: String, _ kind: DriftKind, _ table: any Table
  ) throws(Diagnostic) -> DriftValues {
    switch kind {
    case .number: return try numbers(try column(sql, table), sql, table)
    case .category:
      let column = try column("CAST((\n\(sql)\n) AS VARCHAR)", table)
      guard case .strings(var codes, let names) = column.values else {
        throw Diagnostic("'\(sql)' of \(table.name) gives no texts")
      }
      for row in codes.indices where column.isNull(row) { codes[row] = -1 }
      return .categories(codes, names)
    case .text:
      let column = try column(sql, table)
      let texts = column.texts ?? []
      return .texts(texts.indices.map { column.isNull($0) ? nil : texts[$0] })
    case .embedding: return try vectors(sql, table)
    }
  }

  private func numbers(
    _ read: Column, _ sql: String, _ table: any Table
  ) throws(Diagnostic) -> DriftValues {
    guard let numbers = read.doubles else {
      throw table.explaining(.wantedNumbers("'\(sql)'", of: table.name, read), of: sql)
    }
    return .numbers(numbers)
  }

  private func column(_ sql: String, _ table: any Table) throws(Diagnostic) -> Column {
    do { return try table.columns([sql])[0] } catch { throw Diagnostic.of(error) }
  }

  /// The most numbers of one side's vectors that are held at once: 1.6 GB.
  private static let mostNumbers = 200_000_000

  /// The vectors of a column of lists; throws where two are of different lengths, one is empty, or one holds a null, NaN or
  /// infinity.
  private func vectors(_ sql: String, _ table: any Table) throws(Diagnostic) -> DriftValues {
    let from = "FROM \(table.name.sqlName)"
    let isPresent = try column("(\n\(sql)\n) IS NOT NULL", table)
    guard case .booleans(let present) = isPresent.values else {
      throw Diagnostic("'\(sql)' of \(table.name) gives no lists")
    }
    let lengths = try column("coalesce(len(\n\(sql)\n), 0)", table)
    guard case .integers(let found) = lengths.values else {
      throw Diagnostic("'\(sql)' of \(table.name) gives no lists")
    }
    let rows = present.indices.filter { present[$0] }
    guard let first = rows.first else { return .vectors(width: 1, [], isPresent: present) }
    let width = Int(found[first])
    if let empty = rows.first(where: { found[$0] == 0 }) {
      throw Diagnostic(
        "the vector in row \(empty + 1) of \(table.name) is empty",
        hint: "leave it null where there is none")
    }
    if let odd = rows.first(where: { Int(found[$0]) != width }) {
      throw Diagnostic(
        "vectors of \(table.name) have \(width) numbers in row \(first + 1) and \(found[odd]) in row "
          + "\(odd + 1); one length was wanted")
    }
    guard rows.count * width <= Self.mostNumbers else {
      throw Diagnostic(
        "\(rows.count) vectors of \(width) numbers are more than \(Self.mostNumbers) numbers at once",
        hint: "give a table of fewer rows as 'data.current' and 'data.reference'")
    }
    let columns: [Column]
    do {
      columns = try table.query(
        "SELECT unnest(CAST((\n\(sql)\n) AS DOUBLE[])) AS x \(from)")
    } catch { throw Diagnostic.of(error) }
    guard let numbers = columns.first?.doubles, numbers.count == rows.count * width else {
      throw Diagnostic("the engine did not give the vectors of '\(sql)'")
    }
    if let bad = numbers.firstIndex(where: { !$0.isFinite }) {
      throw Diagnostic(
        "the vector in row \(rows[bad / width] + 1) of \(table.name) holds a null, NaN or infinity")
    }
    return .vectors(width: width, numbers, isPresent: present)
  }
}
