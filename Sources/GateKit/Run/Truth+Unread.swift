import GateCore

extension Result where Success == Truth, Failure == Diagnostic {
  /// A check of outcome `error` where the columns that the manifest names cannot be read and no other check says so:
  /// those of a manifest whose gates read neither labels nor scores.
  func unread(_ manifest: Manifest, beside checks: [Check]) -> [Check] {
    guard let mistake = failure, !checks.tell(mistake) else { return [] }
    return [
      Check(
        id: "data/holdout", gate: "data", outcome: .error, message: "",
        location: mistake.location ?? manifest.data.holdout.mark.location
      ).failing(.error, mistake)
    ]
  }
}
