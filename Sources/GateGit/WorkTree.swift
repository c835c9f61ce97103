internal import CGit2
package import GateCore
import GateSystem
import Glibc

/// What the files around a manifest are: at which commit, and whether they differ from it.
package struct WorkTree: Sendable, Hashable {
  /// The folder that holds `.git`; absolute.
  package var root: String
  /// The id of the commit that is checked out; nil before the first.
  package var commit: String?
  /// Whether a file that git tracks, or the index, differs from that commit; files git does not track do not count.
  package var dirty: Bool

  /// A state, for a test to hand in.
  package init(root: String, commit: String?, dirty: Bool) {
    self.root = root
    self.commit = commit
    self.dirty = dirty
  }
}

/// The state of the work tree that holds `folder`; nil outside a repository.
package func workTree(of folder: String) throws(Diagnostic) -> WorkTree? {
  guard let root = GitRepository.root(above: folder) else { return nil }
  let repository = try GitRepository(root: root)
  var id = git_oid()
  let code = git_reference_name_to_id(&id, repository.handle.pointer, "HEAD")
  guard code == 0 || code == GIT_ENOTFOUND.rawValue || code == GIT_EUNBORNBRANCH.rawValue else {
    throw gitError(code, "reading HEAD of '\(root)'")
  }
  return WorkTree(root: root, commit: code == 0 ? id.hex : nil, dirty: try repository.isDirty())
}

extension GitRepository {
  /// Whether anything git tracks differs from HEAD.
  fileprivate func isDirty() throws(Diagnostic) -> Bool {
    var options = git_status_options()
    git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))
    options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
    options.flags = 0
    let list = try GitHandle("comparing '\(root)' with HEAD", free: git_status_list_free) {
      git_status_list_new(&$0, handle.pointer, &options)
    }
    for index in 0..<git_status_list_entrycount(list.pointer) {
      guard let entry = git_status_byindex(list.pointer, index)?.pointee else { continue }
      if entry.status == GIT_STATUS_WT_MODIFIED, let delta = entry.index_to_workdir,
        try isCheckedOutLFS(delta)
      {
        continue
      }
      return true
    }
    return false
  }

  /// Whether a file only seems to differ, since git tracks its Git LFS pointer and the content is checked out.
  func isCheckedOutLFS(_ delta: UnsafePointer<git_diff_delta>) throws(Diagnostic) -> Bool {
    let delta = delta.pointee
    guard let name = delta.old_file.path,
      delta.old_file.mode == delta.new_file.mode
    else { return false }
    var id = delta.old_file.id
    var blob: OpaquePointer?
    guard git_blob_lookup(&blob, handle.pointer, &id) == 0 else { return false }
    defer { git_blob_free(blob) }
    let size = Int(git_blob_rawsize(blob))
    guard size < 1024, let start = git_blob_rawcontent(blob),
      let pointer = LFSPointer(UnsafeRawBufferPointer(start: start, count: size))
    else { return false }
    let file = root + "/" + String(cString: name)
    guard let found = status(file), found.isFile, found.st_size == pointer.bytes else {
      return false
    }
    return try sha256(file: file).sha256 == pointer.sha256
  }
}
