import Testing

@testable import GateBackends
@testable import GateCore

/// An answer beside the one that is wanted.
@Suite struct JSONDifferenceTests {
  static let pairs: [(found: String, wanted: String, difference: String?)] = [
    ("1", "1.0", nil), ("1e-10", "0", nil), ("1000000000.5", "1000000000", nil),
    ("1.00000001", "1", "the answer is 1.00000001, wanted 1.0"),
    (#"{"a": 1, "b": 2}"#, #"{"b": 2, "a": 1}"#, nil),
    (#"{"a": 1}"#, #"{"a": 1, "b": 2}"#, "the answer has no 'b'"),
    (#"{"a": 1, "b": 2}"#, #"{"a": 1}"#, "the answer has 'b', which is not wanted"),
    ("[1, 2]", "[1]", "the answer has 2 items, wanted 1"),
    (#"[{"a": "x"}]"#, #"[{"a": "y"}]"#, "'[0].a' is 'x', wanted 'y'"),
    ("null", "0", "the answer is null, wanted 0"), ("\"1\"", "1", "the answer is '1', wanted 1"),
    ("true", "1", "the answer is true, wanted 1"),
  ]

  @Test(arguments: pairs.indices) func `the first difference is said`(index: Int) throws {
    let (found, wanted, difference) = Self.pairs[index]
    let both = try [found, wanted].map { try JSON(parsing: $0, name: "a") }
    #expect(both[0].difference(from: both[1]) == difference)
  }
}
