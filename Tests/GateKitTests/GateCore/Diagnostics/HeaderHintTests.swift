import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Headers that look like data.
@Suite struct HeaderHintTests {
  @Test(
    "names of numbers are said to look like data, and numbers from 0 on and words are not",
    arguments: [
      (["1", "0.5", "x"], true), (["7", "1"], true), (["", "3"], true), (["0", "1", "2"], false),
      (["a", "b", "1"], false), (["id", "age"], false), ([], false), ([""], false),
    ])
  func hint(names: [String], isData: Bool) {
    #expect((names.headerHint != nil) == isData)
    let meant = "agee".meantColumn(among: names + (isData ? [] : ["agee2"]))
    #expect(meant?.contains(isData ? "looks like data" : "did you mean") == true)
  }
}
