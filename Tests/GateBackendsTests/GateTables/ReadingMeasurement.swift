import Glibc
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

/// How fast files are read; run it alone in a release build with GATEWRIGHT_MEASURE set.
@Suite(.enabled(if: getenv("GATEWRIGHT_MEASURE") != nil, "a measurement, no test"), .serialized)
struct ReadingMeasurement {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// The columns of a file of loan applications.
  static let names = [
    "id", "label", "weight", "a", "b", "c", "d", "region", "purpose", "applicant",
  ]

  /// Rows of such a file.
  static let rows = """
    SELECT range AS id, (hash(range) % 2)::INTEGER AS label, random() AS weight, random() AS a,
    random() AS b, random() AS c, random() AS d, 'region ' || hash(range) % 12 AS region,
    'a longer purpose of the loan ' || hash(range) % 50 AS purpose,
    'applicant number ' || range AS applicant FROM range(1000000)
    """

  /// Milliseconds of the best of three runs.
  private func best(_ body: () throws -> Void) rethrows -> Int {
    let clock = ContinuousClock()
    var times: [Duration] = []
    for _ in 0..<3 { times.append(try clock.measure(body)) }
    return Int(times.min()! / .milliseconds(1))
  }

  /// The largest memory this process has had, in MB.
  private var peak: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }

  @Test func parquet() throws {
    let path = try fixture.copy(Self.rows, to: "m.parquet")
    let table = try fixture.holdout(path)
    #expect(try table.columns(Self.names).map(\.count).allSatisfy { $0 == table.rows })
    let sum = "SELECT sum(label), sum(weight), sum(a), sum(b), sum(c), sum(d) FROM holdout"
    print("parquet, engine's sums: \(try best { _ = try table.query(sum) }) ms, peak \(peak) MB")
    let texts = "SELECT count(DISTINCT region), max(purpose), max(applicant) FROM holdout"
    print("parquet, engine's texts: \(try best { _ = try table.query(texts) }) ms, peak \(peak) MB")
    let numbers = Array(Self.names.prefix(7))
    print("parquet, 7 numbers: \(try best { _ = try table.columns(numbers) }) ms, peak \(peak) MB")
    for name in ["region", "purpose", "applicant"] {
      print("parquet, \(name): \(try best { _ = try table.columns([name]) }) ms, peak \(peak) MB")
    }
    print("parquet, all: \(try best { _ = try table.columns(Self.names) }) ms, peak \(peak) MB")
    print("scan: \(try best { try table.scan(Self.names, batch: 8192) { _ in } }) ms")
  }

  @Test func csv() throws {
    let path = try fixture.copy(Self.rows, to: "m.csv", "(FORMAT csv, HEADER)")
    let clock = ContinuousClock()
    var table: (any Table)?
    print("csv, open: \(try clock.measure { table = try fixture.holdout(path) })")
    let opened = try #require(table)
    #expect(try opened.columns(Self.names).map(\.count).allSatisfy { $0 == opened.rows })
    print("csv, count: \(try best { _ = try opened.query("SELECT count(*) FROM holdout") }) ms")
    print("csv, all: \(try best { _ = try opened.columns(Self.names) }) ms, peak \(peak) MB")
    let sniffed = "SELECT sum(a) FROM read_csv(\(path.sqlText), sample_size = "
    print("csv, engine sniffing all: \(try best { _ = try opened.query(sniffed + "-1)") }) ms")
    print(
      "csv, engine sniffing a sample: \(try best { _ = try opened.query(sniffed + "20480)") }) ms")
  }

  @Test func wide() throws {
    let names = (0..<5000).map { "c\($0)" }
    let row = (0..<5000).map { "\($0)" }.joined(separator: ",")
    let path = try fixture.write("wide.csv", names.joined(separator: ",") + "\n\(row)\n\(row)\n")
    let clock = ContinuousClock()
    var table: (any Table)?
    print("5000 columns, open: \(try clock.measure { table = try fixture.holdout(path) })")
    print(
      "5000 columns, read: \(try clock.measure { _ = try table?.columns(names.map(\.sqlName)) })")
    #expect(table?.schema.count == 5000)
    print("5000 columns, one: \(try clock.measure { _ = try table?.columns(["c7"]) })")
  }
}
