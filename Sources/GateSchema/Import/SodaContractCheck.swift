import GateCore

/// One check of a contract of Soda 4.
struct SodaContractCheck {
  /// What a column or a check says of missing and valid values.
  package static let settings = missingSettings + validSettings
  private static let missingSettings = ["missing_values", "missing_format"]
  private static let validSettings = [
    "invalid_values", "invalid_format", "valid_values", "valid_format", "valid_min", "valid_max",
    "valid_length", "valid_min_length", "valid_max_length", "valid_reference_data",
  ]

  package let kind: String
  package let place: String
  let contract: SodaContract
  /// The column; nil: the check is of the table.
  package let column: String?
  /// The column in SQL, or what stands for it.
  package let x: String
  /// Whether something stands for it.
  let isExpression: Bool
  package var keys: ImportArguments
  /// What passes, and whether a share is meant instead of a number.
  package var threshold = SodaThreshold()
  private let node: Node?

  /// A check with what stands under it; `column`: the whole column that it is of.
  package init(
    _ kind: String, _ settings: Node, _ place: String, column: Node?, contract: SodaContract
  ) {
    self.kind = kind
    self.place = place
    self.contract = contract
    self.column = column?["name"]?.text
    node = column
    let expression = settings["column_expression"]?.text ?? column?["column_expression"]?.text
    isExpression = expression != nil
    x = expression.map { "(\n\($0)\n)" } ?? self.column?.sqlName ?? ""
    keys = ImportArguments(settings)
    _ = keys.take("column_expression")
  }

  /// What comes of it; throws why it has no counterpart.
  mutating func imported() throws(ImportGap) -> [SodaCheck.Made] {
    if keys.take("scope") != nil { throw ImportGap("it is of a scope, which Soda runs on its own") }
    let meta = keys.notes(["name", "qualifier", "attributes", "store_failed_rows"])
    if let node = keys.take("threshold") { threshold = try SodaThreshold(node) }
    var made: [SodaCheck.Made]
    switch (kind, column != nil) {
    case ("missing", true): made = try missing()
    case ("invalid", true): made = try invalid()
    case ("duplicate", true): made = try duplicates()
    case ("aggregate", true): made = try aggregate()
    case ("duplicate", false): made = try duplicateRows()
    case ("row_count", false):
      made = try held(
        SodaFigure("row_count", SodaFigure.rows(try filter())), standard: .some)
    case ("freshness", false): made = try freshness()
    case ("failed_rows", _): made = try failedRows()
    case ("metric", _): made = try metric()
    default: throw ImportGap("it is not known here")
    }
    try keys.finish()
    for index in made.indices { made[index].check.meta += meta }
    return made
  }

  /// The condition on rows, of the contract and of the check; nil: all rows.
  package mutating func filter(and more: [String] = []) throws(ImportGap) -> String? {
    let own = try keys.take("filter").map { node throws(ImportGap) in
      if let text = node.text { return text.trimmed }
      throw ImportGap("'filter' is \(node.found), wanted SQL", at: node.mark)
    }
    let parts = [contract.filter, own].compactMap(\.self) + more
    return parts.count < 2 ? parts.first : parts.map { "(\($0))" }.joined(separator: " AND ")
  }

  /// A check of this kind.
  package func check(_ id: String, _ parameters: [SchemaText.Member], _ blocks: Bool = true)
    -> ImportedCheck
  {
    var check = ImportedCheck(id, parameters, source: kind, place: place)
    check.isBlocking = blocks
    return check
  }

  /// A check of a figure for every limit; `standard`: what passes where none is said, nil: one must be.
  package func held(_ figure: SodaFigure, standard: SodaLimit? = nil) throws(ImportGap)
    -> [SodaCheck.Made]
  {
    try figure.held(try threshold.limits(standard: standard)).map { held in
      (check(held.id, held.parameters, held.blocks), held.column)
    }
  }

  /// A count of rows, or its share of all rows or of those that `total` counts.
  package func counted(_ count: String, of total: String = "count(*)", where condition: String?)
    throws(ImportGap) -> [SodaCheck.Made]
  {
    let share = "coalesce(CAST(100 * (\(count)) AS DOUBLE) / nullif(\(total), 0), 0)"
    return try held(
      SodaFigure(aggregate: threshold.isPercent ? share : count, where: condition), standard: .zero)
  }

  /// Rows of which so many may break a condition, told row by row; nil: that is not what is asked.
  package func rows(_ id: String, _ parameters: [SchemaText.Member], of column: String?)
    throws(ImportGap) -> [SodaCheck.Made]?
  {
    let limits = try threshold.limits(standard: .zero)
    if threshold.isPercent { return nil }
    var made: [SodaCheck.Made] = []
    for (limit, blocks) in limits {
      guard let most = limit.mostRows else { return nil }
      let bounds: [SchemaText.Member] = [
        .init("max_count", .plain("\(most)")), .init("allow_empty", .flag(true)),
      ]
      made.append((check(id, parameters + bounds, blocks), column))
    }
    return made
  }

  /// Which values are missing and which valid: what the check says of either takes the place of all that the column says.
  package mutating func validity() throws(ImportGap) -> SodaValidity {
    var pairs: [Node.Pair] = []
    for group in [Self.missingSettings, Self.validSettings] {
      let own = group.contains { keys.node[$0] != nil }
      for key in group {
        let value = own ? keys.take(key) : node?[key]
        guard key != "valid_reference_data", let value, !value.isNull else { continue }
        let isFormat = key.hasSuffix("_format")
        guard let setting = isFormat ? value["regex"] : value else {
          throw ImportGap("'\(key)' has no 'regex'", at: value.mark)
        }
        if value.items?.contains(where: \.isNull) ?? false {
          throw ImportGap("'\(key)' holds a null, which no value equals", at: value.mark)
        }
        let name =
          isFormat ? key.replacing("_format", with: " regex") : key.replacing("_", with: " ")
        pairs.append(
          Node.Pair(key: Node(.scalar(name, quoted: true), at: value.mark), value: setting))
      }
    }
    return try SodaValidity(column: x, pairs)
  }

  /// The column of another table in which every valid value is; nil: none is asked for.
  package mutating func reference() throws(ImportGap) -> (table: String, column: String)? {
    let own = Self.validSettings.contains { keys.node[$0] != nil }
    guard let node = own ? keys.take("valid_reference_data") : node?["valid_reference_data"] else {
      return nil
    }
    var inner = ImportArguments(node)
    let dataset = try inner.text("dataset")
    let column = try inner.text("column")
    try inner.finish()
    return (dataset.split(separator: "/").last.map(String.init) ?? dataset, column)
  }
}
