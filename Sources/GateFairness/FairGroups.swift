package import GateCore

/// The groups of one attribute that are compared, after what the manifest says of small ones.
package struct FairGroups: Sendable {
  /// `female`; of a cross `female,north`.
  package var names: [String]
  /// Which group (negative: none) each row of the holdout is of.
  package var codes: [Int32]
  /// Rows of each group.
  package var sizes: [Int]
  /// Groups of fewer rows than asked for.
  package let small: [(name: String, rows: Int)]
  /// What became of them.
  let treatment: SmallGroups
  /// The rows of all groups.
  package var rows: Int { sizes.reduce(0, +) }

  /// What becomes of groups of fewer rows than `min_rows`.
  package enum SmallGroups: String, Sendable, CaseIterable {
    case error, merge, skip
  }

  /// The name of the small groups together.
  package static let merged = "(small groups)"

  /// The groups of `sliced` that have rows; of those that `within` holds, where it is given. A declared bin that no row
  /// of all is in is a small one.
  ///
  /// `weightless`: the rows of weight 0; nil: there are none. Throws a `Diagnostic` where fewer than two are left, or small ones are errors.
  package init(
    _ sliced: SlicedRows, of attribute: String, within: (codes: [Int32], code: Int32)?,
    weightless: [Bool]? = nil, isOfBins: Bool = false, minRows: Int, _ treatment: SmallGroups
  ) throws(Diagnostic) {
    var codes = sliced.codes
    if let within {
      for row in codes.indices where within.codes[row] != within.code { codes[row] = -1 }
    }
    var counts = [Int](repeating: 0, count: sliced.groups.count)
    // A row of weight 0 tells nothing, and its group is there.
    var all = counts
    for (row, code) in codes.enumerated() where code >= 0 {
      all[Int(code)] += 1
      if weightless?[row] != true { counts[Int(code)] += 1 }
    }
    let present = counts.indices.filter { all[$0] > 0 || isOfBins && within == nil }
    let isTiny = { (group: Int) in all[group] == 0 || minRows > 1 && counts[group] < minRows }
    let tiny = present.filter(isTiny)
    let kept = present.filter { !isTiny($0) }
    names = kept.map { sliced.groups[$0].name }
    sizes = kept.map { counts[$0] }
    small = tiny.map { (sliced.groups[$0].name, counts[$0]) }
    self.treatment = treatment
    var places = [Int32](repeating: -1, count: counts.count)
    for (place, group) in kept.enumerated() { places[group] = Int32(place) }
    if !tiny.isEmpty, treatment == .merge {
      for group in tiny { places[group] = Int32(names.count) }
      names.append(Self.merged)
      sizes.append(tiny.reduce(0) { $0 + counts[$1] })
    }
    // Groups that all stay are counted as they lie.
    if places.indices.contains(where: { places[$0] != Int32($0) }) {
      codes = codes.map { $0 < 0 ? -1 : places[Int($0)] }
    }
    self.codes = codes
    try check(attribute, minRows)
  }

  /// Throws where the groups cannot be compared.
  private func check(_ attribute: String, _ minRows: Int) throws(Diagnostic) {
    if treatment == .error, let idle = small.first(where: { $0.rows == 0 }) {
      throw Diagnostic(
        "'\(attribute)' has no rows in '\(idle.name)'",
        hint:
          "correct its bins; where a bin may be empty, say 'min_rows: 1' and 'small_groups: skip'")
    }
    if !small.isEmpty, treatment == .error {
      throw Diagnostic(
        "'\(attribute)' has \(small.words) of fewer than min_rows: \(minRows)",
        hint: treatments(minRows))
    }
    if let last = sizes.last, treatment == .merge, !small.isEmpty, last < minRows {
      throw Diagnostic(
        "'\(attribute)' has \(small.words) of fewer than min_rows: \(minRows), and together they have \(last)",
        hint: names.count > 2
          ? "lower 'min_rows', or leave them out by 'small_groups: skip'"
          : "lower 'min_rows', or name an attribute of fewer values")
    }
    guard names.count < 2 else { return }
    let left = small.isEmpty || treatment == .merge ? "" : ", \(small.words) left out"
    throw Diagnostic(
      names.isEmpty
        ? "'\(attribute)' has no group of any rows\(left), so there is nothing to compare"
        : "'\(attribute)' has one group only, '\(names[0])' of \(sizes[0]) rows\(left), so there is "
          + "nothing to compare",
      hint: "name an attribute with two groups at least, or leave it out of 'by'")
  }

  /// What may become of small groups that are errors: only what leaves two groups that are large enough.
  private func treatments(_ minRows: Int) -> String {
    let together = small.reduce(0) { $0 + $1.rows }
    switch (together >= minRows && !names.isEmpty, names.count > 1) {
    case (true, true):
      return "say what becomes of them: 'small_groups: merge' or 'small_groups: skip'"
    case (true, false): return "make one group of them by 'small_groups: merge'"
    case (false, true):
      return
        "leave them out by 'small_groups: skip'; merged they have \(together.counted("row")), which is too few"
    case (false, false):
      return "merged they have \(together.counted("row")), and left out they leave "
        + "\(names.count.counted("group")): lower 'min_rows', or name an attribute of fewer values"
    }
  }

  /// What stands behind a message: what became of the small groups; empty where there are none.
  package var note: String {
    if small.isEmpty { return "" }
    return "; \(small.words) \(treatment == .merge ? "merged" : "left out")"
  }
}

extension [(name: String, rows: Int)] {
  /// `2 small groups ('Other' of 13 rows, 'Eskimo' of 9)`.
  package var words: String {
    let some = prefix(5).map { "'\($0.name)' of \($0.rows)" }.joined(separator: ", ")
    return "\(count) small group\(count == 1 ? "" : "s") (\(some)\(count > 5 ? ", …" : ""))"
  }
}

extension SliceGroup {
  /// Its values alone, as a manifest's `reference` names it: `male,north`; `null` is a missing one.
  package var name: String { values.map { $0.content.shown ?? $0.name }.joined(separator: ",") }
}
