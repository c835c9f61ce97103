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

/// Reading, writing and hashing of files.
@Suite struct FilesTests {
  func names(_ folder: String) throws -> [String] {
    let shop = try Workshop()
    return try shop.run("ls -A '\(folder)'").split(separator: "\n").map(String.init)
  }

  @Test func filesAreWrittenWhole() throws {
    let shop = try Workshop()
    let path = shop.path + "/a/b/c.txt"
    try writeWhole(Array("one".utf8), to: path)
    try shop.run("chmod 600 a/b/c.txt")
    try writeWhole(Array("two".utf8), to: path)
    #expect(try readFile(path, limit: 10) == Array("two".utf8))
    #expect(try names(shop.path + "/a/b") == ["c.txt"])
    #expect(try shop.run("stat -c %a a/b/c.txt") == "600")
    try writeWhole([], to: path)
    #expect(try readFile(path, limit: 0) == [])
  }

  @Test func whatCannotBeWrittenIsSaid() throws {
    let shop = try Workshop()
    try shop.write("x", to: "file")
    try shop.run("mkdir folder; ln -s file link")
    for (path, words) in [
      ("/dev/null/x", "not a directory"), (shop.path + "/file/x/y", "not a directory"),
      (shop.path + "/folder", "it is a folder"), (shop.path + "/link", "it is a symbolic link"),
      (shop.path + "/new/", "not the name of a file"), ("", "not the name of a file"),
      ("/proc/x/y", "no such file"),
      (shop.path + "/" + String(repeating: "n", count: 300), "name too long"),
    ] {
      let found = try problem { try writeWhole([1], to: path) }
      #expect(found.message.contains("cannot write '\(path)'"))
      #expect(found.message.contains(words), "\(found.rendered)")
    }
    #expect(try names(shop.path) == [".lock", "file", "folder", "link"])
    #expect(try readFile(shop.path + "/file", limit: 9) == Array("x".utf8))
  }

  @Test func devicesStayDevices() throws {
    try writeWhole([1, 2], to: "/dev/null")
    #expect(try Workshop().run("stat -c %F /dev/null") == "character special file")
    let full = try problem { try writeWhole([1, 2], to: "/dev/full") }
    #expect(full.message.contains("no space left"))
    #expect(full.hint == "make room on the disk")
  }

  @Test(.timeLimit(.minutes(60))) func onlyRegularFilesAreRead() throws {
    let shop = try Workshop()
    try shop.write("12345", to: "five.txt")
    try shop.run("mkfifo pipe")
    #expect(try problem { try readFile(shop.path, limit: 9) }.message.contains("is a folder"))
    #expect(
      try problem { try readFile(shop.path + "/pipe", limit: 9) }.message.contains(
        "not a regular file"))
    #expect(try readFile(shop.path + "/five.txt", limit: 5).count == 5)
    #expect(
      try problem { try readFile(shop.path + "/five.txt", limit: 4) }.message.contains(
        "more than the 4 bytes"))
    let gone = try problem { try readFile(shop.path + "/fiv.txt", limit: 4, written: "fiv.txt") }
    #expect(gone.message.contains("no file 'fiv.txt'"))
    #expect(gone.hint?.contains("did you mean 'five.txt'") == true)
    #expect(
      try problem { try readFile(shop.path + "/five.txt/x", limit: 4) }.message.contains(
        "is a file, not a folder"))
    #expect(try problem { try readFile("/proc/self/cmdline\0", limit: 4) }.message.contains("NUL"))
    // Says it has no bytes and has some: the limit is on what is read.
    #expect(
      try problem { try readFile("/proc/self/maps", limit: 4) }.message.contains(
        "more than the 4 bytes"))
  }

  @Test func digestsAreThoseOfSha256sum() throws {
    let shop = try Workshop()
    #expect(
      try sha256(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    try shop.run("seq 1 400000 > b.csv; printf a > a.csv; mkdir d; printf c > d/c.csv")
    let one = try sha256(file: shop.path + "/b.csv")
    #expect(try shop.run("sha256sum < b.csv").hasPrefix(one.sha256))
    #expect(one.bytes == 2_688_895)
    let files = try ["d/c.csv", "b.csv", "a.csv"].map {
      try hashed(shop.path + "/" + $0, written: $0, name: $0)
    }
    let all = try sha256(of: files)
    #expect(try shop.run("sha256sum a.csv b.csv d/c.csv | sha256sum").hasPrefix(all.sha256))
    #expect(all.bytes == one.bytes + 2)
    #expect(try sha256(of: files.reversed()) == all)
  }

  @Test func temporaryFoldersGoAway() throws {
    let shop = try Workshop()
    var folder: TemporaryFolder? = try TemporaryFolder(in: shop.path)
    let path = try #require(folder?.path)
    #expect(try shop.run("stat -c %a '\(path)'") == "700")
    try shop.run(
      "mkdir -p '\(path)/a/b'; touch keep '\(path)/a/b/c'; ln -s '\(shop.path)' '\(path)/link'; chmod 0 '\(path)/a/b'"
    )
    folder = nil
    #expect(access(path, F_OK) != 0)
    #expect(try shop.run("ls") == "keep")
    let found = try problem { try TemporaryFolder(in: "/dev/null") }
    #expect(found.message.contains("cannot make a temporary folder in '/dev/null'"))
    #expect(found.hint?.contains("TMPDIR") == true)
  }

  @Test func aSignalsThreadRemovesAll() async throws {
    await #expect(processExitsWith: .exitCode(3)) {
      let folder = try TemporaryFolder()
      try writeWhole([1], to: folder.path + "/a/b")
      guard access(folder.path + "/a/b", F_OK) == 0 else { exit(1) }
      TemporaryFolder.removeAll()
      exit(access(folder.path, F_OK) == 0 ? 2 : 3)
    }
  }

  @Test func pathsAreTakenFromTheirFolder() {
    #expect(absolute("a/b", from: "/x") == "/x/a/b")
    #expect(absolute("/a", from: "/x") == "/a")
    #expect(absolute("a", from: "/") == "/a")
    #expect(absolute("a", from: ".") == "a")
    #expect(folder(of: "a") == ".")
    #expect(folder(of: "/a") == "/")
    #expect(folder(of: "/a/b") == "/a")
  }
}
