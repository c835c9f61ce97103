extension GitAddress {
  /// What brings this ref into a clone that lacks it, under the name by which it is asked for.
  var fetchCommand: String {
    let short = base.without("refs/remotes/") ?? base
    if let branch = short.without("origin/") {
      return "git fetch origin \(branch):refs/remotes/origin/\(branch)"
    }
    if let tag = base.without("refs/tags/") { return "git fetch origin tag \(tag)" }
    if let branch = base.without("refs/heads/") { return "git fetch origin \(branch):\(branch)" }
    if base.isObjectID { return "git fetch origin \(base)" }
    // A name alone would be fetched as FETCH_HEAD, and still be no ref.
    return base.looksLikeTag ? "git fetch origin tag \(base)" : "git fetch origin \(base):\(base)"
  }
}

extension String {
  /// What follows a prefix; nil: it has another.
  fileprivate func without(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }

  /// Whether it is the id of an object, or the beginning of one.
  fileprivate var isObjectID: Bool { count >= 7 && allSatisfy(\.isHexDigit) }

  /// Whether it has a version's number, as `v1.0`, `release-2.3` and `2026-11` have, which tags are called by.
  fileprivate var looksLikeTag: Bool {
    guard !contains("/") else { return false }
    let plain = first == "v" || first == "V" ? dropFirst() : self[...]
    if plain.first?.isNumber == true { return true }
    return split(separator: ".").count > 1
      && split(separator: ".").dropFirst().contains {
        $0.first?.isNumber == true
      }
  }
}
