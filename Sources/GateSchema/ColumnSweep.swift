package import GateCore

/// A check of the table that looks at each of several columns by itself.
package struct ColumnSweep: Sendable {
  package let question: CheckContext
  package let columns: [ColumnType]

  /// What came of one column.
  package struct Figure: Sendable {
    package var column: String
    /// Nil: it is undefined for this column, which then cannot break the check.
    package var value: Double?
    /// What is said of it behind its name.
    package var words: String
    package var isBroken: Bool
  }

  /// The choice of columns, as every sweep takes it.
  package static let parameters = [
    Parameter("columns", "The columns looked at; default: all that it fits.", .list(.text)),
    Parameter("except", "Columns that are not looked at.", .list(.text)),
  ]

  /// One aggregate a column in the common scan, and what its value means.
  ///
  /// `countsColumns`: the value is how many columns break it.
  func measuring(
    _ aggregate: (ColumnType) -> String, wrong: String, limit: [LimitName: Double] = [:],
    countsColumns: Bool = false,
    _ judge: @escaping @Sendable (ColumnType, Double?) -> Figure
  ) -> QueryPlan {
    let columns = columns
    return .asking(columns.map { .number(aggregate($0)) }) { answers in
      let figures = zip(columns, answers).map { judge($0, $1.number) }
      var finding = Self.finding(figures, wrong: wrong, limit: limit)
      if countsColumns { finding.value = Double(figures.count(where: \.isBroken)) }
      return .answered(finding)
    }
  }

  /// One SELECT a column, and what its columns mean; the first row of each as numbers.
  func selecting(
    _ select: (ColumnType) -> String, wrong: String, limit: [LimitName: Double] = [:],
    _ judge: @escaping @Sendable (ColumnType, [Double?]) -> Figure
  ) -> QueryPlan {
    let columns = columns
    return .asking(columns.map { .rows(select($0)) }) { answers in
      .answered(
        Self.finding(
          zip(columns, answers).map { judge($0, $1.firstRow) }, wrong: wrong, limit: limit))
    }
  }

  /// The columns that break it by name, the worst first; the value is the largest of all columns.
  package static func finding(
    _ figures: [Figure], wrong: String, limit: [LimitName: Double] = [:], noun: String = "column"
  ) -> Finding {
    let broken = figures.filter(\.isBroken).enumerated().sorted {
      ($1.element.value ?? 0, $0.offset) < ($0.element.value ?? 0, $1.offset)
    }.map(\.element)
    let told = broken.prefix(5).map { "\($0.column)\($0.words.isEmpty ? "" : " (\($0.words))")" }
    let total = figures.count.counted(noun)
    let message =
      broken.isEmpty
      ? "none of \(total) \(wrong.agreeing(with: figures.count))"
      : "\(broken.count) of \(total) \(wrong.agreeing(with: broken.count)): \(told.joined(separator: ", "))"
        + (broken.count > 5 ? " and others" : "")
    return Finding(
      holds: broken.isEmpty, message, value: figures.compactMap(\.value).max(), limit: limit,
      evidence: [
        "columns": .array(
          (broken.isEmpty ? figures : broken).prefix(1000).map { figure in
            .object([
              JSON.Member("column", .string(figure.column)),
              JSON.Member("value", figure.value.map(JSON.number) ?? .null),
            ])
          })
      ])
  }
}

extension CheckContext {
  /// A sweep over the columns the check names, or all that fit, without those it leaves out; nil: none fits.
  package func sweep(_ kind: ColumnSweep.Kind) throws(Diagnostic) -> ColumnSweep? {
    var left: Set<String> = []
    for node in self["except"]?.items ?? [] { left.insert(try named(node).name) }
    guard let items = self["columns"]?.items else {
      let columns = table.columns.filter { kind.fits($0) && !left.contains($0.name) }
      return columns.isEmpty ? nil : ColumnSweep(question: self, columns: columns)
    }
    var columns: [ColumnType] = []
    for node in items {
      let column = try named(node)
      guard kind.fits(column) else {
        throw Diagnostic(
          "'\(column.name)' is \(column.shownType), and '\(rule.check.id)' looks at \(kind.rawValue)",
          at: node.mark, hint: "leave it out")
      }
      if !left.contains(column.name), !columns.contains(column) { columns.append(column) }
    }
    return columns.isEmpty ? nil : ColumnSweep(question: self, columns: columns)
  }

  /// What the check wants and the data do not have: skipped where `hygiene` asked for it, else a mistake.
  func lacking(_ what: String, hint: String? = nil) throws(Diagnostic) -> QueryPlan {
    guard rule.isStandard else { throw Diagnostic(what, at: rule.mark, hint: hint) }
    return .answered(Finding(.skipped, "does not apply: \(what)"))
  }

  /// There is no column of the kind it looks at.
  func lacking(_ kind: ColumnSweep.Kind) throws(Diagnostic) -> QueryPlan {
    try lacking("there is no column \(kind == .columns ? "to look at" : "of \(kind.rawValue)")")
  }

  /// A share or number the check may say, else its standard.
  package func limit(_ name: String, _ standard: Double) -> Double {
    self[name]?.number ?? standard
  }
}

extension ColumnSweep {
  /// Which columns a check looks at where it is not told.
  package enum Kind: String {
    case columns, texts, numbers

    /// Whether it looks at such a column at all.
    package func fits(_ column: ColumnType) -> Bool {
      switch self {
      case .columns: true
      case .texts: column.kind == .string
      case .numbers: column.isNumeric
      }
    }
  }
}

extension SchemaRule {
  /// Whether `hygiene` asked for it, and not a key of its own.
  package var isStandard: Bool {
    if case .scalar(let word, _) = body.content { HygieneSet(rawValue: word) != nil } else { false }
  }
}

extension QueryResult {
  /// The first row as numbers; nil: null.
  var firstRow: [Double?] {
    columns.map { $0.count == 0 || $0.isNull(0) ? nil : $0.doubles?.first }
  }
}
