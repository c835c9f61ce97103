import GateBackends
import GateGit
import GateModels
import GateSystem
import GateTables
import GateYAML
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// From what a manifest names to files.
@Suite struct ResolveTests {
  @Test func pathsAreFilesWithDigests() throws {
    let shop = try Workshop()
    try shop.write("abc", to: "models/candidate.onnx")
    let found = try resolve("models/candidate.onnx", from: shop.path, in: shop.temporary)
    #expect(found.uri == "models/candidate.onnx")
    #expect(found.path == shop.path + "/models/candidate.onnx")
    #expect(
      found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(found.bytes == 3)
    #expect(found.files.map(\.name) == ["models/candidate.onnx"])
    #expect(found.files.map(\.sha256) == [found.sha256])
    let gone = try problem {
      try resolve("models/candidat.onnx", from: shop.path, in: shop.temporary)
    }
    #expect(gone.message.contains("no file 'models/candidat.onnx'"))
    #expect(gone.hint == "did you mean 'candidate.onnx' in 'models'?")
    let folder = try problem { try resolve("models", from: shop.path, in: shop.temporary) }
    #expect(folder.message.contains("'models' is a folder"))
    #expect(
      try problem { try resolve("", from: shop.path, in: shop.temporary) }.message
        == "no file is named")
  }

  @Test func linkedModelsKeepTheirName() throws {
    let shop = try Workshop()
    try shop.run(
      "mkdir real cache; printf abc > cache/0f; ln -s ../cache/0f real/m.onnx; ln -s real link")
    let found = try resolve("link/m.onnx", from: shop.path, in: shop.temporary)
    #expect(found.path == shop.path + "/real/m.onnx")
    #expect(found.bytes == 3)
  }

  @Test func gitFilesAreWrittenUnderTheirName() throws {
    let shop = try Workshop()
    try shop.write("abc", to: "models/champion.lightgbm.txt")
    try shop.run("git init -q -b main . && git add -A && git commit -qm one")
    let uri = "git:main:models/champion.lightgbm.txt"
    let temporary = try TemporaryFolder()
    let found = try resolve(uri, from: shop.path, in: temporary)
    #expect(found.uri == uri)
    #expect(found.path.hasPrefix(temporary.path) && found.path.hasSuffix("/champion.lightgbm.txt"))
    #expect(try readFile(found.path, limit: 9) == Array("abc".utf8))
    #expect(found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(found.bytes == 3)
    #expect(found.provenance["commit"] == (try shop.run("git rev-parse HEAD")))
    let again = try resolve(uri, from: shop.path, in: temporary)
    #expect(again.path != found.path)
    #expect(
      try problem { try resolve("git:main", from: shop.path, in: temporary) }.hint?.contains(
        "'git:main:models/champion.onnx'") == true)
  }

  @Test(arguments: [
    ("dvc:x", "'git:<ref>:<path>'"), ("mlflow:models:/loan@champion", "'git:<ref>:<path>'"),
    ("abfs://b/k", "'git:<ref>:<path>'"), ("GIT:main:x", "'git:main:x'"), ("C:x", "'git:C:x'"),
    ("main:models/x.onnx", "'git:main:models/x.onnx'"),
  ])
  func otherSchemesAreRefused(_ uri: String, _ hint: String) throws {
    let shop = try Workshop()
    let found = try problem { try resolve(uri, from: shop.path, in: shop.temporary) }
    #expect(found.message.contains("does not support"))
    #expect(found.hint?.contains(hint) == true)
  }

  @Test func colonsInNamesAreReachable() throws {
    let shop = try Workshop()
    try shop.write("abc", to: "v:1.onnx")
    #expect(try resolve("./v:1.onnx", from: shop.path, in: shop.temporary).bytes == 3)
  }

  /// A folder of rows in several shapes.
  func rows() throws -> Workshop {
    let shop = try Workshop()
    try shop.run(
      """
      mkdir -p p/x/y p/.hidden mixed empty
      touch p/b.parquet p/a.parquet p/x/c.PARQUET p/x/y/d.parquet p/.e.parquet p/.hidden/f.parquet p/_SUCCESS
      touch mixed/a.csv mixed/b.csv.gz mixed/c.jsonl one.csv
      ln -s ../../p p/x/loop
      """)
    return shop
  }

  func expanded(_ pattern: String, _ shop: Workshop) throws -> [String] {
    try expand(shop.path + "/" + pattern).files.map {
      String($0.dropFirst(shop.path.count + 1))
    }
  }

  @Test(.timeLimit(.minutes(60))) func foldersAndGlobs() throws {
    let shop = try rows()
    let all = ["p/a.parquet", "p/b.parquet", "p/x/c.PARQUET", "p/x/y/d.parquet"]
    #expect(try expanded("one.csv", shop) == ["one.csv"])
    #expect(try expanded("p", shop) == all)
    #expect(try expanded("p/", shop) == all)
    #expect(try expanded("p/*.parquet", shop) == ["p/a.parquet", "p/b.parquet"])
    #expect(try expanded("p/[!a]*.parquet", shop) == ["p/b.parquet"])
    #expect(try expanded("p/?.parquet", shop) == ["p/a.parquet", "p/b.parquet"])
    #expect(
      try expanded("p/**/*.parquet", shop) == ["p/a.parquet", "p/b.parquet", "p/x/y/d.parquet"])
    #expect(try expanded("**/**/d.parquet", shop) == ["p/x/y/d.parquet"])
    #expect(try expanded("p/x/y*", shop) == ["p/x/y/d.parquet"])
    #expect(try expanded("mixed/*.csv*", shop) == ["mixed/a.csv", "mixed/b.csv.gz"])
    #expect(try expanded("*/x/../a.parquet", shop) == ["p/a.parquet"])
  }

  @Test func namesThatLookLikeGlobsAreFiles() throws {
    let shop = try Workshop()
    try shop.write("", to: "a[1].csv")
    #expect(try expanded("a[1].csv", shop) == ["a[1].csv"])
    try shop.write("", to: "[old]/b.csv")
    #expect(try expanded("[old]/*.csv", shop) == ["[old]/b.csv"])
  }

  @Test func whatMatchesNothingOrTooMuch() throws {
    let shop = try rows()
    let mixed = try problem { try expanded("mixed", shop) }
    #expect(
      mixed.message.contains("'a.csv' is csv and 'c.jsonl' is json lines"), "\(mixed.rendered)")
    #expect(try problem { try expanded("mixed/*", shop) }.message.contains("mixes formats"))
    #expect(try problem { try expanded("empty", shop) }.message.contains("holds no data file"))
    let none = try problem { try expanded("p/*.parqet", shop) }
    #expect(none.message.contains("no file matches"))
    #expect(none.hint?.contains("holds 'a.parquet'") == true, "\(none.rendered)")
    let folder = try problem { try expanded("mixd/*.csv", shop) }
    #expect(folder.hint?.contains("did you mean 'mixed'") == true, "\(folder.rendered)")
    #expect(
      try problem { try expanded("on.csv", shop) }.hint?.contains("did you mean 'one.csv'") == true)
    try shop.run("ln -s nowhere empty/a.csv")
    #expect(
      try problem { try expanded("empty", shop) }.message.contains(
        "a link to a file that is not there"))
    #expect(try problem { try expanded("empty/*.csv", shop) }.message.contains("a link to a file"))
    #expect(try problem { try expand("") }.message.contains("is not a path"))
  }
}
