import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What importers translate: patterns and conditions of Python, limits of Soda, messages of protocol buffers.
struct ImportTextTests {
  @Test(arguments: [
    ("^LA-\\d{4}$", "^LA-[\\p{Nd}]{4}(?:\\n?\\z)"), ("[\\w.]+", "[\\p{L}\\p{N}_.]+"),
    ("a.b", "a[^\\n]b"), ("[\\s\\S]*", "(?s:.)*"), ("(a$|b)", "(a(?:\\n?\\z)|b)"),
    ("x{,3}", "x{0,3}"), ("{x}", "\\{x\\}"), ("\\u00e9\\x41", "\\x{00e9}\\x{41}"),
    ("(?P<n>a)(?i)b\\Z", "(?P<n>a)(?i)b\\z"), ("[]a[]", "[\\]a\\[]"), ("\\é\\-", "é\\-"),
  ])
  func `a pattern of Python is one of RE2`(python: String, re2: String) throws {
    #expect(try PythonPattern.translated(python) == re2)
  }

  @Test(arguments: [
    "(?=a)", "(?<!a)b", "(a)\\1", "\\bword\\b", "a$b", "(a$)b", "a++", "x{1001}", "(?>a)", "(a",
    "a)", "[a", "\\", "(?x)a", "[\\Wa]", "\\q", "\\x4", "(?P=n)",
  ])
  func `what RE2 cannot say is told`(pattern: String) {
    #expect(throws: ImportGap.self) { try PythonPattern.translated(pattern) }
  }

  @Test(arguments: [
    ("grade == \"A\" and fico >= 600", "(\"grade\" = 'A' AND \"fico\" >= 600)"),
    ("a != 1", "(\"a\" = 1) IS NOT TRUE"),
    ("x not in [1, -2.5]", "(\"x\" IN (1, -2.5)) IS NOT TRUE"),
    ("not (a == 1 or b)", "((\"a\" = 1 OR \"b\")) IS NOT TRUE"),
    ("0 < a <= 5", "(0 < \"a\" AND \"a\" <= 5)"),
    ("`my col`.notnull() & b == True", "(\"my col\" IS NOT NULL AND \"b\" = true)"),
    ("col(\"x\").notNull()", "\"x\" IS NOT NULL"), ("n == \"O'Brien\"", "\"n\" = 'O''Brien'"),
  ])
  func `a condition of pandas is one of SQL`(pandas: String, sql: String) throws {
    #expect(try PandasCondition.sql(pandas) == sql)
  }

  @Test(arguments: [
    "a ==", "a == 1)", "@b > 1", "a.str.len() > 2", "len(a) > 2", "a in b", "'x", "a + 1 > 2",
    "index > 5", "a == 1; drop", "", "a == 'x\\'y'",
  ])
  func `a condition that is not understood is told`(pandas: String) {
    #expect(throws: ImportGap.self) { try PandasCondition.sql(pandas) }
  }

  @Test(arguments: [
    ("= 5", ["equal: 5"]), ("between 1 and 5", ["min: 1", "max: 5"]),
    ("between (0 and 45]", ["exclusive_min: 0", "max: 45"]), ("< 1%", ["exclusive_max: 1"]),
    (">= 2.5", ["min: 2.5"]),
  ])
  func `a limit of Soda is bounds`(text: String, bounds: [String]) throws {
    let limit = try #require(SodaLimit(text))
    #expect(limit.bounds?.map { "\($0.key): \($0.value.sql)" } == bounds)
  }

  @Test func `what fails turned round is what passes`() throws {
    #expect(try #require(SodaLimit("> 5")).turned.bounds == [.init("max", .plain("5"))])
    #expect(try #require(SodaLimit("<= 5")).turned.bounds == [.init("exclusive_min", .plain("5"))])
    #expect(try #require(SodaLimit("= 5")).turned.bounds == nil)
    #expect(try #require(SodaLimit("!= 5")).turned.bounds == [.init("equal", .plain("5"))])
    #expect(try #require(SodaLimit("not between 1 and 5")).bounds == nil)
    #expect(SodaLimit("about 5") == nil)
    #expect(try #require(SodaLimit("< 310")).mostRows == 309)
    #expect(try #require(SodaLimit("<= 2.5")).mostRows == 2)
    #expect(try #require(SodaLimit("> 3")).mostRows == nil)
  }

  @Test func `the judged table is named in SQL, and in no text`() {
    #expect(
      SodaSQL("SELECT 'loans' FROM loans l, loans_2 WHERE \"loans\".x = LOANS.y", about: "loans")
        .text
        == "SELECT 'loans' FROM {table} l, loans_2 WHERE {table}.x = {table}.y")
  }

  @Test func `a message is read with its places`() throws {
    let proto = try ProtoText.read(
      "# first\na: 'x\\'\\303\\251' \"y\"\nb <c: [1, -2.5] > ; d { e: TRUE }\n", name: "p")
    #expect(proto["a"].first?.scalar == "x'éy")
    #expect(proto["b"].first?.message?["c"].compactMap(\.scalar) == ["1", "-2.5"])
    #expect(proto["d"].first?.message?["e"].first?.scalar == "TRUE")
    #expect(proto["d"].first?.mark.line == 3)
    #expect(proto["d"].first?.mark.column == 21)
  }

  @Test func `a schema's text quotes what would be read as something else`() {
    let text = SchemaText.map([
      .init("no", .text("yes")), .init("a: b", .texts(["x", "1", "", "- a", "é\u{7}\"\\"])),
      .init("n", .plain("1e3")), .init("e", .map([])),
    ])
    #expect(
      text.yaml
        == "\"no\": \"yes\"\n\"a: b\": [x, \"1\", \"\", \"- a\", \"é\\u0007\\\"\\\\\"]\n\"n\": 1e3\ne: {}\n"
    )
  }

  @Test(arguments: [
    ("{\"type\": [\"integer\", \"null\"]}", "1.0", true), ("{\"type\": \"integer\"}", "1.5", false),
    ("{\"enum\": [{\"a\": 1, \"b\": 2}]}", "{\"b\": 2.0, \"a\": 1}", true),
    ("{\"items\": {\"minimum\": 2}, \"maxItems\": 2}", "[2, 3]", true),
    ("{\"items\": {\"minimum\": 2}, \"maxItems\": 2}", "[2, 1]", false),
    (
      "{\"additionalProperties\": false, \"properties\": {\"a\": true}}", "{\"a\": 1, \"b\": 1}",
      false
    ),
    ("{\"oneOf\": [{\"type\": \"number\"}, {\"const\": 1}]}", "1", false),
    ("{\"not\": {\"minLength\": 2}}", "\"é\"", true),
    ("{\"uniqueItems\": true}", "[1, 1.0]", false),
    ("{\"prefixItems\": [{\"type\": \"string\"}], \"items\": false}", "[\"a\", 1]", false),
    ("{\"multipleOf\": 0.5, \"exclusiveMaximum\": 2}", "1.5", true), ("true", "[", false),
  ])
  func `a text is held against a JSON Schema`(schema: String, text: String, holds: Bool) throws {
    let schema = try JSONSchema(JSON(parsing: schema, name: "schema"))
    var answers = JSONSchema.Results()
    #expect(schema.accepts(text, &answers) == holds)
  }
}
