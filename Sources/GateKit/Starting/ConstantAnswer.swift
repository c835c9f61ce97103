import GateCore

/// What answers the same for every row: a model that is worse than this is worse than guessing.
package struct ConstantAnswer: Sendable, Hashable {
  /// A file of answers, row by row.
  package let csv: String
  /// The key and value that name its columns in a manifest.
  package let key: String
  package let yaml: String

  /// The best that can be said of a label without looking at a row: its mean, or the share of each of its values.
  package init?(_ reading: Findings.Reading, positive: String?, rows: Int) {
    guard let label = reading.columns.first, rows > 0 else { return nil }
    func share(_ column: FoundColumn, _ value: String?) -> Double? {
      let place = value.map { column.domain.firstIndex(of: $0) } ?? column.domain.indices.last
      guard let place, column.counts.indices.contains(place), column.values > 0 else { return nil }
      return Double(column.counts[place]) / Double(column.values)
    }
    let cells: [String]
    switch reading.task {
    case .binary:
      guard let share = share(label, positive) else { return nil }
      (cells, key, yaml) = (["\(share)"], "score", "c0")
    case .regression:
      guard let mean = label.mean else { return nil }
      (cells, key, yaml) = (["\(mean)"], "score", "c0")
    case .ranking: (cells, key, yaml) = (["0"], "score", "c0")
    case .text:
      guard let text = label.firstText else { return nil }
      (cells, key, yaml) = (["\"\(text.replacing("\"", with: "\"\""))\""], "text", "c0")
    case .multiclass, .multilabel:
      let isMulticlass = reading.task == .multiclass
      let names = isMulticlass ? label.domain : reading.columns.map(\.name)
      let shares =
        isMulticlass
        ? names.compactMap { share(label, $0) } : reading.columns.compactMap { share($0, nil) }
      guard !names.isEmpty, shares.count == names.count else { return nil }
      cells = shares.map { "\($0)" }
      key = "scores"
      let pairs = names.enumerated().map { "\($1.yaml): c\($0)" }
      yaml = "{\(pairs.joined(separator: ", "))}"
    }
    let head = cells.indices.map { "c\($0)" }.joined(separator: ",") + "\n"
    csv = head + String(repeating: cells.joined(separator: ",") + "\n", count: rows)
  }
}

extension Draft {
  /// The same with what answers alike for every row, in a file at `path`, as its candidate.
  package func guessing(from path: String) -> Draft? {
    guard let constant else { return nil }
    var draft = self
    (draft.id, draft.champion, draft.reference) = (nil, nil, nil)
    draft.candidate = Model(
      keys: [("predictions", path.yaml), (constant.key, constant.yaml)], reason: "Guesses")
    draft.gates = gates.filter { $0.kind == "performance" }
    return draft
  }
}
