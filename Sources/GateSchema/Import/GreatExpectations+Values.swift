import GateCore

extension Expectation {
  /// Expectations of each value of a column.
  package static let ofValues: [String: Making] = [
    "expect_column_values_to_not_be_null": plain("not_null"),
    "expect_column_values_to_be_null": plain("is_null"),
    "expect_column_values_to_be_unique": plain("unique"),
    "expect_column_values_to_be_in_set": set("in_set", isNeeded: false),
    "expect_column_values_to_not_be_in_set": set("not_in_set", isNeeded: false, orEmpty: false),
    "expect_column_distinct_values_to_be_in_set": set("distinct_in_set", isNeeded: false),
    "expect_column_distinct_values_to_contain_set": set("distinct_contain_set", orEmpty: false),
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
      try refuseCrossing(&arguments)
      let parsing = try arguments.parsing()
      let bounds = try arguments.bounds()
      if parsing != nil { for bound in bounds { try wantMoment(bound.value) } }
      return [
        parsed(
          Draft(try arguments.text("column"), "between", bounds + [parsing]), parsing != nil)
      ]
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
      return [try EngineTypes.check(column, [try arguments.text("type_")])]
    },
    "expect_column_type_to_be": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      return [try EngineTypes.check(column, [try arguments.text("type_")])]
    },
    "expect_column_values_to_be_in_type_list": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      return [try EngineTypes.check(column, try arguments.texts("type_list"))]
    },
  ]

  /// A check of a column alone.
  private static func plain(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in [Draft(try arguments.text("column"), check)] }
  }

  /// A check of a column against a set.
  ///
  /// `isNeeded`: whether a set must be there; without one everything holds. `orEmpty`: whether an empty one says
  /// anything.
  private static func set(
    _ check: String, isNeeded: Bool = true, orEmpty: Bool = true
  ) -> Making {
    { arguments, _ throws(ImportGap) in
      let parsing = try arguments.parsing()
      let column = try arguments.text("column")
      if !isNeeded, arguments.take("value_set") == nil {
        return [.recording(column, "distinct_count", because: "it has no set")]
      }
      let values = try arguments.set("value_set")
      if !orEmpty, values == .list([]) {
        return [.recording(column, "distinct_count", because: "its set is empty")]
      }
      guard let parsing else { return [Draft(column, check, [.init("values", values)])] }
      guard
        SchemaChecks.named(check, .column)?.parameters.contains(where: { $0.id == "as" }) == true,
        case .list(let moments) = values
      else { throw ImportGap("its texts are parsed as moments before they are compared") }
      for moment in moments { try wantMoment(moment) }
      return [parsed(Draft(column, check, [.init("values", values), parsing]), true)]
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

  /// What is read as a moment on the way must be one as the engine reads them.
  static func wantMoment(_ value: SchemaText) throws(ImportGap) {
    let text: String
    switch value {
    case .text(let words), .plain(let words): text = words
    default: text = ""
    }
    let parts = text.prefix { $0 != " " && $0 != "T" }.split(separator: "-")
    let isDate =
      parts.count == 3 && parts[0].count == 4 && parts.allSatisfy { Int($0) != nil }
    guard isDate else {
      throw ImportGap(
        "'\(text)' is parsed as a moment, and is none as 2026-01-31 is",
        hint: "write it as 2026-01-31")
    }
  }

  /// A draft that says of itself which texts are read as moments.
  package static func parsed(_ draft: Draft, _ isParsed: Bool) -> Draft {
    var draft = draft
    if isParsed {
      draft.remark =
        "reads texts as moments where they are written as 2026-01-31; dateutil reads more"
    }
    return draft
  }

  /// Texts in order with numbers are none here.
  private static func refuseCrossing(_ arguments: inout ImportArguments) throws(ImportGap) {
    if try arguments.flag("allow_cross_type_comparisons") {
      throw ImportGap("it compares values of different types")
    }
  }

  /// 0.18 could read texts as moments on the way.
  static func refuseParsing(_ arguments: inout ImportArguments) throws(ImportGap) {
    if try arguments.parsing() != nil {
      throw ImportGap(
        "its texts are parsed as moments before they are compared",
        hint: "give the column the type TIMESTAMP and leave 'parse_strings_as_datetimes' out")
    }
  }
}
