import FoundationEssentials
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

/// No file leaves a table without a word.
@Suite struct ExpandTests {
  func shop(_ line: String) throws -> Workshop {
    let shop = try Workshop()
    try shop.run(line)
    return shop
  }

  struct Found: Equatable {
    var files: [String]
    var leftOut: Int
  }

  func files(
    _ path: String, _ shop: Workshop, exclude: [String] = [], format: String? = nil
  ) throws -> Found {
    let (files, leftOut) = try expand(
      shop.path + "/" + path, FileChoice(exclude: exclude, format: format, hasKeys: true))
    return Found(
      files: files.map { String($0.dropFirst(shop.path.count + 1)) }, leftOut: leftOut)
  }

  @Test(arguments: ["in", "in/", "in/*", "in/**", "in/*.csv", "in/**/*.csv", "i[n]/*", "*/?.csv"])
  func aFolderThatIsMatchedIsReadAsAFolder(path: String) throws {
    let shop = try shop("mkdir -p in/b.csv; touch in/a.csv in/b.csv/part-0.csv in/b.csv/_SUCCESS")
    #expect(try files(path, shop).files == ["in/a.csv", "in/b.csv/part-0.csv"])
    #expect(try files(path, shop).leftOut == 1)
  }

  @Test(arguments: ["in", "in/**/*.csv", "in/**", "in/*"])
  func linksAreFollowedAlikeAndLoopsEnd(path: String) throws {
    let shop = try shop(
      "mkdir -p in out/deep; touch in/a.csv out/b.csv out/deep/c.csv; ln -s ../out in/x; ln -s .. out/deep/up; ln -s . in/self"
    )
    let found = try files(path, shop).files
    #expect(found == ["in/a.csv", "out/b.csv", "out/deep/c.csv"])
  }

  @Test(arguments: ["in", "in/*.csv", "in/**/*.csv"])
  func `names that differ in the form of a letter are files of their own`(path: String) throws {
    let shop = try shop(
      #"mkdir in; touch "in/$(printf 'e\314\201').csv" "in/$(printf '\303\251').csv""#)
    #expect(try files(path, shop).files.count == 2)
  }

  @Test(arguments: ["in", "in/*.csv", "in/**/*.csv", "*/*.csv"])
  func `a name that is no text is refused`(path: String) throws {
    let shop = try shop(#"mkdir in; touch in/a.csv "in/$(printf 'b\377').csv""#)
    #expect(try problem { try files(path, shop) }.message.contains("cannot be found"))
  }

  @Test(arguments: ["ln -s a.csv in/l.csv", "ln in/a.csv in/l.csv"], ["in", "in/*.csv", "in/**"])
  func `a file with two names does not count twice`(link: String, path: String) throws {
    let shop = try shop("mkdir in; touch in/a.csv; \(link)")
    let found = try problem { try files(path, shop) }
    #expect(found.message.contains("leads to one file by two names"))
    #expect(try files(path, shop, exclude: ["l.csv"]).files == ["in/a.csv"])
  }

  @Test(arguments: ["in/notes.txt", "in/sub/data", "in/x.csv.bak", "in/x.parquet.gz"])
  func aFileOfNoKnownKindIsNamed(file: String) throws {
    let shop = try shop("mkdir -p in/sub; touch in/a.csv '\(file)'")
    let found = try problem { try files("in", shop) }
    #expect(found.message.contains("/\(file)' is of no kind that can be read"))
    let name = try #require(file.split(separator: "/").last.map(String.init))
    #expect(found.hint?.contains("'exclude: [\"\(name)\"]'") == true, "\(found.rendered)")
    #expect(try files("in", shop, exclude: [name]) == Found(files: ["in/a.csv"], leftOut: 1))
    #expect(try files("in", shop, format: "csv").files.count == 2)
  }

  @Test func aFileThatIsNoFileIsNamed() throws {
    let shop = try shop("mkdir in; touch in/a.csv; mkfifo in/b.csv")
    #expect(
      try problem { try files("in", shop) }.message.contains("/in/b.csv' is neither a file nor"))
    #expect(
      try problem { try files("in/*", shop) }.message.contains("/in/b.csv' is neither a file nor"))
  }

  @Test func namesAreLeftOutByGlobsAndCounted() throws {
    let shop = try shop(
      "mkdir -p in/old in/_tmp in/x; touch in/a.csv in/b.csv in/old/c.csv in/x/old.csv in/_d.csv in/.e.csv in/_tmp/f.csv"
    )
    #expect(
      try files("in", shop)
        == Found(files: ["in/a.csv", "in/b.csv", "in/old/c.csv", "in/x/old.csv"], leftOut: 3))
    #expect(try files("in", shop, exclude: ["old"]).files.count == 3)
    #expect(
      try files("in", shop, exclude: ["old*"])
        == Found(files: ["in/a.csv", "in/b.csv"], leftOut: 5))
    #expect(try files("in", shop, exclude: ["x/*"]).files.last == "in/old/c.csv")
    #expect(try files("in/**/*.csv", shop, exclude: ["old/", "b.csv"]).files.count == 2)
    #expect(try files("in/_*.csv", shop).files == ["in/_d.csv"])
    #expect(try files("in/*.csv", shop) == Found(files: ["in/a.csv", "in/b.csv"], leftOut: 2))
    #expect(try files("in/_tmp", shop).files == ["in/_tmp/f.csv"])
    for idle in ["none", "in/old", "c.csv/x"] {
      let found = try problem { try files("in", shop, exclude: [idle]) }
      #expect(found.message.contains("'exclude' names '\(idle)', which matches nothing"))
    }
    #expect(throws: Diagnostic.self) { try files("in/a.csv", shop, exclude: ["a.csv"]) }
  }

  @Test func aTableOfDeltaLakeIsNotItsFiles() throws {
    let shop = try shop("mkdir -p in/_delta_log; touch in/a.parquet")
    #expect(try problem { try files("in", shop) }.message.contains("is a Delta Lake table"))
    #expect(
      try files("in", shop, exclude: ["_delta_log"]) == Found(files: ["in/a.parquet"], leftOut: 1))
  }

  @Test(arguments: [
    ("000", "in"), ("000", "in/*/*.csv"), ("000", "in/**/*.csv"), ("000", "in/**"),
    ("444", "in"), ("444", "in/*/*.csv"), ("444", "in/**/*.csv"), ("311", "in/**/*.csv"),
    ("000", "in/b/b.csv"),
  ])
  func whatMayNotBeReadIsAnError(mode: String, path: String) throws {
    let shop = try shop("mkdir -p in/a in/b; touch in/a/a.csv in/b/b.csv; chmod \(mode) in/b")
    defer { chmod(shop.path + "/in/b", 0o755) }
    chmod(shop.path, 0o755)
    // The rights of a user that has not all of them, for as long as the walk takes.
    let isRoot = geteuid() == 0
    if isRoot { #expect(unprivileged { (try? files(path, shop)) == nil }) }
    if !isRoot { #expect(throws: Diagnostic.self) { try files(path, shop) } }
  }

  /// What `body` gives on a thread of its own without root's rights to all files.
  private func unprivileged(_ body: @escaping () -> Bool) -> Bool {
    final class Work {
      let body: () -> Bool
      var result = false
      init(_ body: @escaping () -> Bool) { self.body = body }
    }
    let work = Work(body)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { work in
        let work = Unmanaged<Work>.fromOpaque(work!).takeUnretainedValue()
        // Of this thread alone; Swift's view of the C library leaves it out.
        guard let found = dlsym(nil, "setfsuid") else { return nil }
        let become = unsafeBitCast(found, to: (@convention(c) (uid_t) -> Int32).self)
        _ = become(65534)
        work.result = work.body()
        _ = become(0)
        return nil
      }, Unmanaged.passUnretained(work).toOpaque())
    pthread_join(thread, nil)
    return work.result
  }
}

/// Columns from the names of folders.
@Suite(.enabled(if: Fixture.hasEngine)) struct PartitionTests {
  let fixture: Fixture
  let held = HeldFiles()
  init() throws { fixture = try Fixture() }

  private func open(
    _ paths: [String], types: ByName<String> = [:]
  ) throws -> (any Table) {
    try? FileManager.default.removeItem(atPath: fixture.folder + "/in")
    for (index, path) in paths.enumerated() {
      let folder = folder(of: fixture.folder + "/in/" + path)
      try #require(system("mkdir -p '\(folder)'") == 0)
      // Of the first file two rows, of one none.
      let rows =
        "SELECT \(index) AS x FROM range(\(index == 0 ? 2 : path.contains("=2027") ? 0 : 1))"
      let ending = path.split(separator: ".").last ?? ""
      let options = ["csv": "(FORMAT csv, HEADER)", "jsonl": "(FORMAT json)"]
      _ = try fixture.copy(rows, to: "in/" + path, options[String(ending)] ?? "(FORMAT parquet)")
    }
    let found = try resolveTable(
      "in", FileChoice(partitions: true), from: fixture.folder, in: TemporaryFolder(),
      held: held)
    let source = TableSource(
      name: "holdout", path: found.path, types: types, files: found.files)
    return try DuckDBDatabase.open(
      [source], files: ["holdout": found.files], resources: Resources(), temporary: fixture.folder
    ).table("holdout")
  }

  @Test(arguments: ["parquet", "csv", "jsonl"])
  func valuesAreTextsUnlessAllAreWholeNumbers(ending: String) throws {
    let paths = [
      "year=2025/month=01/part=a%20b/0", "year=2026/month=02/part=c=d/1",
      "year=2026/month=10/part=__HIVE_DEFAULT_PARTITION__/2", "year=2027/month=11/part=/3",
      "year=2028/month=12/part=%27/4",
    ].filter { ending != "jsonl" || !$0.contains("=2027") }.map { "\($0).\(ending)" }
    let table = try open(paths)
    #expect(table.schema.map(\.name) == ["x", "year", "month", "part"])
    #expect(table.schema.map(\.declared).suffix(3) == ["BIGINT", "VARCHAR", "VARCHAR"])
    let columns = try table.columns(["x", "year", "month", "part"])
    #expect(
      columns.map(\.shown) == [
        ["0", "0", "1", "2", ending == "jsonl" ? "3" : "4"],
        ["2025", "2025", "2026", "2026", "2028"],
        ["01", "01", "02", "10", "12"], ["a b", "a b", "c=d", "null", "'"],
      ])
    let stated = try open(paths, types: ["year": "VARCHAR", "month": "BIGINT", "x": "DOUBLE"])
    #expect(stated.schema.map(\.declared) == ["DOUBLE", "VARCHAR", "BIGINT", "VARCHAR"])
    #expect(try stated.columns(["month"])[0].shown == ["1", "1", "2", "10", "12"])
    #expect(throws: Diagnostic.self) { try open(paths, types: ["part": "BIGINT"]) }
    #expect(throws: Diagnostic.self) { try open(paths, types: ["yea": "BIGINT"]) }
  }

  @Test func foldersMustFit() throws {
    #expect(try problem { try open(["a/0.parquet"]) }.message.contains("no folder of"))
    #expect(
      try problem { try open(["k=1/0.parquet", "j=1/1.parquet"]) }.message.contains("folders of"))
  }

  @Test func aColumnOfTheFilesIsNotCovered() throws {
    for ending in ["parquet", "csv", "jsonl"] {
      let file = "X=1/0.\(ending)"
      #expect(try problem { try open([file]) }.message.contains("have a column 'X'"))
    }
    #expect(try problem { try open(["k=1/K=2/0.parquet"]) }.message.contains("two folders of"))
  }
}

/// How long reading and SQL may take.
@Suite(.enabled(if: Fixture.hasEngine)) struct TimeLimitTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  private func open(seconds: Double, derive: [(name: String, sql: String)] = []) throws -> any Table
  {
    let path = try fixture.write("a.csv", "x\n1\n2\n")
    return try DuckDBDatabase.open(
      [TableSource(name: "holdout", path: path, derive: derive)], files: ["holdout": [path]],
      resources: Resources(seconds: seconds), temporary: fixture.folder
    ).table("holdout")
  }

  @Test(.timeLimit(.minutes(60))) func aQueryThatDoesNotEndIsEnded() throws {
    let table = try open(seconds: 0.5)
    let endless = "SELECT max(a.range * b.range) FROM range(10000000) a, range(10000000) b"
    for _ in 0..<2 {
      let found = diagnostic { _ = try table.query(endless) }
      #expect(found.temporary)
      #expect(found.message.contains("took longer than the 0.5s they may"), "\(found.message)")
    }
    #expect(diagnostic { _ = try table.columns(["x"]) }.temporary)
  }

  @Test func timeInWhichNothingRunsDoesNotCount() throws {
    let table = try open(seconds: 3)
    usleep(3_200_000)
    #expect(try table.columns(["x"])[0].shown == ["1", "2"])
  }
}
