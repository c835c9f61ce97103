import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Reading JSON.
@Suite struct JSONParsingTests {
  @Test(
    "what is not JSON is refused at its place",
    arguments: [
      ("", 1, 1, "the text ends"), ("{\"a\": 1,\n \"a\": 2}", 2, 2, "stands twice"),
      ("[1, 2", 1, 6, "wanted ',' or ']'"), ("[1,]", 1, 4, "wanted a JSON value"),
      ("{\"a\" 1}", 1, 6, "wanted ':'"), ("01", 1, 3, "leading zero"), ("1e999", 1, 1, "beyond"),
      ("nul", 1, 1, "wanted a JSON value"), ("\"\\ud800\"", 1, 3, "surrogate"),
      ("\"a\nb\"", 1, 3, "control"), ("\"\\x\"", 1, 3, "escape"), ("1 2", 1, 3, "more text"),
      ("NaN", 1, 1, "wanted a JSON value"), ("\"a", 1, 3, "inside of a string"),
      (String(repeating: "[", count: 100_000), 1, 65, "64 levels"), ("-", 1, 2, "digits"),
      ("1.", 1, 3, "digit after"), ("1e+", 1, 4, "exponent"), ("{a: 1}", 1, 2, "double quotes"),
    ])
  func refused(text: String, line: Int, column: Int, message: String) throws {
    let error = try #require(throws: Diagnostic.self) { try JSON(parsing: text, name: "x.json") }
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.location == Location(file: "x.json", line: line, column: column))
  }

  @Test("as many levels are read as are asked for, whatever the stack")
  func levels() throws {
    let deep =
      String(repeating: "[{\"a\":", count: 1_500) + "1" + String(repeating: "}]", count: 1_500)
    var value = try JSON(parsing: deep, name: "x", levels: 3_000)
    var count = 0
    while case .array(let items) = value, case .object(let members)? = items.first {
      value = members[0].value
      count += 1
    }
    #expect(count == 1_500 && value == .integer(1))
    #expect(throws: Diagnostic.self) { try JSON(parsing: deep, name: "x", levels: 2_999) }
  }

  @Test("order, kinds of number and escapes survive")
  func read() throws {
    let text = #"{"z": [1, 1.0, -0.5e-3, true, false, null], "a": "\u00e9\ud83d\ude00\n\/"}"#
    let json = try JSON(parsing: text, name: "x")
    #expect(
      json
        == .object([
          .init(
            "z",
            .array([.integer(1), .number(1), .number(-0.0005), .bool(true), .bool(false), .null])),
          .init("a", .string("é😀\n/")),
        ]))
    #expect(try JSON(parsing: "1208925819614629174706176", name: "x") == .number(0x1p80))
  }
}
