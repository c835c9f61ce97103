/// Rows worth judging on their own: how a manifest names them.
package indirect enum Slice: Sendable, Hashable {
  /// A slice for every value of a column; nulls are one of them.
  case column(String)
  /// A slice for every interval between edges: below the first, then closed below and open above.
  case bins(name: String, column: String, edges: [Double])
  /// The rows for which SQL over the row is true.
  case predicate(name: String, sql: String)
  /// A slice for the rows for which SQL over the row is true, and one for all others.
  case condition(name: String, sql: String)
  /// A slice for every combination that occurs.
  case cross([Slice])

  /// Whether it is cut into bins, which are groups whether rows are in them or not.
  package var isOfBins: Bool { if case .bins = self { true } else { false } }

  /// What a gate calls it by.
  package var name: String {
    switch self {
    case .column(let column): column
    case .bins(let name, _, _), .predicate(let name, _), .condition(let name, _): name
    case .cross(let parts): parts.map(\.name).joined(separator: ",")
    }
  }
}

/// One group of rows of a slice.
package struct SliceGroup: Sendable, Hashable {
  /// The slice's names with this group's values, in the slice's order.
  package var values: [SliceValue]

  package init(values: [SliceValue]) { self.values = values }

  /// Whether the manifest itself names it, whatever values there are: a bin, or what a condition holds of.
  var isDeclared: Bool {
    values.allSatisfy { value in
      switch value.content {
      case .holds, .named: true
      case .missing, .text: false
      }
    }
  }

  /// The end of a check's id: `sex=female,region=north`; what would read as syntax there is percent-encoded.
  package var id: String {
    values.map { value in
      value.content.id.map { "\(value.name.idPart)=\($0)" } ?? value.name.idPart
    }.joined(separator: ",")
  }

  /// For messages: `sex=female, region=north`.
  package var title: String {
    values.map { value in value.content.shown.map { "\(value.name)=\($0)" } ?? value.name }
      .joined(separator: ", ")
  }

  /// For the report: nil is a missing value.
  package var dictionary: [String: String?] {
    Dictionary(values.map { ($0.name, $0.content.recorded) }) { first, _ in first }
  }
}

extension String {
  /// The text as a part of a check's id: what would read as syntax there is percent-encoded.
  package var idPart: String {
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isUnsafe || "/=%".unicodeScalars.contains(scalar) {
        for byte in String(scalar).utf8 {
          text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

/// A slice on the rows of a table: which group each row is of.
package struct SlicedRows: Sendable {
  package var groups: [SliceGroup]
  /// For every row the index of its group; -1: in none.
  package var codes: [Int32]

  /// Takes both.
  package init(groups: [SliceGroup], codes: [Int32]) {
    self.groups = groups
    self.codes = codes
  }

  /// The rows of each group.
  package var counts: [Int] {
    var counts = [Int](repeating: 0, count: groups.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return counts
  }

  /// The same without the groups that no row is of.
  package var filled: SlicedRows {
    let counts = counts
    if counts.allSatisfy({ $0 > 0 }) { return self }
    var places = [Int32](repeating: -1, count: counts.count)
    let kept = counts.indices.filter { counts[$0] > 0 }
    for (place, group) in kept.enumerated() { places[group] = Int32(place) }
    return SlicedRows(
      groups: kept.map { groups[$0] }, codes: codes.map { $0 < 0 ? -1 : places[Int($0)] })
  }

  /// The declared groups without rows, of which a cross with another slice tells nothing: one that has groups of which
  /// nobody knows before which there are.
  fileprivate func idle(beside other: SlicedRows) -> [SliceGroup] {
    if other.groups.allSatisfy(\.isDeclared) { return [] }
    return zip(groups, counts).filter { $0.isDeclared && $1 == 0 }.map(\.0)
  }

  /// What stands for all values of its names.
  fileprivate var anyValues: [SliceValue] {
    (groups.first?.values ?? []).map { SliceValue($0.name, .named("(any)")) }
  }
}

extension Slice {
  /// The most groups one slice may have.
  package static let mostGroups = 10_000

  /// Reads the slice's columns and says which group each row is of; groups stand in order of their values, nulls last.
  ///
  /// Throws a `Diagnostic` when a column is not there or has too many values to slice by.
  package func rows(of table: any Table) throws -> SlicedRows {
    switch self {
    case .column(let column):
      try checkColumn(column, in: table)
      return try columnRows(try table.columns([column.sqlName])[0])
    case .bins(let name, let column, let edges):
      try checkColumn(column, in: table)
      let read = try table.columns([column.sqlName])[0]
      if read.doubles == nil || read.isMoments {
        throw table.explaining(
          .wantedNumbers(
            "the slice '\(name)' cuts '\(column)' into bins, and '\(column)'", of: table.name, read),
          of: column)
      }
      return try binRows(read, name: name, edges: edges)
    case .predicate(let name, let sql):
      return SlicedRows(
        groups: [SliceGroup(values: [SliceValue(name, .holds)])],
        codes: try Self.holds(sql, in: table).map { $0 ? 0 : -1 })
    case .condition(let name, let sql):
      return SlicedRows(
        groups: ["false", "true"].map { SliceGroup(values: [SliceValue(name, .named($0))]) },
        codes: try Self.holds(sql, in: table).map { $0 ? 1 : 0 })
    case .cross(let parts): return try crossRows(try parts.map { try $0.rows(of: table) })
    }
  }

  /// What must be read for it: itself, or a cross's parts.
  package var atoms: [Slice] {
    if case .cross(let parts) = self { parts.flatMap(\.atoms) } else { [self] }
  }

  /// The same of atoms that were read once for all slices; throws the mistake of one that was not.
  package func rows(of atoms: [Slice: Result<SlicedRows, Diagnostic>]) throws -> SlicedRows {
    if case .cross(let parts) = self { return try crossRows(parts.map { try $0.rows(of: atoms) }) }
    guard let rows = atoms[self] else { throw Diagnostic("the slice '\(name)' was not read") }
    return try rows.get()
  }

  /// Whether a condition is true of each row; null is not true.
  private static func holds(_ sql: String, in table: any Table) throws -> [Bool] {
    let column = try table.columns([sql])[0]
    guard case .booleans(let holds) = column.values else {
      throw Diagnostic(
        "'\(sql)' gives no true or false", hint: "a slice's 'where' is a condition on the row")
    }
    return holds.indices.map { holds[$0] && !column.isNull($0) }
  }

  private func checkColumn(_ column: String, in table: any Table) throws {
    let names = table.schema.map(\.name)
    if names.has(column) {
      return try table.wantOneValue(of: column, as: "a slice's column")
    }
    throw Diagnostic(
      "there is no slice and no column '\(column)' in \(table.name)",
      hint: column.nearest(in: names).map { "did you mean '\($0)'?" }
        ?? "slices are declared under 'slices'; the columns are: "
        + names.prefix(40).joined(separator: ", ") + (names.count > 40 ? ", …" : ""))
  }

  private func columnRows(_ column: Column) throws -> SlicedRows {
    guard var coded = try column.coded(atMost: Self.mostGroups) else {
      throw Diagnostic(
        "column '\(name)' has more than \(Self.mostGroups) values",
        hint: "slice it by 'bins' or by a 'where'")
    }
    var contents = coded.texts.map { SliceValue.Content.text($0) }
    if column.firstNull != nil {
      let null = Int32(contents.count)
      for row in coded.codes.indices where coded.codes[row] < 0 { coded.codes[row] = null }
      contents.append(.missing)
    }
    let groups = contents.map { SliceGroup(values: [SliceValue(name, $0)]) }
    return SlicedRows(groups: groups, codes: coded.codes)
  }

  private func binRows(_ column: Column, name: String, edges: [Double]) throws -> SlicedRows {
    let values = column.doubles ?? []
    if let row = column.firstBeyondDoubles {
      throw Diagnostic(
        "the slice '\(name)' cuts '\(column.name)' into bins, and its value in row \(row + 1) has more digits than the "
          + "edges of bins have, which are doubles",
        hint:
          "make slices of conditions, which compare whole numbers: {name: …, where: '\(column.name.sqlName) < …'}"
      )
    }
    let last = edges.count
    // A bin is declared, and so one without rows is a group as well; that a value is missing is not.
    var used = [Bool](repeating: true, count: last + 1) + [false]
    var codes = values.map { value -> Int32 in
      let bin = value.isNaN ? last + 1 : edges.partitioningIndex { $0 > value }
      used[bin] = true
      return Int32(bin)
    }
    let present = used.indices.filter { used[$0] }
    var rank = [Int32](repeating: -1, count: used.count)
    for (index, bin) in present.enumerated() { rank[bin] = Int32(index) }
    for row in codes.indices { codes[row] = rank[Int(codes[row])] }
    let groups = present.map { bin -> SliceGroup in
      let content: SliceValue.Content =
        switch bin {
        case last + 1: .missing
        case 0: .named("<\(Self.edge(edges[0]))")
        case last: .named("\(Self.edge(edges[last - 1])) and over")
        default: .named("[\(Self.edge(edges[bin - 1])), \(Self.edge(edges[bin])))")
        }
      return SliceGroup(values: [SliceValue(name, content)])
    }
    return SlicedRows(groups: groups, codes: codes)
  }

  /// An edge with as many digits as tell it from every other.
  private static func edge(_ value: Double) -> String {
    Double(value.brief) == value ? value.brief : value.exact
  }

  private func crossRows(_ parts: [SlicedRows]) throws -> SlicedRows {
    var crossed = parts[0]
    for part in parts.dropFirst() {
      let width = part.groups.count
      var used = crossed.groups.flatMap { mine in
        part.groups.map { mine.isDeclared && $0.isDeclared }
      }
      for row in crossed.codes.indices where crossed.codes[row] >= 0 && part.codes[row] >= 0 {
        used[Int(crossed.codes[row]) * width + Int(part.codes[row])] = true
      }
      let present = used.indices.filter { used[$0] }
      // Of declared groups beside those of a column it is told that they have no rows at all.
      let idle =
        crossed.idle(beside: part).map { SliceGroup(values: $0.values + part.anyValues) }
        + part.idle(beside: crossed).map { SliceGroup(values: crossed.anyValues + $0.values) }
      if present.count + idle.count > Self.mostGroups {
        throw Diagnostic("the cross '\(name)' has more than \(Self.mostGroups) groups")
      }
      var rank = [Int32](repeating: -1, count: used.count)
      for (index, pair) in present.enumerated() { rank[pair] = Int32(index) }
      let groups = present.map {
        SliceGroup(values: crossed.groups[$0 / width].values + part.groups[$0 % width].values)
      }
      let codes = crossed.codes.indices.map { row -> Int32 in
        crossed.codes[row] < 0 || part.codes[row] < 0
          ? -1 : rank[Int(crossed.codes[row]) * width + Int(part.codes[row])]
      }
      crossed = SlicedRows(groups: groups + idle, codes: codes)
    }
    return crossed
  }
}
