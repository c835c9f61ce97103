internal import CGit2
package import GateCore
import GateSystem
import Glibc

/// A file of a commit.
package struct GitContent: Sendable {
  package var bytes: [UInt8]
  package var origin: GitOrigin
}

/// Where a file of a repository came from.
package struct GitOrigin: Sendable, Hashable {
  /// The commit's full id.
  package var commit: String
  /// As written.
  package var ref: String
  /// From the repository's root.
  package var path: String
  /// The id of the content in Git LFS, when that is where it was.
  package var lfs: String?

  /// The same for a report.
  package var provenance: [String: String] {
    var all = ["commit": commit, "ref": ref, "path": path]
    if let lfs { all["lfs"] = lfs }
    return all
  }
}

/// The file `git:<ref>:<path>` of the repository that holds `folder`, of at most `limit` bytes.
package func readGit(
  _ uri: String, from folder: String, limit: Int = 2 << 30
) throws(Diagnostic) -> GitContent {
  var bytes: [UInt8] = []
  let origin = try streamGit(try GitAddress(uri), from: folder, limit: limit) {
    (chunk) throws(Diagnostic) in bytes.append(contentsOf: chunk)
  }
  return GitContent(bytes: bytes, origin: origin)
}

/// Hands the file's bytes to `body` in one or more parts; what `body` got counts only when this returns.
package func streamGit(
  _ address: GitAddress, from folder: String, limit: Int,
  _ body: (UnsafeRawBufferPointer) throws(Diagnostic) -> Void
) throws(Diagnostic) -> GitOrigin {
  guard let root = GitRepository.root(above: folder) else {
    throw Diagnostic(
      "'git:\(address.ref):\(address.path)' is in a git repository, and '\(folder)' is not in one",
      hint: "run in a clone, or name the file by its path")
  }
  let repository = try GitRepository(root: root)
  let commit = try repository.commit(address)
  let blob = try repository.blob(address, of: commit)
  var origin = GitOrigin(commit: commit.hex, ref: address.ref, path: address.path)
  try repository.stream(blob, address, limit: limit, lfs: &origin.lfs, body)
  return origin
}

extension GitRepository {
  /// The blob at the address's path in a commit's tree.
  fileprivate func blob(_ address: GitAddress, of commit: git_oid) throws(Diagnostic) -> git_oid {
    let parts = address.path.split(separator: "/").map(String.init)
    let holder = try object(commit, GIT_OBJECT_COMMIT, "the commit of '\(address.ref)'")
    guard let top = git_commit_tree_id(holder.pointer) else {
      throw gitError(-1, "reading the commit of '\(address.ref)'")
    }
    var here = top.pointee
    for (index, part) in parts.enumerated() {
      let folder = parts[..<index].joined(separator: "/")
      let tree = try object(
        here, GIT_OBJECT_TREE, "the folder '\(folder.isEmpty ? "/" : folder)' of '\(address.ref)'")
      guard let entry = git_tree_entry_byname(tree.pointer, part), let id = git_tree_entry_id(entry)
      else {
        throw absentPath(address, part, folder: folder, names: names(in: tree), commit: commit)
      }
      here = id.pointee
      let last = index == parts.count - 1
      try check(git_tree_entry_filemode(entry), here, address, last: last) {
        parts[...index].joined(separator: "/")
      }
    }
    return here
  }

  /// Refuses what is not a file at the end of a path, or not a folder before it.
  private func check(
    _ mode: git_filemode_t, _ id: git_oid, _ address: GitAddress, last: Bool, _ path: () -> String
  ) throws(Diagnostic) {
    switch mode {
    case GIT_FILEMODE_BLOB, GIT_FILEMODE_BLOB_EXECUTABLE:
      if last { return }
      throw Diagnostic(
        "'\(path())' in '\(address.ref)' is a file, not a folder", hint: "correct the path")
    case GIT_FILEMODE_TREE:
      if !last { return }
      throw Diagnostic(
        "'\(path())' in '\(address.ref)' is a folder, and a file is wanted",
        hint: "name a file in it")
    case GIT_FILEMODE_LINK:
      throw Diagnostic(
        "'\(path())' in '\(address.ref)' is a symbolic link, which is not followed",
        hint: "name the file it points to")
    case GIT_FILEMODE_COMMIT:
      throw Diagnostic(
        "'\(path())' in '\(address.ref)' is a submodule, whose files are in another repository",
        hint: "check the submodule out and name the file by its path")
    default:
      throw Diagnostic("'\(path())' in '\(address.ref)' is not a file", hint: "name a file")
    }
  }

  /// That a part of a path is not in a tree, with the nearest name that is.
  private func absentPath(
    _ address: GitAddress, _ part: String, folder: String, names: [String], commit: git_oid
  ) -> Diagnostic {
    let place = folder.isEmpty ? "" : folder + "/"
    return Diagnostic(
      "no '\(place)\(part)' in '\(address.ref)' (commit \(commit.hex.prefix(12)))",
      hint: part.nearest(in: names).map { "did you mean '\(place)\($0)'?" }
        ?? "write the path from the repository's root, as 'git ls-tree -r \(address.ref)' shows it")
  }

  /// The names in a tree.
  private func names(in tree: borrowing GitHandle) -> [String] {
    (0..<git_tree_entrycount(tree.pointer)).compactMap { index in
      git_tree_entry_byindex(tree.pointer, index).map { String(cString: git_tree_entry_name($0)) }
    }
  }

  /// Hands on a blob's bytes, or those it points to in Git LFS, whose id goes into `lfs`.
  fileprivate func stream(
    _ id: git_oid, _ address: GitAddress, limit: Int, lfs: inout String?,
    _ body: (UnsafeRawBufferPointer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let what = "'\(address.path)' in '\(address.ref)'"
    let database = try GitHandle("opening the object database", free: git_odb_free) {
      git_repository_odb(&$0, handle.pointer)
    }
    var (id, size, type) = (id, 0, GIT_OBJECT_INVALID)
    let code = git_odb_read_header(&size, &type, database.pointer, &id)
    if code == GIT_ENOTFOUND.rawValue { throw absent(id, what) }
    guard code == 0 else { throw gitError(code, "reading the size of \(what)") }
    guard size <= limit else { throw Self.tooLong(what, size, limit) }
    let blob = try GitHandle("reading \(what)", free: git_odb_object_free) {
      git_odb_read(&$0, database.pointer, &id)
    }
    let bytes = UnsafeRawBufferPointer(
      start: git_odb_object_data(blob.pointer), count: git_odb_object_size(blob.pointer))
    guard let pointer = LFSPointer(bytes) else { return try body(bytes) }
    lfs = pointer.sha256
    try stream(pointer, address, what, limit: limit, body)
  }

  /// Hands on the content a Git LFS pointer names, from where `git lfs` keeps it.
  private func stream(
    _ pointer: LFSPointer, _ address: GitAddress, _ what: String, limit: Int,
    _ body: (UnsafeRawBufferPointer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let id = pointer.sha256
    let stored = "\(common)lfs/objects/\(id.prefix(2))/\(id.dropFirst(2).prefix(2))/\(id)"
    let lost = Diagnostic(
      "\(what) is a Git LFS pointer to \(pointer.bytes) bytes, and LFS keeps those outside of git's objects",
      hint:
        "run 'git lfs fetch origin \(address.base)' first; in CI, set 'lfs: true' for actions/checkout"
    )
    guard status(stored) != nil else { throw lost }
    guard pointer.bytes <= limit else { throw Self.tooLong(what, pointer.bytes, limit) }
    let file = try openFile(stored, written: stored)
    var digest = try SHA256Stream()
    var count = 0
    try readChunks(file, written: stored) { (chunk) throws(Diagnostic) in
      count += chunk.count
      guard count <= pointer.bytes else { return }
      try digest.update(chunk)
      try body(chunk)
    }
    let found = try digest.finish()
    guard count == pointer.bytes, found == id else {
      throw Diagnostic(
        "what Git LFS keeps for \(what) is not what the pointer names: its size or sha256 differs",
        hint: "run 'git lfs fsck'")
    }
  }

  /// That a file is larger than may be read.
  private static func tooLong(_ what: String, _ size: Int, _ limit: Int) -> Diagnostic {
    Diagnostic(
      "\(what) has \(size) bytes, more than the \(limit) it may have", hint: "name the right file")
  }
}

extension String {
  /// The branch as its remote calls it.
  fileprivate var remoteBranch: String {
    hasPrefix("origin/") ? String(dropFirst("origin/".count)) : self
  }
}
