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

/// Lengths of types, and the engine's words.
@Suite struct StatedLengthTests {
  @Test(
    "a number behind a type is refused unless it is kept to",
    arguments: [
      ("VARCHAR(1)", "VARCHAR"), ("char (3)", "CHAR"), ("TEXT(3)", "TEXT"),
      ("character varying(3)", "VARYING"), ("INTEGER(11)", "INTEGER"), ("VARCHAR(1)[]", "VARCHAR"),
      ("STRUCT(a VARCHAR(2))", "VARCHAR"), ("VARCHAR", nil), ("DECIMAL(5,2)", nil),
      ("STRUCT(a VARCHAR, \"b(\" INT)", nil), ("ENUM('a(1)', 'b')", nil), ("TIMESTAMP(3)", nil),
      ("MAP(VARCHAR, DECIMAL(3, 1))", nil), ("TIMESTAMP WITH TIME ZONE", nil),
    ] as [(String, String?)])
  func length(written: String, type: String?) {
    #expect(StatedLength(in: written)?.type == type)
  }

  @Test(
    "what the engine says becomes words with what to do",
    arguments: [
      (
        "Binder Error: Cannot compare values of type VARCHAR and type INTEGER_LITERAL - an explicit cast is required",
        "a text (VARCHAR) cannot be compared with a whole number"
      ),
      (
        "Parser Error: Chained comparisons are not supported, use AND to combine comparisons",
        "two comparisons stand in one"
      ),
      (
        "Binder Error: No function matches the given name and argument types 'upper(BIGINT)'. You might",
        "no function 'upper' takes (BIGINT)"
      ),
      (
        "Catalog Error: Scalar Function with name foo does not exist!\nDid you mean \"floor\"?",
        "there is no function 'foo'"
      ),
      (
        "Invalid Input Error: JSON transform error in file \"a.jsonl\", in line 2: Object {} has duplicate key \"id\"",
        "line 2 of 'a.jsonl' has the key 'id' twice"
      ),
    ])
  func words(text: String, message: String) {
    let said = DuckDBMessage(text).diagnostic(doing: "reading")
    #expect(said.message.contains(message), "\(said.message)")
    #expect(said.hint != nil)
  }

  @Test("advice about options of the engine is left out, and depth is said in words")
  func advice() {
    let said = DuckDBMessage(
      "Invalid Input Error: X went wrong. Try auto-detecting the JSON format"
    )
    .diagnostic(doing: "reading")
    #expect(said.message == "reading: Invalid Input Error: X went wrong.")
    let deep = DuckDBMessage(
      "Parser Error: Max expression depth limit of 1000 exceeded. Use \"SET\""
    )
    .diagnostic(doing: "reading")
    #expect(deep.message == "reading: the expression is nested too deeply")
  }
}
