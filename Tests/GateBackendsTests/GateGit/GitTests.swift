import GateBackends
import GateGit
import GateModels
import GateSystem
import GateTables
import GateYAML
import Glibc
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Real repositories, made by git and read by us.
@Suite struct GitTests {
  /// A repository with a model on `main` that was changed on a branch.
  func repository() throws -> Workshop {
    let shop = try Workshop()
    try shop.write("one", to: "repo/models/champion.onnx")
    try shop.write("x", to: "repo/README.md")
    try shop.run(
      """
      git init -q -b main .
      git config commit.gpgsign false
      git add -A && git commit -qm first
      printf two > models/champion.onnx && git commit -qam second
      git tag -a v1 -m one HEAD~1
      git checkout -qb feature/x
      printf three > models/champion.onnx && git commit -qam third
      git checkout -q main
      """, in: "repo")
    return shop
  }

  func read(_ ref: String, _ shop: Workshop, _ path: String = "models/champion.onnx") throws
    -> String
  {
    let folder = shop.path + "/repo"
    return String(decoding: try readGit("git:\(ref):\(path)", from: folder).bytes, as: UTF8.self)
  }

  @Test func objectsNamedBySHA256AreSaidNotToBeRead() throws {
    let shop = try Workshop()
    try shop.run("git init -q --object-format=sha256 repo && echo 1 > repo/a")
    try shop.run("git add a && git commit -qm first", in: "repo")
    let said = try problem { _ = try readGit("git:HEAD:a", from: shop.path + "/repo") }
    #expect(said.message.contains("names its objects by SHA-256"), "\(said.message)")
    #expect(said.hint?.contains("git show") == true)
  }

  @Test func refsOfEveryKind() throws {
    let shop = try repository()
    for (ref, text) in [
      ("main", "two"), ("HEAD", "two"), ("HEAD~1", "one"), ("HEAD^", "one"), ("HEAD~", "one"),
      ("HEAD^0", "two"), ("v1", "one"), ("feature/x", "three"), ("feature/x~2", "one"),
      ("feature/x^^", "one"), ("refs/heads/feature/x", "three"), ("refs/tags/v1", "one"),
      ("tags/v1", "one"),
    ] { #expect(try read(ref, shop) == text, "\(ref)") }
    let id = try shop.run("git rev-parse HEAD", in: "repo")
    let tag = try shop.run("git rev-parse v1", in: "repo")
    #expect(try read(id, shop) == "two")
    #expect(try read(String(id.prefix(7)), shop) == "two")
    #expect(try read(tag, shop) == "one")
    let content = try readGit("git:main:models/champion.onnx", from: shop.path + "/repo/models")
    #expect(content.origin.commit == id)
    #expect(
      content.origin.provenance == ["commit": id, "ref": "main", "path": "models/champion.onnx"])
  }

  @Test(arguments: [
    "-x", ":/text", "HEAD^{/re}", "HEAD^{tree}", "main@{1}", "@", "a..b", "a*", "a b", "a\u{1}b",
    "a//b",
    "/a", "a/", ".a", "a.lock", "~1", "HEAD~x", "HEAD~99999999999", "HEAD^1x", "a?", "a[b]", "a\\b",
    "",
  ])
  func refsThatGitWouldReadOtherwise(_ ref: String) throws {
    let shop = try repository()
    let found = try problem { try read(ref, shop) }
    #expect(!found.message.contains("no branch"), "\(found.rendered)")
    #expect(found.hint != nil)
  }

  @Test(arguments: ["", "/models/x", "./x", "a/../b", "a//b", "models/", "a\nb"])
  func pathsThatAreNotFromTheRoot(_ path: String) throws {
    let shop = try repository()
    let found = try problem { try read("main", shop, path) }
    #expect(found.message.contains("names no file") || found.message.contains("not a path from"))
  }

  @Test func ambiguousNames() throws {
    let shop = try repository()
    try shop.run("git tag main HEAD~1", in: "repo")
    let found = try problem { try read("main", shop) }
    #expect(found.message.contains("it is both 'refs/heads/main' and 'refs/tags/main'"))
    #expect(found.hint == "write 'refs/heads/main' or 'refs/tags/main'")
    #expect(try read("refs/heads/main", shop) == "two")
    #expect(try read("refs/tags/main", shop) == "one")
    let id = try shop.run("git rev-parse HEAD", in: "repo").prefix(8)
    try shop.run("git branch \(id) HEAD~1", in: "repo")
    #expect(
      try problem { try read(String(id), shop) }.message.contains("the start of a commit's id"))
  }

  @Test func missingRefs() throws {
    let shop = try repository()
    let near = try problem { try read("featur/x", shop) }
    #expect(near.message.contains("no branch, tag or commit 'featur/x'"))
    #expect(near.hint?.contains("did you mean 'feature/x'?") == true)
    let remote = try problem { try read("origin/main", shop) }
    #expect(remote.hint?.contains("git fetch origin main:refs/remotes/origin/main") == true)
    #expect(remote.hint?.contains("fetch-depth: 0") == true)
    #expect(remote.hint?.contains("GIT_DEPTH: 0") == true)
    #expect(try problem { try read("HEAD~5", shop) }.message.contains("does not have"))
    #expect(try problem { try read("deadbeef", shop) }.message.contains("'deadbeef'"))
  }

  @Test func missingPaths() throws {
    let shop = try repository()
    let file = try problem { try read("main", shop, "models/champoin.onnx") }
    #expect(file.hint == "did you mean 'models/champion.onnx'?")
    let folder = try problem { try read("main", shop, "model/champion.onnx") }
    #expect(folder.message.contains("no 'model' in 'main'"))
    #expect(folder.hint == "did you mean 'models'?")
    #expect(try problem { try read("main", shop, "models") }.message.contains("is a folder"))
    #expect(try problem { try read("main", shop, "README.md/x") }.message.contains("is a file"))
  }

  @Test func linksAndSubmodulesAreNotFollowed() throws {
    let shop = try repository()
    try shop.run(
      """
      ln -s models/champion.onnx link
      git add link
      git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),sub
      git commit -qm links
      """, in: "repo")
    #expect(try problem { try read("main", shop, "link") }.message.contains("symbolic link"))
    #expect(try problem { try read("main", shop, "sub") }.message.contains("submodule"))
  }

  @Test func shallowAndPartialClones() throws {
    let shop = try repository()
    try shop.run("git config uploadpack.allowFilter true", in: "repo")
    try shop.run("git clone -q --depth 1 'file://\(shop.path)/repo' shallow")
    let folder = shop.path + "/shallow"
    let path = "models/champion.onnx"
    #expect(try readGit("git:origin/main:\(path)", from: folder).bytes == Array("two".utf8))
    let parent = try problem { try readGit("git:HEAD~1:\(path)", from: folder) }
    #expect(parent.hint?.contains("fetch-depth: 0") == true, "\(parent.rendered)")
    let other = try problem { try readGit("git:origin/feature/x:\(path)", from: folder) }
    #expect(other.hint?.contains("the clone is shallow") == true, "\(other.rendered)")
    #expect(other.hint?.contains("git fetch origin feature/x:") == true)
    // What is said to be run must make the ref known, not fetch its commits alone.
    for (ref, command) in [
      ("v1", "git fetch origin tag v1"), ("feature/x", "git fetch origin feature/x:feature/x"),
    ] {
      let lacking = try problem { try readGit("git:\(ref):\(path)", from: folder) }
      #expect(lacking.hint?.contains("run '\(command)' first") == true, "\(lacking.rendered)")
      try shop.run(command + " 2>&1", in: "shallow")
      #expect(throws: Never.self) { try readGit("git:\(ref):\(path)", from: folder) }
    }
    try shop.run("git clone -q --filter=blob:none --no-checkout 'file://\(shop.path)/repo' partial")
    let blob = try problem { try readGit("git:main:\(path)", from: shop.path + "/partial") }
    #expect(blob.hint?.contains("the clone is partial") == true, "\(blob.rendered)")
  }

  @Test func largeFileStorage() throws {
    let shop = try repository()
    let id = try sha256(Array("weights".utf8))
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:\(id)\nsize 7\n"
    try shop.write(pointer, to: "repo/big.onnx")
    try shop.run("git add -A && git commit -qm lfs", in: "repo")
    let lost = try problem { try read("main", shop, "big.onnx") }
    #expect(lost.message.contains("a Git LFS pointer to 7 bytes"))
    #expect(lost.hint?.contains("git lfs fetch") == true)
    let store = "repo/.git/lfs/objects/\(id.prefix(2))/\(id.dropFirst(2).prefix(2))/\(id)"
    try shop.write("weights", to: store)
    let found = try readGit("git:main:big.onnx", from: shop.path + "/repo")
    #expect(found.bytes == Array("weights".utf8))
    #expect(found.origin.lfs == id)
    try shop.write("weighty", to: store)
    #expect(
      try problem { try read("main", shop, "big.onnx") }.message.contains(
        "not what the pointer names"))
    try shop.write("weights and more", to: store)
    #expect(
      try problem { try read("main", shop, "big.onnx") }.message.contains(
        "not what the pointer names"))
  }

  @Test func sizesAreBound() throws {
    let shop = try repository()
    let uri = "git:main:models/champion.onnx"
    #expect(try readGit(uri, from: shop.path + "/repo", limit: 3).bytes.count == 3)
    let found = try problem { try readGit(uri, from: shop.path + "/repo", limit: 2) }
    #expect(found.message.contains("has 3 bytes, more than the 2"))
  }

  @Test func worktreesAndSubmodulesOpen() throws {
    let shop = try repository()
    try shop.run("git worktree add -q ../tree feature/x", in: "repo")
    try shop.run(
      "git init -q outer && cd outer && git -c protocol.file.allow=always submodule --quiet add '\(shop.path)/repo' sub"
    )
    let path = "models/champion.onnx"
    for (folder, text) in [("tree", "three"), ("tree/models", "three"), ("outer/sub", "two")] {
      #expect(
        try readGit("git:HEAD:\(path)", from: shop.path + "/" + folder).bytes == Array(text.utf8))
    }
    #expect(try workTree(of: shop.path + "/tree/models")?.root == shop.path + "/tree")
  }

  @Test func newerSettingsDoNotKeepARepositoryShut() throws {
    let shop = try repository()
    try shop.run(
      "git config core.repositoryformatversion 1 && git config extensions.worktreeConfig true",
      in: "repo")
    #expect(try read("main", shop) == "two")
    try shop.run("git config extensions.unheardOf true", in: "repo")
    #expect(try problem { try read("main", shop) }.message.contains("unheardof"))
  }

  @Test func workTreesKnowWhetherTheyDiffer() throws {
    let shop = try repository()
    let folder = shop.path + "/repo/models"
    let id = try shop.run("git rev-parse HEAD", in: "repo")
    #expect(
      try workTree(of: folder) == WorkTree(root: shop.path + "/repo", commit: id, dirty: false))
    try shop.write("x", to: "repo/untracked")
    #expect(try workTree(of: folder)?.dirty == false)
    try shop.write("changed", to: "repo/models/champion.onnx")
    #expect(try workTree(of: folder)?.dirty == true)
    try shop.run("git checkout -q . && git add untracked", in: "repo")
    #expect(try workTree(of: folder)?.dirty == true)
    try shop.run("git init -q ../fresh", in: "repo")
    #expect(try workTree(of: shop.path + "/fresh")?.commit == nil)
    #expect(try workTree(of: "/") == nil)
    let found = try problem { try readGit("git:main:x", from: "/") }
    #expect(found.message.contains("'/' is not in one"))
  }

  @Test func checkedOutLargeFilesAreNoDifference() throws {
    let shop = try repository()
    let id = try sha256(Array("weights".utf8))
    try shop.write(
      "version https://git-lfs.github.com/spec/v1\noid sha256:\(id)\nsize 7\n", to: "repo/big.onnx")
    try shop.run("git add -A && git commit -qm lfs", in: "repo")
    try shop.write("weights", to: "repo/big.onnx")
    #expect(try workTree(of: shop.path + "/repo")?.dirty == false)
    try shop.write("weighty", to: "repo/big.onnx")
    #expect(try workTree(of: shop.path + "/repo")?.dirty == true)
  }

  @Test(.enabled(if: geteuid() == 0)) func anotherOwnerIsNotTrusted() throws {
    let shop = try repository()
    try shop.run("chown -R 12345 repo")
    let found = try problem { try read("main", shop) }
    #expect(found.message.contains("belongs to another user"))
    #expect(
      found.hint?.hasSuffix("git config --global --add safe.directory \(shop.path)/repo") == true)
  }

  @Test func brokenRepositoriesAreMistakes() throws {
    let shop = try repository()
    try shop.run("mkdir empty empty/.git; mkdir file; printf 'gitdir: /nowhere' > file/.git")
    #expect(
      try problem { try readGit("git:main:x", from: shop.path + "/empty") }.message.contains(
        "opening the repository"))
    #expect(
      try problem { try readGit("git:main:x", from: shop.path + "/file") }.message.contains(
        "opening the repository"))
    try shop.run("git commit -q --allow-empty -m next && rm -rf .git/objects/??", in: "repo")
    let found = try problem { try read("main", shop) }
    #expect(found.message.contains("is missing"), "\(found.rendered)")
    #expect(found.hint?.contains("git fsck") == true)
  }
}
