import GateCore

extension Manifest {
  /// What is written and has no part in the verdict: slices that no gate asks for. Each is a line for stderr.
  package var notes: [String] {
    let asked = gates.flatMap(\.gate.needs.slices).flatMap(\.withParts)
    return slices.filter { slice in !asked.contains(slice) }.map { slice in
      let place = sliceMarks[slice].map { "\($0.location.file):\($0.location.line): " } ?? ""
      return
        "\(place)note: no gate asks for the slice '\(slice.name.visible)'; 'slices: all' beside a metric's limits "
        + "has every slice judged"
    }
  }
}

extension Slice {
  /// Itself, and what it is a cross of.
  fileprivate var withParts: [Slice] {
    if case .cross(let parts) = self { [self] + parts.flatMap(\.withParts) } else { [self] }
  }
}
