import GateCore

extension Expectation {
  /// Expectations of a table.
  static let ofTables: [String: Making] = [
    "expect_table_columns_to_match_set": { arguments, _ throws(ImportGap) in
      if arguments.take("column_set") == nil, try arguments.flag("exact_match", standard: true) {
        return [.recording(nil, nil, because: "it names no column")]
      }
      let columns = try arguments.texts("column_set")
      let isExact = try arguments.flag("exact_match", standard: true)
      return [
        Draft(
          nil, "columns_set",
          [.init("columns", .texts(columns)), isExact ? nil : .init("exact", .flag(false))])
      ]
    },
    "expect_table_columns_to_match_ordered_list": { arguments, _ throws(ImportGap) in
      if arguments.take("column_list") == nil {
        return [.recording(nil, nil, because: "it names no column")]
      }
      return [
        Draft(
          nil, "columns_ordered", [.init("columns", .texts(try arguments.texts("column_list")))])
      ]
    },
    "expect_table_column_count_to_equal": { arguments, _ throws(ImportGap) in
      [Draft(nil, "column_count", [try arguments.equal("value")])]
    },
    "expect_table_column_count_to_be_between": { arguments, _ throws(ImportGap) in
      [try arguments.figure(nil, "column_count")]
    },
    "expect_table_row_count_to_equal": { arguments, _ throws(ImportGap) in
      [Draft(nil, "row_count", [try arguments.equal("value")])]
    },
    "expect_table_row_count_to_be_between": { arguments, _ throws(ImportGap) in
      [try arguments.figure(nil, "row_count")]
    },
    "expect_table_row_count_to_equal_other_table": { arguments, source throws(ImportGap) in
      let table = try arguments.text("other_table_name")
      try source.known(table, at: arguments.node.mark)
      return [Draft(nil, "row_count_equals", [.init("table", .text(table))])]
    },
    "unexpected_rows_expectation": { arguments, _ throws(ImportGap) in
      let sql = try arguments.text("unexpected_rows_query")
      return [
        Draft(nil, "no_rows", [.init("sql", .text(sql.replacing("{batch}", with: "{table}")))])
      ]
    },
    "expect_column_to_exist": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      // An index of 0 is falsy, and Great Expectations does not look at it.
      guard let index = try arguments.integer("column_index"), index != 0 else { return [] }
      return [Draft(column, "position", [.init("index", .plain(String(index)))])]
    },
  ]

  /// Expectations of several columns of a row.
  static let ofSeveral: [String: Making] = [
    "expect_compound_columns_to_be_unique": several("compound_unique"),
    "expect_select_column_values_to_be_unique_within_record": several("unique_within_row"),
    "expect_multicolumn_values_to_be_unique": several("unique_within_row"),
    "expect_multicolumn_values_to_be_equal": several("equal_columns"),
    "expect_multicolumn_sum_to_equal": { arguments, _ throws(ImportGap) in
      let columns = try arguments.texts("column_list")
      guard let sum = try arguments.number("sum_total") else {
        throw ImportGap("'sum_total' is missing")
      }
      return [
        Draft(
          nil, "sum_of_columns",
          [.init("columns", .texts(columns)), .init("equal", sum), try arguments.ignored()])
      ]
    },
    "expect_column_pair_values_to_be_equal": { arguments, _ throws(ImportGap) in
      let (a, b) = (try arguments.text("column_A"), try arguments.text("column_B"))
      return [Draft(a, "equal_to", [.init("column", .text(b)), try arguments.ignored()])]
    },
    "expect_column_pair_values_a_to_be_greater_than_b": { arguments, _ throws(ImportGap) in
      let (a, b) = (try arguments.text("column_A"), try arguments.text("column_B"))
      let orEqual = try arguments.flag("or_equal")
      return [
        Draft(
          a, "greater_than",
          [
            .init("column", .text(b)), orEqual ? .init("or_equal", .flag(true)) : nil,
            try arguments.ignored(),
          ])
      ]
    },
    "expect_column_pair_values_to_be_in_set": { arguments, _ throws(ImportGap) in
      let (a, b) = (try arguments.text("column_A"), try arguments.text("column_B"))
      let pairs = try arguments.items("value_pairs_set")
      for pair in pairs where pair.items?.count != 2 {
        throw ImportGap("found \(pair.found), wanted a pair of values", at: pair.mark)
      }
      return [
        Draft(
          a, "pair_in_set",
          [
            .init("column", .text(b)), .init("values", .list(pairs.map(SchemaText.init))),
            try arguments.ignored(),
          ])
      ]
    },
  ]

  /// A check of a list of columns.
  private static func several(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in
      let columns = try arguments.texts("column_list")
      return [
        Draft(nil, check, [.init("columns", .texts(columns)), try arguments.ignored()])
      ]
    }
  }
}
