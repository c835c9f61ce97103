extension Expectation {
  /// Expectations of each value of a column.
  static let ofValues: [String: Making] = [
    "expect_column_values_to_not_be_null": plain("not_null"),
    "expect_column_values_to_be_null": plain("is_null"),
    "expect_column_values_to_be_unique": plain("unique"),
    "expect_column_values_to_be_in_set": set("in_set"),
    "expect_column_values_to_not_be_in_set": set("not_in_set"),
    "expect_column_distinct_values_to_be_in_set": set("distinct_in_set"),
    "expect_column_distinct_values_to_contain_set": set("distinct_contain_set"),
    "expect_column_distinct_values_to_equal_set": set("distinct_equal_set"),
    "expect_column_most_common_value_to_be_in_set": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      let values = try arguments.set("value_set")
      let ties = try arguments.flag("ties_okay")
      return [
        Draft(
          column, "most_common",
          [.init("values", values), ties ? .init("ties", .flag(true)) : nil])
      ]
    },
    "expect_column_values_to_be_between": { arguments, _ throws(ImportGap) in
      try refuseParsing(&arguments)
      return [Draft(try arguments.text("column"), "between", try arguments.bounds())]
    },
    "expect_column_values_to_be_increasing": order("increasing"),
    "expect_column_values_to_be_decreasing": order("decreasing"),
    "expect_column_value_z_scores_to_be_less_than": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      guard let threshold = try arguments.number("threshold") else {
        throw ImportGap("'threshold' is missing")
      }
      let both = try arguments.flag("double_sided")
      return [
        Draft(
          column, "z_score",
          [.init("threshold", threshold), .init("double_sided", .flag(both))])
      ]
    },
    "expect_column_values_to_not_be_outliers": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      let method = try arguments.scalar("method").map { SchemaText.Member("method", $0) }
      let multiplier = try arguments.number("multiplier").map {
        SchemaText.Member("multiplier", $0)
      }
      return [Draft(column, "not_outliers", [method, multiplier])]
    },
    "expect_column_values_to_be_of_type": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      return [try types(column, [try arguments.text("type_")])]
    },
    "expect_column_type_to_be": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      return [try types(column, [try arguments.text("type_")])]
    },
    "expect_column_values_to_be_in_type_list": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      return [try types(column, try arguments.texts("type_list"))]
    },
  ]

  /// A check of a column alone.
  private static func plain(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in [Draft(try arguments.text("column"), check)] }
  }

  /// A check of a column against a set.
  private static func set(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in
      try refuseParsing(&arguments)
      let column = try arguments.text("column")
      return [Draft(column, check, [.init("values", try arguments.set("value_set"))])]
    }
  }

  /// A check of an order.
  private static func order(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in
      try refuseParsing(&arguments)
      let column = try arguments.text("column")
      let isStrict = try arguments.flag("strictly")
      return [Draft(column, check, [isStrict ? .init("strictly", .flag(true)) : nil])]
    }
  }

  /// 0.18 could read texts as moments on the way.
  static func refuseParsing(_ arguments: inout ImportArguments) throws(ImportGap) {
    if try arguments.flag("parse_strings_as_datetimes") {
      throw ImportGap(
        "its texts are parsed as moments before they are compared",
        hint: "give the column the type TIMESTAMP and leave 'parse_strings_as_datetimes' out")
    }
  }

  /// Names of types, numpy's, pandas', Python's and SQL's, as the engine declares them.
  private static let declared: [String: String] = [
    "int": "BIGINT", "int64": "BIGINT", "Int64": "BIGINT", "int32": "INTEGER", "Int32": "INTEGER",
    "int16": "SMALLINT", "int8": "TINYINT", "uint64": "UBIGINT", "uint32": "UINTEGER",
    "uint16": "USMALLINT", "uint8": "UTINYINT", "float": "DOUBLE", "float64": "DOUBLE",
    "Float64": "DOUBLE", "float32": "FLOAT", "bool": "BOOLEAN", "boolean": "BOOLEAN",
    "bool_": "BOOLEAN", "str": "VARCHAR", "string": "VARCHAR", "object": "VARCHAR",
    "object_": "VARCHAR", "datetime64": "timestamp", "datetime64[ns]": "timestamp",
    "datetime64[us]": "timestamp", "datetime": "timestamp", "Timestamp": "timestamp",
    "BIGINT": "BIGINT", "INTEGER": "INTEGER", "SMALLINT": "SMALLINT", "TINYINT": "TINYINT",
    "DOUBLE": "DOUBLE", "DOUBLE_PRECISION": "DOUBLE", "REAL": "FLOAT", "FLOAT": "DOUBLE",
    "VARCHAR": "VARCHAR", "TEXT": "VARCHAR", "STRING": "VARCHAR", "BOOLEAN": "BOOLEAN",
    "DATE": "DATE", "TIMESTAMP": "timestamp", "DATETIME": "timestamp",
  ]

  /// A check of a column's type.
  static func types(_ column: String, _ names: [String]) throws(ImportGap) -> Draft {
    var types: [String] = []
    for name in names {
      guard let type = declared[name] else { throw ImportGap("the type '\(name)' is not known") }
      types.append(type)
    }
    return Draft(column, "of_type", [.init("types", .texts(types.unique))])
  }
}
