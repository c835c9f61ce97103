import GateKit
import Testing

@testable import GateBackends

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
      ("(SELECT max(id) FROM holdout)", ["2", "2"]), ("sum(id) OVER ()", ["3", "3"]),
      ("id IN (1)", ["true", "false"]), ("list_sum([x * 2 FOR x IN [id, 1]])", ["4", "6"]),
      ("age(TIMESTAMP '2020-01-02', TIMESTAMP '2020-01-01')", ["1 day", "1 day"]),
      ("CASE WHEN id = 3 THEN error('no') ELSE id END", ["1", "2"]), ("lower('A')", ["a", "a"]),
    ] {
      #expect(try table.columns([sql])[0].shown == expected, "\(sql)")
    }
  }

  @Test func namesAreQuoted() throws {
    let path = try fixture.write("o'h\"no.csv", "\"a\"\"b\",c'd\n1,2\n")
    let table = try fixture.holdout(path)
    #expect(table.schema.map(\.name) == ["a\"b", "c'd"])
    #expect(try table.columns(["a\"b".sqlName, "c'd".sqlName]).map(\.shown) == [["1"], ["2"]])
  }
}
