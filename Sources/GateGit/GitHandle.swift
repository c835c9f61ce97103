internal import CGit2
import GateCore

/// Something of libgit2's that is freed with its last use.
struct GitHandle: ~Copyable {
  let pointer: OpaquePointer
  private let free: (OpaquePointer?) -> Void

  /// Takes what `call` puts into its argument; throws libgit2's error, said to have come while `doing`.
  init(
    _ doing: String, free: @escaping (OpaquePointer?) -> Void,
    _ call: (inout OpaquePointer?) -> Int32
  ) throws(Diagnostic) {
    var made: OpaquePointer?
    let code = call(&made)
    guard code == 0, let made else { throw gitError(code, doing) }
    pointer = made
    self.free = free
  }

  deinit { free(pointer) }
}

/// libgit2's last error with the name of its code, said to have come while `doing`.
func gitError(_ code: Int32, _ doing: String, hint: String? = nil) -> Diagnostic {
  let names: [(git_error_code, String)] = [
    (GIT_ENOTFOUND, "GIT_ENOTFOUND"), (GIT_EEXISTS, "GIT_EEXISTS"),
    (GIT_EAMBIGUOUS, "GIT_EAMBIGUOUS"), (GIT_EBUFS, "GIT_EBUFS"),
    (GIT_EBAREREPO, "GIT_EBAREREPO"), (GIT_EUNBORNBRANCH, "GIT_EUNBORNBRANCH"),
    (GIT_EINVALIDSPEC, "GIT_EINVALIDSPEC"), (GIT_EPEEL, "GIT_EPEEL"),
    (GIT_EINVALID, "GIT_EINVALID"), (GIT_EMISMATCH, "GIT_EMISMATCH"),
    (GIT_EOWNER, "GIT_EOWNER"), (GIT_ERROR, "GIT_ERROR"),
  ]
  let name = names.first { $0.0.rawValue == code }?.1 ?? "code \(code)"
  return Diagnostic("\(doing): \(gitWords()) (\(name))", hint: hint)
}

/// libgit2's own words for its last error.
func gitWords() -> String {
  git_error_last().flatMap { $0.pointee.message.map { String(cString: $0) } }
    ?? "libgit2 gives no reason"
}

/// Makes libgit2 ready once; true when it is.
let gitIsReady: Bool = {
  guard git_libgit2_init() > 0 else { return false }
  // These change what a clone holds or where its settings are, not how objects are read.
  return "partialclone".withCString { partial in
    "worktreeconfig".withCString { worktree in
      "preciousobjects".withCString { precious in
        var names: [UnsafePointer<CChar>?] = [partial, worktree, precious]
        return gatewright_git_allow_extensions(&names, names.count) == 0
      }
    }
  }
}()
