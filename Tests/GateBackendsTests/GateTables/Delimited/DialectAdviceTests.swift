import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// What a file's cells, all of them, say of how it writes numbers, and what a manifest is told to say.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct DialectAdviceTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// A table over one CSV file.
  private func table(
    _ text: String, _ dialect: TextDialect = TextDialect(), name: String = "holdout"
  ) throws -> any Table {
    let path = try fixture.write("a.csv", text)
    let source = TableSource(name: name, path: path, csv: dialect)
    return try fixture.open([(source, [path])]).table(name)
  }

  /// What the hint over the column `x` shows to be written, each as a dialect.
  private func said(_ text: String, _ dialect: TextDialect = TextDialect()) throws -> [TextDialect]
  {
    let hint =
      try table(Self.wide(text), dialect).explaining(Diagnostic("no number"), of: "x").hint ?? ""
    return try HintPieces(hint).yaml.map { piece in
      let node = try parseYAML(Array(piece.utf8), name: "m")
      return try TextDialect(node.pairs?.first?.value["csv"] ?? node.pairs?.first?.value)
    }
  }

  /// The text with one column more, so that semicolons stand between cells.
  private static func wide(_ text: String) -> String {
    text.split(separator: "\n").enumerated().map { "\($1);\($0 == 0 ? "last" : "0")\n" }.joined()
  }

  private static func dialect(
    _ decimal: Character = ".", _ thousands: Character? = nil, nulls: [String] = [],
    trim: Bool = false
  ) -> TextDialect {
    var dialect = TextDialect()
    dialect.decimal = decimal.asciiValue ?? 0
    dialect.thousands = thousands?.asciiValue
    (dialect.nulls, dialect.trim) = (nulls, trim)
    return dialect
  }

  /// Rows of a file whose cells are separated by semicolons, and the one dialect that makes numbers of `x`.
  static let told: [(String, TextDialect)] = [
    ("x\n7,60\n1,5\n", dialect(",")),
    ("x\n7,601\n1204\n0,5\n", dialect(",")),
    // No number has thousands behind a leading zero, and none has two commas before its decimals.
    ("x\n0,601\n7,601\n", dialect(",")),
    ("x\n7,601\n1,204,210\n", dialect(".", ",")),
    ("x\n7.601\n1.204.210\n", dialect(",", ".")),
    // The rest of the file tells.
    ("x;y\n7,601;1.5\n14,210;2\n", dialect(".", ",")),
    ("x;y\n7,601;1,5\n14,210;2,25\n", dialect(",")),
    ("x;y\n7,601;NA\n1,5;3,5\n", dialect(",", nulls: ["NA"])),
    ("x;y\n1,5;2\nNA;?\n 2,5;3\n", dialect(",", nulls: ["NA", "?"], trim: true)),
    ("x;y\n1 204,5;abc\n2;NA\n", dialect(",", " ")),
    ("x\n-1,5\n+2,5e3\n", dialect(",")),
  ]

  @Test(arguments: told) func `all cells tell`(text: String, wanted: TextDialect) throws {
    let found = try said(text)
    #expect(found == [wanted])
    // Pasted, it makes numbers.
    let dialect = try #require(found.first)
    #expect(try table(Self.wide(text), dialect).schema[0].kind != .string)
  }

  @Test func `where the file does not tell, both readings are said`() throws {
    let table = try table("x;y\n7,601;a\n14,210;b\n950;c\n")
    let mistake = table.explaining(Diagnostic("no number"), of: "x")
    #expect(
      mistake.hint?.contains("'7,601' may be 7.601: then add to data.holdout") == true,
      "\(mistake.hint ?? "")")
    #expect(mistake.hint?.contains("; or 7601: then add to data.holdout") == true)
    #expect(
      Set(try said("x;y\n7,601;a\n14,210;b\n950;c\n")) == [
        Self.dialect(".", ","), Self.dialect(","),
      ])
  }

  @Test func `what is written already is part of what is to be written`() throws {
    let written = Self.dialect(",")
    let found = try said("x;y\n1,5;2,5\nNA;?\n", written)
    #expect(found == [Self.dialect(",", nulls: ["NA", "?"])])
    let mistake = try table("x;y\n1,5;2,5\nNA;?\n", written).explaining(Diagnostic("no"), of: "x")
    #expect(mistake.hint?.contains("in place of its csv, write under data.holdout: csv: {") == true)
  }

  @Test(arguments: ["x\nmale\nfemale\n", "x\n1\ntrue\n", "x\n1\n2024-01-01\n"])
  func `no key is said that makes no numbers`(text: String) throws {
    #expect(try said(text).isEmpty)
  }

  @Test func `a share with a percent sign becomes a number by what is said`() throws {
    let path = try fixture.write("p.csv", "a x,b\n79.7%,1\n0.5,2\n,3\n 7 %,4\n")
    let source = TableSource(name: "holdout", path: path)
    let text = try fixture.holdout(path)
    var stated = source
    stated.types = ["a x": "DOUBLE"]
    let hints = [
      text.explaining(Diagnostic("no number"), of: "a x").hint,
      diagnostic { _ = try fixture.open([(stated, [path])]).table("holdout") }.hint,
    ]
    for hint in hints {
      #expect(hint?.hasPrefix("no key of 'csv' takes a percent sign: keep 'a x' as text") == true)
      let pieces = try HintPieces(hint ?? "").yaml.map {
        try #require(try parseYAML(Array($0.utf8), name: "m").pairs?.first)
      }
      #expect(pieces.map(\.key.text) == ["types", "data.derive"])
      let pairs = pieces.map { $0.value.pairs?.first }
      let table = try fixture.holdout(
        path, types: ["a x": pairs[0]?.value.text ?? ""],
        derive: [(pairs[1]?.key.text ?? "", pairs[1]?.value.text ?? "")])
      #expect(try table.columns(["\"a x_share\""])[0].shown == ["0.797", "0.5", "null", "0.07"])
    }
    let scores = TableSource(name: "candidate_predictions", path: path)
    let hint = try fixture.open([(scores, [path])]).table("candidate_predictions")
      .explaining(Diagnostic("no number"), of: "a x").hint
    #expect(
      hint == "no key of 'csv' takes a percent sign: write plain numbers where the file is made")
  }

  @Test func `a stated type is explained by all cells too`() throws {
    let path = try fixture.write("a.csv", "x;y\n7,601;1.5\n14,210;2\n")
    let mistake = diagnostic { _ = try fixture.holdout(path, types: ["x": "DOUBLE"]) }
    #expect(mistake.message.contains("'7,601' in line 2 of"), "\(mistake.message)")
    #expect(mistake.hint?.contains("csv: {thousands: \",\"}") == true, "\(mistake.hint ?? "")")
  }

  @Test func `lines of comment are told from rows`() throws {
    for (text, keys) in [
      ("# made today\nx;y\n1;2\n", "csv: {comment: \"#\"}"),
      ("x,y\n1,2\n% the end\n", "csv: {comment: \"%\"}"),
      (
        "# made today\nx,y\n1,\"7,601\"\n2,\"1,204,210\"\n",
        "csv: {thousands: \",\", comment: \"#\"}"
      ),
      ("# made today\nx;y\n1,5;NA\n2;3,5\n", "csv: {decimal: \",\", nulls: [NA], comment: \"#\"}"),
    ] {
      let mistake = diagnostic { _ = try table(text) }
      #expect(
        mistake.hint?.contains("add to data.holdout: \(keys)") == true, "\(mistake.hint ?? "")")
    }
  }
}

/// Everywhere that numbers are wanted of texts, one sentence says which cell and what to write.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct WantedNumbersTests {
  private let fixture: Fixture
  private let table: any Table
  static let text = "id;amt\n1;1,5\n2;2,5\n"

  init() throws {
    fixture = try Fixture()
    table = try fixture.holdout(try fixture.write("d.csv", Self.text))
  }

  /// Whether a mistake names column, cell, line, file and key, and nothing of the engine's.
  private func isWhole(_ mistake: Diagnostic, _ location: SourceLocation = #_sourceLocation) {
    for part in ["'amt'", "'1,5' in line 2 of '", "d.csv'"] {
      #expect(mistake.message.contains(part), "\(mistake.message)", sourceLocation: location)
    }
    for part in ["Binder", "Error", "SELECT", "CAST(", "\\xa"] {
      #expect(!mistake.message.contains(part), "\(mistake.message)", sourceLocation: location)
    }
    #expect(
      mistake.hint == "if that is what the file means, add to data.holdout: csv: {decimal: \",\"}",
      sourceLocation: location)
  }

  @Test func slices() {
    isWhole(
      diagnostic { _ = try Slice.bins(name: "band", column: "amt", edges: [2]).rows(of: table) })
    isWhole(diagnostic { _ = try Slice.predicate(name: "big", sql: "amt > 3").rows(of: table) })
  }

  @Test func expressions() {
    for sql in ["amt * 2", "amt > 3", "sqrt(amt)", "amt::DOUBLE", "round(\"amt\", 1)"] {
      isWhole(diagnostic { _ = try table.columns([sql]) })
      isWhole(diagnostic { _ = try table.columns(["id", sql]) })
      isWhole(diagnostic { try table.scan([sql], batch: 10) { _ in } })
    }
  }

  @Test func columnsOfRows() throws {
    let asked = RowColumn(
      sql: "amt", content: .numbers,
      mark: Mark(source: Source(name: "m", text: ""), line: 1, column: 1))
    let read = RowColumn.read([asked], of: .success(table))[asked.key]
    isWhole(try #require(read?.failure))
  }

  @Test func derivedColumnsAtTheirOwnPlace() throws {
    let path = try fixture.write("e.csv", Self.text.replacing("id", with: "no"))
    var source = TableSource(name: "holdout", path: path, derive: [("dbl", "amt * 2")])
    source.deriveMarks = [
      "dbl": Mark(source: Source(name: "m.yaml", text: ""), line: 7, column: 3)
    ]
    let mistake = diagnostic { _ = try fixture.open([(source, [path])]).table("holdout") }
    #expect(mistake.location?.line == 7)
    #expect(mistake.message.contains("deriving column 'dbl' of holdout: 'amt' holds texts"))
    #expect(mistake.hint?.contains("csv: {decimal: \",\"}") == true)
  }

  @Test(arguments: [
    "between: {min: 1}", "mean: {min: 1}", "stdev: {max: 1}", "quantile: {level: 0.5, min: 1}",
    "maximum: {max: 3}", "in_set: [1.5]",
  ]) func checksOfSchemas(rule: String) async throws {
    let schema = try TableSchema(
      parseYAML(
        Array("version: 1\ncolumns:\n  amt:\n    type: number\n    \(rule)\n".utf8),
        name: "s.yaml"))
    let checks = await SchemaSubject(
      gate: "schema", schema: schema, environment: nil, table: table, reference: nil,
      roles: ColumnRoles(), now: "2026-01-01T00:00:00Z"
    ).checks()
    let judged = checks.filter { $0.metric != "present" }
    #expect(judged.count == 2)
    for check in judged {
      #expect(check.outcome == (check.metric == "type" ? .failed : .error))
      #expect(check.message.contains("'1,5' in line 2 of '"), "\(check.message)")
      #expect(check.message.contains("csv: {decimal: \",\"}"), "\(check.message)")
      #expect(!check.message.contains("SELECT"), "\(check.message)")
    }
  }

  @Test func columnsOfDrift() throws {
    let numbers = try fixture.holdout(try fixture.write("n.csv", "id,amt\n1,1.5\n2,2.5\n"))
    let model = ModelFeatures(features: [
      ModelFeatures.Feature(name: "amt", sql: "\"amt\"", isNumber: true)
    ])
    func mistake(_ one: any Table, _ other: any Table) throws -> Diagnostic {
      let found = DriftTables(reference: one, current: other)
        .features(named: [], model: model, kinds: [:], except: [])
      guard case .mistake(_, let mistake)? = found.first else { return Diagnostic("\(found)") }
      return mistake
    }
    isWhole(try mistake(table, numbers))
    isWhole(try mistake(numbers, table))
    isWhole(try mistake(table, table))
  }

  @Test func windowsOnNumbers() throws {
    let node = try parseYAML(Array("column: id\nevery: day\n".utf8), name: "m.yaml")
    let window = try #require(DriftPeriods.Window(node))
    let mistake = diagnostic { _ = try DriftPeriods(window, of: table) }
    #expect(mistake.hint?.contains("to_timestamp(\"id\")") == true, "\(mistake.hint ?? "")")
    let derived = try fixture.holdout(
      try fixture.write("w.csv", Self.text), derive: [("id_moment", "to_timestamp(\"id\")")])
    #expect(derived.schema.last?.kind == .timestamp)
  }
}

/// What is no matter of types is said as it is.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct OtherMistakesTests {
  @Test func `a name that is not there is not taken for a matter of types`() throws {
    let fixture = try Fixture()
    let table = try fixture.holdout(try fixture.write("d.csv", WantedNumbersTests.text))
    #expect(
      diagnostic { _ = try table.columns(["amt || nope"]) }.message.contains("no column 'nope'"))
    #expect(
      !diagnostic { _ = try table.columns(["unnest([amt])", "unnest([1, 2])"]) }.message.contains(
        "wanted numbers"))
    struct Own: Error {}
    #expect(throws: Own.self) { try table.scan(["amt"], batch: 1) { _ in throw Own() } }
  }

  @Test func `thousands that are what decimals are by default`() throws {
    let node = try parseYAML(Array("csv: {thousands: \".\"}".utf8), name: "m.yaml")
    let mistake = diagnostic {
      do throws(Diagnostics) { _ = try TextDialect(node["csv"]) } catch { throw error.all[0] }
    }
    #expect(mistake.hint?.contains("csv: {decimal: \",\", thousands: \".\"}") == true)
  }
}
