package import GateCore

extension [PolicyChange] {
  /// Those that may let a candidate pass that failed before.
  package var loosening: [PolicyChange] { filter { $0.effect == .loosens } }

  /// What tells these changes from all others, as a text to be hashed: what they are of and what they make of it.
  package var identity: String {
    map { change in
      [change.place, change.base?.text ?? "-", change.proposed?.text ?? "-"]
        .map { "\($0.utf8.count):\($0)" }.joined(separator: ";") + "\n"
    }.sorted().joined()
  }

  /// The checks of those that loosen: failed, or waived where they were approved.
  ///
  /// `advice`: what to do about one that was not; `approved`: by what they were approved, nil: they were not.
  package func checks(advice: String, approvedBy approved: String?) -> [Check] {
    var seen: [String: Int] = [:]
    return loosening.map { change in
      seen[change.place, default: 0] += 1
      let count = seen[change.place] ?? 1
      let end = approved.map { "approved by \($0)" } ?? advice
      return Check(
        id: "policy/\(change.place)" + (count == 1 ? "" : " (\(count))"), gate: "policy",
        outcome: approved == nil ? .failed : .waived,
        message: "this loosens the gate: \(change.words), and \(change.reason); \(end)",
        location: (change.proposed ?? change.base)?.mark.location)
    }
  }
}
