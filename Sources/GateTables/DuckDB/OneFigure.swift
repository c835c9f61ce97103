import GateCore

/// Whether SQL is one figure of a table: aggregates, and what is made of them.
enum OneFigure {
  /// Refuses an expression that has a value for every row, or several.
  static func check(
    _ expression: String, columns: [String], on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) {
    let functions = try connection.functions(doing: what)
    let tree = try SQLUses.tree(of: expression, on: connection, doing: what)
    var parts = Parts(
      columns: Set(columns.map { $0.lowercased() }), aggregates: functions.aggregates)
    parts.walk(tree["statements"]?.items?.first?["node"]?["select_list"] ?? .null)
    if parts.isSeveral {
      throw Diagnostic(
        "\(what): it gives several values; one value for the table was wanted",
        hint: "write an aggregate, as in 'max(x)'")
    }
    if let column = parts.outside {
      throw Diagnostic(
        "\(what): '\(column)' stands in no aggregate, so that there is a value for every row; one value for "
          + "the table was wanted", hint: "write an aggregate of it, as in 'max(\(column.sqlWord))'"
      )
    }
    if !parts.hasAggregate {
      throw Diagnostic(
        "\(what): it has no aggregate, so that there is a value for every row; one value for the table was "
          + "wanted", hint: "write an aggregate, as in 'max(x)' or 'count(*)'")
    }
  }

  /// What an expression is made of.
  private struct Parts {
    let columns: Set<String>
    let aggregates: Set<String>
    var hasAggregate = false
    /// The first column that stands in no aggregate.
    var outside: String?
    /// Whether it stands for several values: a window over the rows, a list's elements.
    var isSeveral = false

    /// Takes in a part and all below it, in their order.
    mutating func walk(_ whole: JSON) {
      var open: [(part: JSON, names: Set<String>)] = [(whole, [])]
      while let (part, names) = open.popLast() {
        if case .array(let items) = part { open += items.reversed().map { ($0, names) } }
        if case .object(let members) = part { take(part, members, names, &open) }
      }
    }

    /// Takes in one node, and opens what stands below it; `names`: what lambdas around it call their values.
    private mutating func take(
      _ part: JSON, _ members: [JSON.Member], _ around: Set<String>,
      _ open: inout [(part: JSON, names: Set<String>)]
    ) {
      var names = around
      switch part["class"]?.string {
      case "FUNCTION":
        let name = part["function_name"]?.string?.lowercased() ?? ""
        if aggregates.contains(name) {
          hasAggregate = true
          return
        }
        if name == "unnest" { isSeveral = true }
      case "WINDOW", "STAR": isSeveral = true
      // A SELECT of its own, which says itself how many values it gives.
      case "SUBQUERY": return
      case "LAMBDA": names.formUnion((part["lhs"] ?? .null).columnNames)
      case "COLUMN_REF":
        let path = (part["column_names"]?.items ?? []).compactMap(\.string)
        if let found = path.first(where: { columns.contains($0.lowercased()) }),
          !names.contains(found.lowercased())
        {
          outside = outside ?? found
        }
      default: break
      }
      open += members.reversed().map { ($0.value, names) }
    }
  }
}

extension String {
  /// The name as SQL takes it: quoted where it is no plain word.
  fileprivate var sqlWord: String {
    let isPlain =
      !isEmpty && utf8.allSatisfy { $0 == 0x5f || (0x61...0x7a).contains($0) }
    return isPlain ? self : sqlName
  }
}

extension JSON {
  /// The names of columns in a part of the engine's tree, lower case: of a lambda's left side what it calls its values.
  var columnNames: Set<String> {
    switch self {
    case .array(let items): Set(items.flatMap(\.columnNames))
    case .object(let members):
      Set((self["column_names"]?.items ?? []).compactMap { $0.string?.lowercased() })
        .union(members.flatMap { $0.value.columnNames })
    default: []
    }
  }
}
