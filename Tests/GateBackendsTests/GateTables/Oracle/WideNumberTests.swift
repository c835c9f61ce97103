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

/// Numbers of more than 64 bits are the doubles nearest to them, those below zero too.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct WideNumberTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  @Test func `decimals are the nearest doubles`() throws {
    let texts = [
      "-1.50", "-0.01", "-1023.99", "-9007199254740993.07", "12345678901234567.89", "0.00",
      "-99999999999999999999.99", "0.30", "18446744073709551615.99", "-18446744073709551616.01",
    ]
    for type in ["DECIMAL(22,2)", "DECIMAL(38,2)", "DECIMAL(38,10)"] {
      let list = texts.map { "\($0)::\(type)" }.joined(separator: ", ")
      let path = try fixture.copy("SELECT unnest([\(list)]) AS x", to: "wide.parquet")
      let column = try fixture.holdout(path).columns(["x"])[0]
      #expect(column.doubles == texts.map { Double($0) ?? .nan })
      #expect(column.isRounded)
    }
  }

  @Test func `whole numbers are the nearest doubles`() throws {
    let texts = [
      "-1", "170141183460469231731687303715884105727", "-170141183460469231731687303715884105727",
      "-150", "9223372036854775808", "-9223372036854775809", "36893488147419111425",
      "36893488147419107329", "-36893488147419107329", "0",
    ]
    let list = texts.map { "\($0)::HUGEINT" }.joined(separator: ", ")
    let path = try fixture.write("one.csv", "x\n1\n")
    let found = try fixture.holdout(path).query("SELECT unnest([\(list)]) AS x FROM holdout")
    #expect(found[0].doubles == texts.map { Double($0) ?? .nan })
  }
}
