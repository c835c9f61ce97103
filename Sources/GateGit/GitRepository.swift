internal import CGit2
import GateCore
import GateSystem
import Glibc

/// A repository whose objects are read; nothing is checked out, filtered, fetched or written.
struct GitRepository: ~Copyable {
  /// The work tree's folder, which holds `.git`.
  let root: String
  let handle: GitHandle

  /// The folder at or above `folder` that holds a `.git`; nil outside a repository.
  static func root(above folder: String) -> String? {
    guard var here = realPath(folder) else { return nil }
    while true {
      if status(here == "/" ? "/.git" : here + "/.git") != nil { return here }
      if here == "/" { return nil }
      here = GateSystem.folder(of: here)
    }
  }

  /// Opens the repository at `root`, if its owner is the user that runs this.
  init(root: String) throws(Diagnostic) {
    handle = try Self.open(root)
    self.root = root
  }

  /// The repository as libgit2 opens it, without looking further up.
  private static func open(_ root: String) throws(Diagnostic) -> GitHandle {
    guard gitIsReady else { throw gitError(-1, "starting libgit2") }
    var opened: OpaquePointer?
    let code = git_repository_open_ext(&opened, root, GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue, nil)
    // libgit2 1.5 gives GIT_ENOTFOUND instead where a configuration exists without any 'safe.directory'.
    let unsafe = code == GIT_ENOTFOUND.rawValue && gitWords().contains("'safe.directory'")
    if code == GIT_EOWNER.rawValue || unsafe {
      throw Diagnostic(
        "the repository '\(root)' belongs to another user, so its settings are not trusted (GIT_EOWNER)",
        hint: "if it is yours, run: git config --global --add safe.directory \(root)")
    }
    if code != 0, gitWords().contains("objectformat") {
      throw Diagnostic(
        "the repository '\(root)' names its objects by SHA-256, which the library here does not read; SHA-1 was wanted",
        hint:
          "write the file out before the check, as in 'git show main:model.onnx > champion.onnx', and name that"
      )
    }
    guard code == 0 else {
      throw gitError(code, "opening the repository '\(root)'", hint: "run 'git status' there")
    }
    return try GitHandle("opening the repository '\(root)'", free: git_repository_free) {
      $0 = opened
      return 0
    }
  }

  /// Whether the history was cut off when it was fetched.
  var isShallow: Bool { git_repository_is_shallow(handle.pointer) == 1 }

  /// Whether the clone left objects out that git would fetch when it needs them.
  var isPartial: Bool {
    var config: OpaquePointer?
    guard git_repository_config_snapshot(&config, handle.pointer) == 0 else { return false }
    defer { git_config_free(config) }
    var value: UnsafePointer<CChar>?
    return git_config_get_string(&value, config, "extensions.partialclone") == 0
      || git_config_get_string(&value, config, "remote.origin.promisor") == 0
  }

  /// Where the objects of all work trees are: the `.git` folder of the first.
  var common: String { git_repository_commondir(handle.pointer).map { String(cString: $0) } ?? "" }

  /// An object by its id; `what` is what it is in the words of a message.
  ///
  /// The type is libgit2's to check: it trusts a pointer to be what the called function is for.
  func object(
    _ id: git_oid, _ type: git_object_t, _ what: String
  ) throws(Diagnostic) -> GitHandle {
    var id = id
    var found: OpaquePointer?
    let code = git_object_lookup(&found, handle.pointer, &id, type)
    if code == GIT_ENOTFOUND.rawValue { throw absent(id, what) }
    return try GitHandle("reading \(what)", free: git_object_free) {
      $0 = found
      return code
    }
  }

  /// That an object is named by others but not there.
  func absent(_ id: git_oid, _ what: String) -> Diagnostic {
    let hint =
      if isShallow {
        "the clone is shallow: run 'git fetch --unshallow', or set \(Self.wholeClone)"
      } else if isPartial {
        "the clone is partial: run 'git cat-file -t \(id.hex)', which fetches it, or clone without '--filter'"
      } else {
        "run 'git fsck', and fetch again"
      }
    return Diagnostic(
      "\(what) is not in the repository '\(root)': object \(id.hex.prefix(12)) is missing",
      hint: hint)
  }

  /// What brings a whole history into a CI job.
  static let wholeClone =
    "'fetch-depth: 0' for actions/checkout on GitHub, 'GIT_DEPTH: 0' on GitLab"
}

extension git_oid {
  /// The id in hexadecimal.
  var hex: String {
    var id = self
    var text = [CChar](repeating: 0, count: 41)
    git_oid_tostr(&text, text.count, &id)
    return String(decoding: text.prefix(40).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

// MARK: - From a ref to a commit

extension GitRepository {
  /// The commit a ref stands for.
  func commit(_ address: GitAddress) throws(Diagnostic) -> git_oid {
    var commit = try peel(try find(address), address.ref)
    for step in address.steps { commit = try take(step, from: commit, address.ref) }
    return commit
  }

  /// The id under a name: `HEAD`, a full ref, a branch, tag or remote branch that is the only one, a commit id.
  private func find(_ address: GitAddress) throws(Diagnostic) -> git_oid {
    let name = address.base
    if name == "HEAD" || name.hasPrefix("refs/") {
      if let id = try id(of: name) { return id }
      throw unknown(address)
    }
    let hex = (4...40).contains(name.utf8.count) && name.utf8.allSatisfy(\.isHexDigit)
    if hex, name.utf8.count == 40, let id = try prefixed(name) { return id }
    var found: [(name: String, id: git_oid)] = []
    for prefix in ["refs/heads/", "refs/tags/", "refs/remotes/"] {
      if let id = try id(of: prefix + name) { found.append((prefix + name, id)) }
    }
    if found.isEmpty, let id = try id(of: "refs/" + name) { return id }
    if hex, found.count < 2, let id = try prefixed(name) {
      guard found.isEmpty else {
        throw Diagnostic(
          "the ref '\(name)' is both '\(found[0].name)' and the start of a commit's id",
          hint: "write '\(found[0].name)', or '\(id.hex)'")
      }
      return id
    }
    guard found.count < 2 else {
      throw Diagnostic(
        "the ref '\(name)' is ambiguous: it is both '\(found[0].name)' and '\(found[1].name)'",
        hint: "write '\(found[0].name)' or '\(found[1].name)'")
    }
    guard let only = found.first else { throw unknown(address) }
    return only.id
  }

  /// The id a full ref name stands for; nil when there is no such ref.
  private func id(of name: String) throws(Diagnostic) -> git_oid? {
    var id = git_oid()
    let code = git_reference_name_to_id(&id, handle.pointer, name)
    if code == GIT_ENOTFOUND.rawValue || code == GIT_EINVALIDSPEC.rawValue { return nil }
    guard code == 0 else { throw gitError(code, "reading the ref '\(name)'") }
    return id
  }

  /// The id of the one object whose id starts with `digits`; nil when there is none.
  private func prefixed(_ digits: String) throws(Diagnostic) -> git_oid? {
    var id = git_oid()
    var found: OpaquePointer?
    guard git_oid_fromstrn(&id, digits, digits.utf8.count) == 0 else { return nil }
    let code = git_object_lookup_prefix(
      &found, handle.pointer, &id, digits.utf8.count, GIT_OBJECT_ANY)
    defer { git_object_free(found) }
    if code == GIT_ENOTFOUND.rawValue { return nil }
    if code == GIT_EAMBIGUOUS.rawValue {
      throw Diagnostic(
        "several objects have an id that starts with '\(digits)'", hint: "write more of it")
    }
    guard code == 0, let full = git_object_id(found) else {
      throw gitError(code, "looking for the commit '\(digits)'")
    }
    return full.pointee
  }

  /// The commit that an object is, or that a tag points to.
  private func peel(_ id: git_oid, _ ref: String) throws(Diagnostic) -> git_oid {
    let object = try object(id, GIT_OBJECT_ANY, "what the ref '\(ref)' points to")
    var peeled: OpaquePointer?
    let code = git_object_peel(&peeled, object.pointer, GIT_OBJECT_COMMIT)
    defer { git_object_free(peeled) }
    if code == GIT_ENOTFOUND.rawValue { throw absent(id, "what the ref '\(ref)' points to") }
    guard code == 0, let full = git_object_id(peeled) else {
      throw Diagnostic(
        "the ref '\(ref)' points to something other than a commit", hint: "name a commit")
    }
    return full.pointee
  }

  /// Follows one step to an earlier commit.
  private func take(
    _ step: GitAddress.Step, from id: git_oid, _ ref: String
  ) throws(Diagnostic) -> git_oid {
    var here = id
    let numbers: [UInt32] =
      switch step {
      case .ancestor(let count): Array(repeating: 1, count: Int(count))
      case .parent(0): []
      case .parent(let number): [number]
      }
    for number in numbers {
      let commit = try object(here, GIT_OBJECT_COMMIT, "a commit before '\(ref)'")
      guard let parent = git_commit_parent_id(commit.pointer, number - 1) else {
        throw Diagnostic(
          "the ref '\(ref)' asks for a parent that commit \(here.hex.prefix(12)) does not have",
          hint: "name an earlier commit by its id")
      }
      here = parent.pointee
    }
    return try peel(here, ref)
  }

  /// That no ref or commit has this name, with the nearest that has and how to fetch it.
  private func unknown(_ address: GitAddress) -> Diagnostic {
    let name = address.base
    if name == "HEAD" {
      return Diagnostic("the repository '\(root)' has no commit yet", hint: "make one")
    }
    let known = references()
    let near =
      known.first { $0.hasSuffix("/" + name) } ?? name.nearest(in: known)
    let fetch = address.fetchCommand
    let shallow = isShallow ? "the clone is shallow: " : ""
    let help = "\(shallow)run '\(fetch)' first; in CI, set \(Self.wholeClone)"
    return Diagnostic(
      "no branch, tag or commit '\(name)' in the repository '\(root)'",
      hint: near.map { "did you mean '\($0)'? otherwise \(help)" } ?? help)
  }

  /// The short names of all refs.
  private func references() -> [String] {
    var list = git_strarray()
    guard git_reference_list(&list, handle.pointer) == 0 else { return [] }
    defer { git_strarray_dispose(&list) }
    let full = (0..<list.count).compactMap { list.strings[$0].map { String(cString: $0) } }
    return full.map { name in
      for prefix in ["refs/heads/", "refs/tags/", "refs/remotes/"] where name.hasPrefix(prefix) {
        return String(name.dropFirst(prefix.count))
      }
      return name
    }.sorted()
  }
}

extension UInt8 {
  /// Whether this is a hexadecimal digit in lower or upper case.
  fileprivate var isHexDigit: Bool {
    (0x30...0x39).contains(self) || (0x61...0x66).contains(self) || (0x41...0x46).contains(self)
  }
}
