package import GateCore

/// What `git:<ref>:<path>` names: a file of a commit, from the repository's root.
package struct GitAddress: Equatable {
  /// A step from a commit to one before it.
  enum Step: Equatable {
    /// `~n`: n times the first parent.
    case ancestor(UInt32)
    /// `^n`: the n-th parent; `^0` is the commit itself.
    case parent(UInt32)
  }

  /// As written, with its steps.
  package var ref: String
  /// The branch, tag, commit id or `HEAD` without its steps.
  var base: String
  var steps: [Step]
  package var path: String

  /// Reads an address; throws what is wrong with it.
  package init(_ uri: String) throws(Diagnostic) {
    let rest = uri.dropFirst("git:".count)
    guard uri.hasPrefix("git:"), let colon = rest.firstIndex(of: ":"), colon != rest.startIndex
    else {
      let ref = rest.isEmpty || rest.hasPrefix(":") ? "origin/main" : String(rest)
      throw Diagnostic(
        "'\(uri)' does not say which file of which commit",
        hint: "write the commit and the file's path in the repository: "
          + "'git:\(ref):models/champion.onnx'")
    }
    ref = String(rest[..<colon])
    path = String(rest[rest.index(after: colon)...])
    (base, steps) = try Self.split(ref)
    try Self.check(base, of: ref)
    try Self.check(path: path, of: uri)
  }

  /// A commit alone, without a file of it; throws what is wrong with how it is written.
  init(ref: String) throws(Diagnostic) {
    (self.ref, path) = (ref, "")
    (base, steps) = try Self.split(ref)
    try Self.check(base, of: ref)
  }

  /// Takes `~n` and `^n` off the end of a ref.
  private static func split(_ ref: String) throws(Diagnostic) -> (base: String, steps: [Step]) {
    guard let first = ref.firstIndex(where: { $0 == "~" || $0 == "^" }) else { return (ref, []) }
    var steps: [Step] = []
    var rest = ref[first...]
    while let mark = rest.popFirst() {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      let next = rest.first
      let number = digits.isEmpty ? 1 : UInt32(digits)
      guard next == nil || next == "~" || next == "^", let number, number <= 1_000_000 else {
        throw Diagnostic(
          "the ref '\(ref)' has '\(ref[first...])', of which only '~n' and '^n' are understood",
          hint: "write a branch, a tag, a commit id, 'HEAD~1' or 'HEAD^'")
      }
      steps.append(mark == "~" ? .ancestor(number) : .parent(number))
    }
    return (String(ref[..<first]), steps)
  }

  /// Refuses names that git would read as an option, a search or a range.
  private static func check(_ base: String, of ref: String) throws(Diagnostic) {
    let problem: String? =
      if base.isEmpty {
        "has no name before its '~' or '^'"
      } else if base.hasPrefix("-") {
        "starts with '-'"
      } else if base.contains("@{") || base == "@" {
        "uses '@'"
      } else if base.contains("..") {
        "holds '..', which is a range"
      } else if let bad = base.unicodeScalars.first(where: {
        $0.value <= 0x20 || $0.value == 0x7F || "*?[\\:{}".unicodeScalars.contains($0)
      }) {
        "holds '\(bad)'"
      } else {
        base.split(separator: "/", omittingEmptySubsequences: false).contains { part in
          part.isEmpty || part.hasPrefix(".") || part.hasSuffix(".") || part.hasSuffix(".lock")
        } ? "is not a name git takes" : nil
      }
    guard let problem else { return }
    throw Diagnostic(
      "the ref '\(ref)' \(problem)",
      hint: "write a branch, a tag, a commit id or 'HEAD', as in 'origin/main'")
  }

  /// Refuses paths that do not start at the root or could leave it.
  private static func check(path: String, of uri: String) throws(Diagnostic) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let plain = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    guard plain, path.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw Diagnostic(
        path.isEmpty
          ? "'\(uri)' names no file" : "'\(path)' is not a path from the repository's root",
        hint:
          "write it as 'git ls-files' shows it at the root, without './', '..' or a '/' in front")
    }
  }
}
