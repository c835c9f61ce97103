extension MetricRequest {
  /// The metric, its limits and its slices, in words.
  package var plan: String {
    let limits = limits.map { "\($0.kind.rawValue): \($0.bound.brief)" }.joined(separator: ", ")
    let slices = slices.unique.map(\.name).joined(separator: "; ")
    let columns = columns.sorted { $0.key < $1.key }
      .map { ", \($0.key) from \($0.value.sql)" }.joined()
    return "\(id): \(limits)" + columns + (slices.isEmpty ? "" : ", also on \(slices)")
  }
}
