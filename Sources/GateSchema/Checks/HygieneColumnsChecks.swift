import GateCore

extension SchemaCheck {
  /// Columns that say nothing.
  static let constantColumns = SchemaCheck(
    "constant_columns", "No column has one value, or none, in all rows; nulls do not count.",
    of: .table, parameters: ColumnSweep.parameters,
    examples: [
      Example("constant_columns: true", on: "x,y\n1,a\n2,b\n", holds: true, value: 0),
      Example("constant_columns: true", on: "x,y\n1,a\n1,b\n", holds: false, value: 1),
      Example("constant_columns: {except: [x]}", on: "x,y\n1,a\n1,b\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    guard let sweep = try question.sweep(.columns) else {
      return try question.lacking(.columns)
    }
    let same = { @Sendable (x: String) in
      "CAST(min(\(x)) IS NOT DISTINCT FROM max(\(x)) AS INTEGER)"
    }
    return sweep.measuring(
      { same($0.name.sqlName) }, wrong: "are constant", limit: ["max": 0], countsColumns: true
    ) { column, value in
      ColumnSweep.Figure(column: column.name, value: value, words: "", isBroken: value != 0)
    }
  }.counting("column")

  /// Nulls in any column.
  static let nullShareMax = SchemaCheck(
    "null_share_max", "No column has a larger share of nulls.", of: .table,
    parameters: [
      Parameter("max_share", "The largest share of any column.", .number(0...1), standard: "0.05")
    ] + ColumnSweep.parameters,
    examples: [
      Example("null_share_max: true", on: "x,y\n1,a\n2,b\n", holds: true, value: 0),
      Example("null_share_max: true", on: "x,y\n1,a\n,b\n", holds: false, value: 0.5),
      Example("null_share_max: {max_share: 0.5}", on: "x,y\n1,a\n,b\n", holds: true, value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    guard let sweep = try question.sweep(.columns) else {
      return try question.lacking(.columns)
    }
    let most = question.limit("max_share", 0.05)
    return sweep.measuring(
      { "(count(*) - count(\($0.name.sqlName))) / nullif(count(*), 0)" },
      wrong: "have more nulls than a share of \(most.brief)", limit: ["max_share": most]
    ) { column, value in
      ColumnSweep.Figure(
        column: column.name, value: value, words: (value ?? 0).brief,
        isBroken: !((value ?? 1) <= most))
    }
  }

  /// Ways to write that there is no value.
  static let mixedNulls = SchemaCheck(
    "mixed_nulls",
    "No column writes a missing value in several ways: nulls, NaN, and texts as 'NA', 'null', 'None'.",
    of: .table,
    parameters: [
      Parameter("max", "The most ways in one column.", .integer(0...1000), standard: "1")
    ] + ColumnSweep.parameters,
    examples: [
      Example("mixed_nulls: true", on: "x,y\na,1\nNA,2\n", holds: true, value: 1),
      Example("mixed_nulls: true", on: "x,y\na,1\nNA,2\nnone,3\n", holds: false, value: 2),
      Example("mixed_nulls: true", on: "x,y\na,1\nN/A,2\n,3\n", holds: false, value: 2),
      Example("mixed_nulls: {max: 2}", on: "x,y\na,1\nN/A,2\n,3\n", holds: true, value: 2),
    ]
  ) { question throws(Diagnostic) in
    guard let sweep = try question.sweep(.columns) else {
      return try question.lacking(.columns)
    }
    let most = question.limit("max", 1)
    return sweep.selecting(
      { TextProfile.nulls($0, in: question.table) },
      wrong: "write a missing value in more than \(Int(most).counted("way"))",
      limit: ["max": most]
    ) { column, row in
      let ways = column.kind == .string ? TextProfile(row).nullWays : row.first.flatMap(\.self) ?? 0
      return ColumnSweep.Figure(
        column: column.name, value: ways, words: "\(ways.brief) ways", isBroken: ways > most)
    }
  }.counting("way")

  /// Numbers among texts.
  static let mixedTypes = SchemaCheck(
    "mixed_types",
    "No column mixes numbers and texts: the share of the rarer lies not between the bounds.",
    of: .table,
    parameters: [
      Parameter("above", "A share up to this is a slip.", .number(0...1), standard: "0.01"),
      Parameter("below", "A share from this on is meant.", .number(0...1), standard: "0.1"),
    ] + ColumnSweep.parameters,
    refuse: refuseNoShare,
    examples: [
      Example("mixed_types: true", on: "x,y\na,1\nb,2\n", holds: true, value: 0),
      Example(
        "mixed_types: {below: 0.4}", on: "x,y\na,1\nb,2\n7,3\n", holds: false, value: 1.0 / 3),
      Example("mixed_types: true", on: "x,y\na,1\nb,2\n7,3\n", holds: true, value: 1.0 / 3),
    ]
  ) { question throws(Diagnostic) in
    guard let sweep = try question.sweep(.texts) else {
      return try question.lacking(.texts)
    }
    let (low, high) = (question.limit("above", 0.01), question.limit("below", 0.1))
    return sweep.selecting(
      { TextProfile.sql($0, in: question.table) }, wrong: "mix numbers and texts",
      limit: ["max": low, LimitName("min", orOf: nil): high]
    ) { column, row in
      let share = TextProfile(row).rarerShare
      return ColumnSweep.Figure(
        column: column.name, value: share, words: "\(((share ?? 0) * 100).brief)% of the rarer",
        isBroken: share.map { $0 > low && $0 < high } ?? false)
    }
  }

  /// Cells that hold no letter and no digit.
  static let specialCharacters = SchemaCheck(
    "special_characters", "Few cells of any column consist of special characters only.",
    of: .table,
    parameters: [
      Parameter("max_share", "The largest share of any column.", .number(0...1), standard: "0.001")
    ] + ColumnSweep.parameters,
    examples: [
      Example("special_characters: true", on: "x,y\na,1\nb-c,2\n", holds: true, value: 0),
      Example("special_characters: true", on: "x,y\na,1\n??,2\n", holds: false, value: 0.5),
      Example(
        "special_characters: {max_share: 0.5}", on: "x,y\na,1\n?!,2\n", holds: true, value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    guard let sweep = try question.sweep(.texts) else {
      return try question.lacking(.texts)
    }
    let most = question.limit("max_share", 0.001)
    return sweep.selecting(
      { TextProfile.sql($0, in: question.table) },
      wrong: "have cells of special characters only, beyond a share of \(most.brief)",
      limit: ["max_share": most]
    ) { column, row in
      let share = TextProfile(row).specialShare
      return ColumnSweep.Figure(
        column: column.name, value: share, words: (share ?? 0).brief,
        isBroken: (share ?? 0) > most)
    }
  }

  /// Writings of one category.
  static let stringVariants = SchemaCheck(
    "string_variants",
    "No two texts of a column differ only in case, spaces and punctuation.", of: .table,
    parameters: [
      Parameter(
        "max", "The most surplus writings in one column.", .integer(0...Int.max), standard: "0")
    ] + ColumnSweep.parameters,
    examples: [
      Example("string_variants: true", on: "x,y\nnorth,1\nsouth,2\n", holds: true, value: 0),
      Example(
        "string_variants: true", on: "x,y\nnorth,1\nNorth,2\n north!,3\n", holds: false, value: 2),
      Example("string_variants: {max: 2}", on: "x,y\na,1\nA,2\na.,3\n", holds: true, value: 2),
    ]
  ) { question throws(Diagnostic) in
    guard let sweep = try question.sweep(.texts) else {
      return try question.lacking(.texts)
    }
    let most = question.limit("max", 0)
    return sweep.selecting(
      { TextProfile.sql($0, in: question.table) }, wrong: "write one category in several ways",
      limit: ["max": most]
    ) { column, row in
      let variants = TextProfile(row).variants
      return ColumnSweep.Figure(
        column: column.name, value: variants, words: Int(variants).counted("surplus writing"),
        isBroken: variants > most)
    }
  }.counting("writing")

  /// Bounds between which nothing lies.
  private static let refuseNoShare: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    (rule["above"]?.number ?? 0.01) < (rule["below"]?.number ?? 0.1)
      ? nil : Diagnostic("'above' is not less than 'below', so no share could break it")
  }
}
