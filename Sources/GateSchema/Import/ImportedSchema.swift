package import GateCore

/// A schema made of another tool's suite, and what of the suite has no counterpart.
package struct ImportedSchema: Sendable {
  /// The tool, with its version where the suite tells it: 'Great Expectations 1.24.1'.
  package var tool: String
  var isStrict = false
  package var isOrdered = false
  package var environments: [String] = []
  /// Further tables that checks look into: name and path.
  package var tables: [(name: String, path: String)] = []
  /// In the order in which the suite first names them.
  package var columns: [ImportedColumn] = []
  /// Of the table as a whole.
  package var checks: [ImportedCheck] = []
  /// What was not imported: what, why and where, in the suite's order.
  package internal(set) var leftOver: [Diagnostic] = []
  /// What says nothing in the other tool, or less than it seems to: what, why and where, in the suite's order.
  package internal(set) var remarks: [Diagnostic] = []

  /// An empty schema of a tool's suite.
  package init(tool: String) { self.tool = tool }

  /// How many checks were imported.
  package var count: Int { columns.reduce(checks.count) { $0 + $1.checks.count } }

  /// The place of a column, which is added when it is new.
  package mutating func column(_ name: String) -> Int {
    if let place = columns.firstIndex(where: { $0.name == name }) { return place }
    columns.append(ImportedColumn(name: name))
    return columns.count - 1
  }

  /// Adds a check of a column, or with nil of the table; one that is used twice gets a name of its own.
  ///
  /// `mark`: where the suite asks for it.
  package mutating func add(_ check: ImportedCheck, to column: String?, at mark: Mark?) {
    var check = check
    check.mark = mark
    guard let column else {
      checks.append(check.named(among: checks))
      return
    }
    let place = self.column(column)
    columns[place].checks.append(check.named(among: columns[place].checks))
  }

  /// Says that something has no counterpart.
  mutating func leave(_ what: String, _ gap: ImportGap, at mark: Mark?) {
    leftOver.append(
      Self.told("\(what) has no counterpart: \(gap.reason)", gap.mark ?? mark, hint: gap.hint))
  }

  /// Does a part, or says why it has no counterpart.
  package mutating func part(
    _ what: String, at mark: Mark?, _ body: (inout ImportedSchema) throws(ImportGap) -> Void
  ) {
    do throws(ImportGap) { try body(&self) } catch { leave(what, error, at: mark) }
  }

  /// Leaves out every check that a schema of it alone is refused for.
  package mutating func leaveRefused(_ refusal: (ImportedSchema) -> Diagnostic?) {
    var alone = self
    (alone.checks, alone.columns) = ([], columns.map(\.withoutChecks))
    guard alone.isEmpty || refusal(alone) == nil else { return }
    /// The checks that are taken; `place`: of their column, nil: of the table.
    func taken(_ checks: [ImportedCheck], _ place: Int?) -> [ImportedCheck] {
      checks.filter { check in
        var one = alone
        if let place { one.columns[place].checks = [check] } else { one.checks = [check] }
        guard let mistake = refusal(one) else { return true }
        let source = check.meta.first { $0.key == "source" }?.value ?? check.check
        let column = place.map { " of '\(columns[$0].name)'" } ?? ""
        leave("'\(source)'\(column)", ImportGap(mistake.message), at: check.mark)
        return false
      }
    }
    checks = taken(checks, nil)
    for place in columns.indices { columns[place].checks = taken(columns[place].checks, place) }
  }

  /// Says what nothing was lost by, and people should know: 'is recorded, not judged: it has no bound'.
  package mutating func remark(_ message: String, at mark: Mark?) {
    remarks.append(Self.told(message, mark))
  }

  /// A message with its place; suites are often one line, which is not shown.
  private static func told(_ message: String, _ mark: Mark?, hint: String? = nil) -> Diagnostic {
    var told = Diagnostic(message, at: mark, hint: hint)
    if let line = told.excerpt, line.utf8.count > 400 { told.excerpt = nil }
    return told
  }
}

/// A column of an imported schema.
package struct ImportedColumn: Sendable {
  package var name: String
  /// Whether it must be there.
  var presence = TableSchema.Presence.required
  /// Why nothing of it is checked; nil: it is.
  var deprecated: String?
  /// The environments that have it; nil: all.
  package var environments: [String]?
  package var checks: [ImportedCheck] = []
}

extension ImportedColumn {
  /// The column, of which nothing is asked.
  fileprivate var withoutChecks: ImportedColumn {
    var column = self
    column.checks = []
    return column
  }
}

/// A check of an imported schema.
package struct ImportedCheck: Sendable {
  /// Its id, which is that of its definition.
  package let check: String
  /// What it is called within its column or table.
  package var name: String
  /// Beside `id`, `blocking` and `meta`.
  package var parameters: [SchemaText.Member]
  var isBlocking = true
  /// Where the suite asks for it.
  fileprivate(set) var mark: Mark?
  /// Where it comes from and what the other tool says beside; for people.
  package var meta: [(key: String, value: String)]

  /// A check with its parameters; `source` names it in the suite.
  package init(
    _ check: String, _ parameters: [SchemaText.Member] = [], source: String, place: String
  ) {
    self.check = check
    name = check
    let range =
      (SchemaChecks.named(check, .column) ?? SchemaChecks.named(check, .table))?.definition.range
    // Of other tools a range of one end holds an infinity.
    let isOpen =
      check == "between"
      && !(parameters.contains { $0.key.hasSuffix("min") }
        && parameters.contains { $0.key.hasSuffix("max") })
    let open = isOpen ? [SchemaText.Member("infinite", .flag(true))] : []
    self.parameters = (parameters + open).map { member in range.map { member.within($0) } ?? member
    }
    meta = [("source", source), ("place", place)]
  }

  /// The check with a name that none of these has.
  fileprivate func named(among others: [ImportedCheck]) -> ImportedCheck {
    var named = self
    let names = Set(others.map(\.name))
    var number = 2
    while names.contains(named.name) {
      named.name = "\(check)-\(number)"
      number += 1
    }
    return named
  }
}

/// Why a part of a suite has no counterpart here.
package struct ImportGap: Error {
  /// After 'has no counterpart:'.
  package let reason: String
  /// The place, where it is narrower than the whole.
  package let mark: Mark?
  /// What to do instead.
  package let hint: String?

  /// A reason, perhaps with a place and what to do instead.
  package init(_ reason: String, at mark: Mark? = nil, hint: String? = nil) {
    self.reason = reason
    self.mark = mark
    self.hint = hint
  }
}

extension SchemaText.Member {
  /// A bound that lies beyond what a figure can be, as the end of that, which asks for the same.
  fileprivate func within(_ range: ClosedRange<Double>) -> SchemaText.Member {
    guard case .plain(let text) = value, let bound = Double(text) else { return self }
    switch key {
    case "min" where bound < range.lowerBound, "exclusive_min" where bound < range.lowerBound:
      return SchemaText.Member("min", .plain(range.lowerBound.brief))
    case "max" where bound > range.upperBound, "exclusive_max" where bound > range.upperBound:
      return SchemaText.Member("max", .plain(range.upperBound.brief))
    default: return self
    }
  }
}
