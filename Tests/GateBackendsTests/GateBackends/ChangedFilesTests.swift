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

/// What was hashed is what was judged, or the run is an error.
@Suite struct ChangedFilesTests {
  static let good = "id,y,s\n1,0,0.1\n2,1,0.9\n3,0,0.2\n4,1,0.8\n"
  static let bad = "id,y,s\n1,0,0.9\n2,1,0.1\n3,0,0.8\n4,1,0.2\n"

  static let changes: [(name: String, line: String)] = [
    ("a file of another name renamed over it", "mv other.csv h.csv"),
    ("other bytes in place", "cat other.csv > h.csv"),
    ("a row more", "echo 5,1,0.1 >> h.csv"),
    ("other bytes under the old time", "cp -p h.csv t; cat other.csv > h.csv; touch -r t h.csv"),
    ("other bytes and the old ones again", "cp h.csv t; cat other.csv > h.csv; cat t > h.csv"),
    ("the old bytes in a new file", "cp h.csv t; mv t h.csv"), ("nothing in its place", "rm h.csv"),
    ("a folder in its place", "rm h.csv; mkdir h.csv"),
  ]

  static func manifest(_ shop: Workshop) throws -> Manifest {
    let text = """
      version: 1
      name: loan-default
      task: binary
      data: {holdout: {path: h.csv, label: y}}
      models: {candidate: {predictions: scores.csv, score: s}}
      gates: [{gate: performance, metrics: {accuracy: {min: 0.5}}}]
      """
    return try Manifest(try parseYAML(Array(text.utf8), name: "gatewright.yaml"), in: .live)
  }

  /// A run in whose course `line` is done after the files are hashed, or after the tables are open.
  static func report(_ shop: Workshop, _ line: String, isOpen: Bool) async throws -> Report {
    var backends = Backends.live(folder: shop.path, temporary: shop.temporary, executable: "")
    let open = backends.open
    backends.open = { sources, resources in
      if !isOpen { try shop.run(line) }
      let database = try open(sources, resources)
      if isOpen { try shop.run(line) }
      return database
    }
    return await run(
      try manifest(shop),
      record: .init(name: "", path: "", sha256: "", source: .init(kind: "worktree")),
      tool: .init(name: "gatewright", version: "0"), with: backends
    ).report
  }

  @Test(.enabled(if: Fixture.hasEngine), arguments: changes, [false, true])
  func noFigureIsOfOtherBytes(change: (name: String, line: String), isOpen: Bool) async throws {
    let shop = try Workshop()
    for name in ["h.csv", "scores.csv"] { try shop.write(Self.good, to: name) }
    try shop.write(Self.bad, to: "other.csv")
    #expect(try await Self.report(shop, "true", isOpen: isOpen).verdict == .passed)
    let found = try await Self.report(shop, change.line, isOpen: isOpen)
    #expect(found.exitCode == 2, "\(change.name)")
    #expect(found.checks.allSatisfy { $0.outcome == .error && $0.value == nil })
    #expect(found.checks.allSatisfy { $0.message.contains("'h.csv'") }, "\(change.name)")
    #expect(found.data["holdout"]?.rows == nil)
  }

  /// Delimited text is hashed as it is read; what cannot be read is hashed all the same.
  @Test(
    .enabled(if: Fixture.hasEngine),
    arguments: [
      ("good", good), ("a cell too few", good + "5,1\n"), ("no rows", "id,y,s\n"), ("empty", ""),
    ])
  func theRecordHasTheHashOfWhatStandsThere(_ name: String, text: String) async throws {
    let shop = try Workshop()
    try shop.write(text, to: "h.csv")
    try shop.write(Self.good, to: "scores.csv")
    let report = try await Self.report(shop, "true", isOpen: false)
    #expect((report.verdict == .passed) == (name == "good"))
    let wanted = try sha256(Array(text.utf8))
    let holdout = try #require(report.data["holdout"])
    #expect(holdout.sha256 == wanted, "\(name)")
    #expect(holdout.files?.map(\.sha256) == [wanted], "\(name)")
    #expect(try report.models[.candidate]?.sha256 == sha256(Array(Self.good.utf8)))
  }

  @Test(.enabled(if: Fixture.hasEngine)) func tablesOfOneFileReadInTwoWaysHaveItsHash() throws {
    let shop = try Workshop()
    try shop.write(Self.good, to: "h.csv")
    let artifact = try resolveTable(
      "h.csv", FileChoice(), from: shop.path, in: shop.temporary, held: HeldFiles())
    #expect(artifact.sha256.isEmpty)
    let sources = ["plain": [:], "texts": ["id": "VARCHAR"]].map { name, types in
      TableSource(
        name: name, path: artifact.path, types: ByName(types.map { ($0.key, $0.value) }),
        files: artifact.files)
    }
    let database = try DuckDBDatabase.open(
      sources, files: Dictionary(uniqueKeysWithValues: sources.map { ($0.name, $0.files) }),
      resources: Resources(), temporary: shop.path)
    #expect(try Array(database.digests.values) == [sha256(Array(Self.good.utf8))])
  }

  @Test func aChangeInTheTickOfTheHashIsSeen() throws {
    let shop = try Workshop()
    try shop.write("one", to: "a.csv")
    var file = try hashed(shop.path + "/a.csv", written: "a.csv", name: "a.csv")
    #expect(try #require(file.state).isFresh)
    try confirm(file)
    // What a change within the same tick leaves: every time as it was, and other bytes.
    file.sha256 = try sha256(Array("two".utf8))
    #expect(try problem { try confirm(file) }.message.contains("'a.csv' changed"))
    file.state?.isFresh = false
    try confirm(file)
  }

  @Test func aFileThatIsHeldIsReadWhateverStandsAtItsPath() throws {
    let shop = try Workshop()
    try shop.write("one", to: "a.parquet")
    let held = HeldFiles()
    let file = try hashed(shop.path + "/a.parquet", written: "a", name: "a") { held.hold($0) }
    try shop.run("echo two > b; mv b a.parquet")
    #expect(try sha256(file: file.path).sha256 == file.sha256)
    #expect(throws: Diagnostic.self) { try confirm(file) }
  }

  @Test func aWorkerScoresTheBytesThatWereHashed() throws {
    var model = Models.source("endless.onnx", seconds: 5)
    model.artifact.sha256 = String(repeating: "0", count: 64)
    #expect(Models.failure(model, Rows())?.contains("changed while it was judged") == true)
  }
}
