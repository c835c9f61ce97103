package import GateCore

/// What a person needs to act on a mean of a number a row.
extension FairRows {
  /// A line a group: its rows, and its mean by each model.
  package func groups(of terms: RowTerms) -> JSON {
    let weights = terms.isWeighted ? weights : nil
    var lines: [JSON] = []
    for group in groups.names.indices {
      let places = terms.rows.indices.filter { groups.codes[Int(terms.rows[$0])] == Int32(group) }
      if places.isEmpty { continue }
      let total = places.reduce(0) { $0 + (weights?[Int(terms.rows[$1])] ?? 1) }
      var line = [
        JSON.Member("group", .string(groups.names[group])),
        JSON.Member("n", .integer(places.count)),
      ]
      for (name, values) in zip(["value", "champion"], terms.values) where total > 0 {
        let sum = places.reduce(0) { $0 + (weights?[Int(terms.rows[$1])] ?? 1) * values[$1] }
        line.append(JSON.Member(name, .number(sum / total)))
      }
      lines.append(.object(line))
    }
    return .array(lines)
  }

  /// What rows were compared by, each group's mean, and how many rows were left out, and by what.
  package func evidence(
    of terms: RowTerms, _ scaling: RowFairness.Scaling, taken: [Int32], complete: [Int32]
  ) -> [String: JSON] {
    var evidence: [String: JSON] = [
      "columns": .array((features?.names ?? []).map(JSON.string)),
      "scaling": .string(scaling.rawValue),
      "neighbours": .integer(Int(arguments["neighbours"] ?? 5)), "groups": groups(of: terms),
    ]
    let missing = groups.rows - complete.count
    if missing > 0 { evidence["rows_with_nulls"] = .integer(missing) }
    if taken.count < complete.count {
      evidence["rows_drawn"] = [
        "rows": .integer(taken.count), "of": .integer(complete.count),
        "seed": .integer(Int(arguments["seed"] ?? 0)),
      ]
    }
    return evidence
  }

  /// The same in words.
  package func note(taken: [Int32], complete: [Int32]) -> String {
    let missing = groups.rows - complete.count
    let nulls = missing > 0 ? "; \(missing) row\(missing == 1 ? "" : "s") with nulls left out" : ""
    return taken.count < complete.count
      ? nulls + "; on \(taken.count) of \(complete.count) rows, drawn by the seed" : nulls
  }

  /// The first ten of the rows that are furthest from those like them.
  package func least(_ rows: [Int32], _ values: [Double]) -> JSON {
    guard let least = values.min(), least < 1 else { return .array([]) }
    return rows.indices.filter { values[$0] == least }.map { rows[$0] }.numbered
  }
}

extension [Int32] {
  /// The first ten rows, counted from 1 as messages do.
  package var numbered: JSON { .array(prefix(10).map { .integer(Int($0) + 1) }) }
}
