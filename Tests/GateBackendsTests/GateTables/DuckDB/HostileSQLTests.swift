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

@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct HostileSQLTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// Statements and sources that must not be reached from a manifest.
  static let queries = [
    "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')", "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')", "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('/etc/passwd')", "SELECT * FROM read_duckdb('/etc/passwd')",
    "SELECT getenv('HOME')", "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
    "SELECT * FROM read_text('https://example.org/x')",
    "SELECT * FROM enable_logging(storage = 'file', storage_path = 'log')",
    "COPY (SELECT 1) TO 'x.csv'", "COPY holdout FROM '/etc/passwd'", "ATTACH 'x.db'",
    "INSTALL httpfs", "LOAD httpfs", "PRAGMA version", "PRAGMA enable_profiling",
    "SET threads = 1", "RESET memory_limit", "EXPORT DATABASE 'x'", "IMPORT DATABASE 'x'",
    "CREATE TABLE x AS SELECT 1", "CREATE OR REPLACE VIEW holdout AS SELECT 1", "DROP VIEW holdout",
    "CALL pragma_version()", "SELECT 1; SELECT 2", "", "-- nothing", "SHOW TABLES", "VACUUM",
    "DESCRIBE holdout", "EXPLAIN SELECT 1", "BEGIN", "CHECKPOINT", "SELECT ?", "SELECT $1",
    "WITH x AS (SELECT 1) INSERT INTO holdout SELECT * FROM x",
  ]

  @Test(arguments: queries) func query(_ sql: String) throws {
    let table = try fixture.holdout(fixture.write("a.csv", "id\n1\n"))
    #expect(throws: Diagnostic.self) { try table.query(sql) }
    #expect(try table.columns(["id"])[0].shown == ["1"])
  }

  /// Texts that are not one expression, or reach beyond the row's tables.
  static let expressions = [
    "id) FROM holdout WHERE (true", "id); DROP VIEW holdout; SELECT (1", "id; SELECT 1", "id;",
    "id, 2) FROM holdout --", "1) UNION ALL SELECT (2", "id /*", "id */", "'id", "\"id", "$$id",
    "", "  ", "-- id", "(SELECT content FROM read_text('/etc/passwd'))", "getenv('HOME')",
    "id AS x", "id\u{0}", "?", "1] FROM holdout WHERE [true", "id) OR (id",
  ]

  @Test(arguments: expressions) func expression(_ sql: String) throws {
    let path = try fixture.write("a.csv", "id\n1\n")
    let table = try fixture.holdout(path)
    #expect(throws: Diagnostic.self) { try table.columns([sql]) }
    #expect(throws: Diagnostic.self) { try table.columns(["id", sql]) }
    #expect(throws: Diagnostic.self) { try table.scan([sql], batch: 10) { _ in } }
    #expect(throws: Diagnostic.self) { try fixture.holdout(path, derive: [("x", sql)]) }
    #expect(try table.columns(["id"])[0].shown == ["1"])
  }

  /// Conditions that do not parse, with what is said of each; the engine sees them between parentheses of ours.
  static let unfinished = [
    ("id >", "the SQL ends where more of it is wanted"),
    ("id between 1", "the SQL ends where more of it is wanted"),
    ("name like a%", "the SQL ends where more of it is wanted"),
    ("id in [1, 2", "the SQL ends where more of it is wanted"),
    ("(id > 1", "a '(' is not closed"), ("id > 1)", "a ')' has no '('"),
    ("name = 'it", "a text starts with ' and has no end"),
    ("\"id > 1", "a name starts with \" and has no end"),
    ("id > 1;", "it ends with a ';'"),
    ("id > 1; SELECT 1", "a ';' stands between two statements"),
    ("id > {table}", "'{table}' stands for nothing here"),
    ("name = ';)' AND", "the SQL ends where more of it is wanted"),
    ("id > 1 /* ( ; */ AND", "the SQL ends where more of it is wanted"),
    ("id ! 3", "the SQL does not parse at '3'"),
  ]

  @Test(arguments: unfinished) func doesNotParse(_ sql: String, _ said: String) throws {
    let table = try fixture.holdout(fixture.write("a.csv", "id,name\n1,a\n"))
    let mistake = #expect(throws: Diagnostic.self) { try table.columns([sql]) }
    #expect(mistake?.message.contains(said) == true, "\(mistake?.message ?? "")")
  }

  @Test func selectDoesNotParse() throws {
    let table = try fixture.holdout(fixture.write("a.csv", "id,name\n1,a\n"))
    for (sql, said) in [
      ("SELECT id FROM {tabel}", "'{tabel}' stands for nothing here"),
      ("SELECT 1; SELECT 2", "a ';' stands between two statements"),
      ("SELECT max(id) >", "the SQL ends where more of it is wanted"),
    ] {
      let mistake = #expect(throws: Diagnostic.self) { try table.check(sql, isSelect: true) }
      #expect(mistake?.message.contains(said) == true, "\(mistake?.message ?? "")")
    }
  }

  @Test func textWithoutQuotesIsNoColumn() throws {
    let table = try fixture.holdout(fixture.write("a.csv", "id,name\n1,a\n"))
    for sql in ["name = north", "name == \"north\""] {
      let mistake = #expect(throws: Diagnostic.self) { try table.columns([sql]) }
      #expect(mistake?.hint == "where a text is meant, write it in single quotes: 'north'")
    }
  }

  /// Expressions whose value is another one in the next run, or in the next row.
  static let passing = [
    "random() < 0.5", "\"RANDOM\"() < 0.5", "main.random() < 0.5", "id + random()", "uuid()",
    "now()", "today()", "current_date", "CURRENT_TIMESTAMP", "localtime", "localtimestamp",
    "date_diff('day', DATE '2020-01-01', current_date)", "age(TIMESTAMP '2020-01-01')",
    "ago(INTERVAL 1 DAY)", "list_sum([random() FOR x IN [1, 2]])", "txid_current()",
    "current_setting('threads')", "count(*) OVER (ORDER BY random())", "nextval('s')",
    "CASE WHEN id = 1 THEN random() ELSE 0 END", "(SELECT random())", "setseed(0.5)",
  ]

  @Test(arguments: passing) func notRepeatable(_ sql: String) throws {
    let path = try fixture.write("a.csv", "id\n1\n")
    let table = try fixture.holdout(path)
    let mistake = #expect(throws: Diagnostic.self) { try table.columns([sql]) }
    #expect(mistake?.message.contains("does not give the same value in every run") == true)
    #expect(throws: Diagnostic.self) { try fixture.holdout(path, derive: [("x", sql)]) }
  }

  @Test func samplesAreRefused() throws {
    let table = try fixture.holdout(fixture.write("a.csv", "id\n1\n"))
    #expect(throws: Diagnostic.self) {
      try table.columns(["(SELECT max(id) FROM holdout USING SAMPLE 1)"])
    }
  }

  @Test func columnsNamedLikeMomentsAreColumns() throws {
    let table = try fixture.holdout(fixture.write("a.csv", "random,now,current_date\n1,2,3\n"))
    #expect(try table.columns(["random + now + current_date"])[0].shown == ["6"])
    #expect(try table.columns(["'random()' || random"])[0].shown == ["random()1"])
  }

  @Test func harmlessExpressionsPass() throws {
    let table = try fixture.holdout(fixture.write("a.csv", "id\n1\n2\n"))
    for (sql, expected) in [
      ("id -- id", ["1", "2"]), ("(id)", ["1", "2"]), ("id /* ) */ + 1", ["2", "3"]),
      ("CASE WHEN id = 1 THEN ')' ELSE '(' END", [")", "("]),
      ("list_contains([1, 3], id)", ["true", "false"]), ("holdout.id", ["1", "2"]),
      ("id IN (1)", ["true", "false"]), ("greatest(id, 2)", ["2", "2"]),
      ("year(DATE '2020-01-01' + id::integer)", ["2020", "2020"]), ("[id, 7][2]", ["7", "7"]),
      ("pg_typeof(id)", ["bigint", "bigint"]), ("TRY(id)", ["1", "2"]),
      ("id::varchar COLLATE NOCASE", ["1", "2"]),
      ("list_sum([x * 2 FOR x IN [id, 1]])", ["4", "6"]),
      ("age(TIMESTAMP '2020-01-02', TIMESTAMP '2020-01-01')", ["1 day", "1 day"]),
      ("CASE WHEN id = 3 THEN error('no') ELSE id END", ["1", "2"]), ("lower('A')", ["a", "a"]),
    ] {
      #expect(try table.columns([sql])[0].shown == expected, "\(sql)")
    }
  }

  /// Expressions that read more than the row, and a word of what to write instead.
  static let beyondTheRow = [
    ("(SELECT max(id) FROM holdout)", "schema check 'query'"), ("id IN (SELECT 1)", "x in (1, 2)"),
    ("EXISTS (SELECT 1)", "column of the data"), ("id = ANY(VALUES (1))", "x in (1, 2)"),
    (
      "(WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t)",
      "column of the data"
    ),
    ("(SELECT count(*) FROM range(1000000000000))", "column of the data"),
    ("sum(id) OVER ()", "column of the data"),
    ("lag(id) OVER (ORDER BY id)", "column of the data"),
    ("row_number() OVER () = 1", "column of the data"),
    ("sum(id)", "'list_sum(list)'"), ("count(*) > 1", "'list_count(list)'"),
    ("wavg(id, 1)", "schema check 'aggregate'"), ("arg_max(id, id)", "schema check 'aggregate'"),
    ("COLUMNS(*)", "columns by name"), ("struct_pack(*COLUMNS(*))", "columns by name"),
    ("#1", "column by name"), ("unnest([id, 2])", "list[1]"),
    ("(SELECT value FROM duckdb_settings() WHERE name = 'temp_directory')", "column of the data"),
  ]

  @Test(arguments: beyondTheRow) func `SQL of a row reads that row`(
    _ sql: String, _ hint: String
  ) throws {
    let path = try fixture.write("a.csv", "id\n1\n")
    let table = try fixture.holdout(path)
    for read in [
      { _ = try table.columns([sql]) }, { try table.check(sql, isSelect: false) },
      { _ = try fixture.holdout(path, derive: [("x", sql)]) },
    ] {
      let mistake = diagnostic { try read() }
      #expect(mistake.hint?.contains(hint) == true, "\(sql): \(mistake)")
    }
  }

  @Test(arguments: [
    "version()", "current_setting('threads')", "current_user", "current_database()", "user",
    "getvariable('x')", "pg_get_viewdef(1)", "inet_client_addr()", "has_table_privilege('a', 'b')",
    "current_query()", "in_search_path('a', 'b')", "json_serialize_plan('SELECT 1')",
  ]) func `nothing is asked of the engine and the machine`(_ sql: String) throws {
    let table = try fixture.holdout(fixture.write("a.csv", "id\n1\n"))
    #expect(throws: Diagnostic.self) { try table.columns([sql]) }
    #expect(throws: Diagnostic.self) {
      try table.check("SELECT max(\(sql)) FROM holdout", isSelect: true)
    }
  }

  @Test func `a SELECT reads the tables of the manifest`() throws {
    let file = try fixture.write("a.csv", "id\n1\n")
    let database = try fixture.open([
      (TableSource(name: "holdout", path: file), [file]),
      (TableSource(name: "reference", path: file), [file]),
    ])
    let table = try database.table("holdout")
    for sql in [
      "SELECT count(*) FROM holdout", "FROM Reference SELECT max(id)",
      "WITH h AS (SELECT * FROM holdout) SELECT count(*) FROM h JOIN reference USING (id)",
      "SELECT sum(x) FROM (SELECT unnest([id, 2]) AS x FROM holdout)",
      "SELECT max(n) FROM (SELECT row_number() OVER () AS n FROM \(table.inOrder))",
      "SELECT column_name FROM (DESCRIBE holdout) WHERE column_name = 'id'",
    ] {
      try table.check(sql, isSelect: true)
      _ = try table.query(sql)
    }
    for sql in [
      "SELECT * FROM duckdb_settings()", "SELECT * FROM read_text('\(file)')", "FROM '\(file)'",
      "SELECT * FROM information_schema.tables", "SELECT * FROM sqlite_master", "DESCRIBE holdout",
      "SELECT * FROM main.holdout", "SELECT * FROM range(1000000000000)", "SHOW TABLES",
      "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
      "SELECT (SELECT max(value) FROM duckdb_settings()) FROM holdout",
      "SELECT * FROM (SHOW TABLES)", "SELECT * FROM (SUMMARIZE holdout)",
      "FROM (DESCRIBE SELECT * FROM duckdb_settings())", "FROM (DESCRIBE '\(file)')",
      "SELECT * FROM query_table('holdout')", "SELECT * FROM holdout USING SAMPLE 1",
    ] {
      #expect(throws: Diagnostic.self, "\(sql)") { try table.check(sql, isSelect: true) }
    }
  }

  @Test func namesAreQuoted() throws {
    let path = try fixture.write("o'h\"no.csv", "\"a\"\"b\",c'd\n1,2\n")
    let table = try fixture.holdout(path)
    #expect(table.schema.map(\.name) == ["a\"b", "c'd"])
    #expect(try table.columns(["a\"b".sqlName, "c'd".sqlName]).map(\.shown) == [["1"], ["2"]])
  }
}
