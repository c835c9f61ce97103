internal import CGit2
package import GateCore
import GateSystem
import Glibc

/// A commit of the repository that holds a folder, whatever becomes of the ref that named it.
package struct GitCommit: Sendable, Hashable {
  /// The repository's folder, which holds `.git`; absolute.
  package let root: String
  /// The commit's full id.
  package let id: String
  /// As it was named.
  package let ref: String

  /// The commit that a ref stands for; throws where there is no repository, or no such commit.
  package init(_ ref: String, from folder: String) throws(Diagnostic) {
    guard let root = GitRepository.root(above: folder) else {
      throw Diagnostic(
        "'\(ref)' names a commit, and '\(folder)' is not in a git repository",
        hint: "run in a clone")
    }
    let repository = try GitRepository(root: root)
    (self.root, self.ref) = (root, ref)
    id = try repository.commit(try GitAddress(ref: ref)).hex
  }

  /// A commit by its id.
  private init(root: String, id: String, ref: String) {
    (self.root, self.id, self.ref) = (root, id, ref)
  }

  /// The commit that this and another have in common and that is nearest to both; throws where there is none.
  package func mergeBase(with other: GitCommit) throws(Diagnostic) -> GitCommit {
    let repository = try GitRepository(root: root)
    var base = git_oid()
    var (one, two) = (try oid(id), try oid(other.id))
    let code = git_merge_base(&base, repository.handle.pointer, &one, &two)
    if code == GIT_ENOTFOUND.rawValue {
      throw Diagnostic(
        "'\(ref)' and '\(other.ref)' have no commit in common in the repository '\(root)'",
        hint: (repository.isShallow ? "the clone is shallow: " : "")
          + "run 'git fetch --unshallow'; in CI, set \(GitRepository.wholeClone)")
    }
    guard code == 0 else { throw gitError(code, "looking for where '\(ref)' was branched off") }
    return GitCommit(root: root, id: base.hex, ref: ref)
  }

  /// A path from the repository's root to a path of this machine; nil: it lies outside of the repository.
  package func path(of absolute: String) -> String? {
    absolute.hasPrefix(root + "/") ? String(absolute.dropFirst(root.utf8.count + 1)) : nil
  }

  /// What a commit may have at a path.
  package enum Entry: Sendable { case file, folder, other }

  /// What the commit has at a path from the repository's root; nil: nothing.
  package func entry(at path: String) throws(Diagnostic) -> Entry? {
    let repository = try GitRepository(root: root)
    let holder = try repository.object(try oid(id), GIT_OBJECT_COMMIT, "the commit of '\(ref)'")
    let tree = try GitHandle("reading the tree of '\(ref)'", free: git_tree_free) {
      git_commit_tree(&$0, holder.pointer)
    }
    var entry: OpaquePointer?
    let code = git_tree_entry_bypath(&entry, tree.pointer, path)
    defer { git_tree_entry_free(entry) }
    if code == GIT_ENOTFOUND.rawValue { return nil }
    guard code == 0 else { throw gitError(code, "looking for '\(path)' in '\(ref)'") }
    switch git_tree_entry_filemode(entry) {
    case GIT_FILEMODE_BLOB, GIT_FILEMODE_BLOB_EXECUTABLE: return .file
    case GIT_FILEMODE_TREE: return .folder
    default: return .other
    }
  }

  /// The tracked files at or under a path from the repository's root that differ between this commit and the work tree,
  /// in order; those that git does not track are not among them.
  package func changed(under path: String) throws(Diagnostic) -> [String] {
    let repository = try GitRepository(root: root)
    let holder = try repository.object(try oid(id), GIT_OBJECT_COMMIT, "the commit of '\(ref)'")
    let tree = try GitHandle("reading the tree of '\(ref)'", free: git_tree_free) {
      git_commit_tree(&$0, holder.pointer)
    }
    var options = git_diff_options()
    git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    // The path is one, and no pattern.
    options.flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH.rawValue
    options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL
    let words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: 1)
    words.initialize(to: strdup(path))
    defer {
      free(words.pointee)
      words.deallocate()
    }
    if !path.isEmpty { options.pathspec = git_strarray(strings: words, count: 1) }
    let diff = try GitHandle("comparing '\(path)' with '\(ref)'", free: git_diff_free) {
      git_diff_tree_to_workdir_with_index(&$0, repository.handle.pointer, tree.pointer, &options)
    }
    var paths: [String] = []
    for index in 0..<git_diff_num_deltas(diff.pointer) {
      guard let delta = git_diff_get_delta(diff.pointer, index) else { continue }
      if delta.pointee.status == GIT_DELTA_MODIFIED, try repository.isCheckedOutLFS(delta) {
        continue
      }
      if let name = delta.pointee.new_file.path { paths.append(String(cString: name)) }
    }
    return paths.sorted()
  }

  /// An id from its digits.
  private func oid(_ text: String) throws(Diagnostic) -> git_oid {
    var id = git_oid()
    let code = git_oid_fromstr(&id, text)
    guard code == 0 else { throw gitError(code, "reading the id '\(text)'") }
    return id
  }
}
