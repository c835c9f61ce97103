import GateCore

extension Evidence {
  /// A check of outcome `error` for every declared slice that cannot be read and that no gate asks for.
  func unread(_ manifest: Manifest) -> [Check] {
    // Without rows nothing is read, and every check says why already.
    if rows == 0 { return [] }
    let asked = Set(manifest.gates.flatMap(\.gate.needs.slices))
    return manifest.slices.filter { !asked.contains($0) }.compactMap { slice in
      guard let mistake = mistake(in: slice) else { return nil }
      return Check(id: "slices/\(slice.name)", gate: "slices", outcome: .error, message: "")
        .failing(.error, mistake)
    }
  }
}
