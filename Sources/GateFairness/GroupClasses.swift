package import GateCore

/// How the rows of every group fall into classes, by their labels or by what a model decided.
package struct GroupClasses: Sendable {
  /// The classes.
  package let names: [String]
  /// By group and class: the sum of the weights.
  package let groups: [[Double]]
  /// The group the others are compared with; nil: none is named.
  package let reference: Int?

  /// Takes them; every group has as many classes.
  package init(_ names: [String], _ groups: [[Double]], reference: Int? = nil) {
    (self.names, self.groups, self.reference) = (names, groups, reference)
  }

  /// The reference group's rows and those of all others; throws where none is named, or either has none.
  package func facets() throws(Undefined) -> (reference: [Double], others: [Double]) {
    guard let reference else {
      throw Undefined("no group is named as the 'reference' that the others are compared with")
    }
    return try facets(reference)
  }

  /// One group's rows and those of all others, each of which has some.
  func facets(_ group: Int) throws(Undefined) -> (reference: [Double], others: [Double]) {
    let others = (groups.first ?? []).indices.map { index in
      groups.indices.reduce(0.0) { $1 == group ? $0 : $0 + groups[$1][index] }
    }
    guard groups[group].sum > 0, others.sum > 0 else {
      throw Undefined("one side of the comparison has no rows of any weight")
    }
    return (groups[group], others)
  }
}

/// Which class each row of the holdout is of, by both models.
package struct RowClasses: Sendable {
  /// The classes; one where a task has none.
  package let names: [String]
  /// By row of the holdout; negative: none.
  package let candidate: [Int32]
  package let champion: [Int32]?

  /// Of the rows' labels, or of what each model decided: at `threshold` or its own, of two classes.
  package init(_ candidate: Sample, _ champion: Sample?, ofLabels: Bool, threshold: Double?) {
    switch candidate {
    case .multiclass(let sample): names = sample.classes
    case .binary: names = ["negative", "positive"]
    default: names = ["rows"]
    }
    func codes(_ sample: Sample) -> [Int32] {
      var codes = [Int32](repeating: -1, count: Int(sample.rows.max() ?? -1) + 1)
      for (place, row) in sample.rows.enumerated() {
        codes[Int(row)] =
          switch sample {
          case .multiclass(let sample): ofLabels ? sample.labels[place] : sample.decisions[place]
          case .binary(let sample):
            (ofLabels
              ? sample.positives[place] : sample.scores[place] >= threshold ?? sample.threshold)
              ? 1 : 0
          default: 0
          }
      }
      return codes
    }
    self.candidate = codes(candidate)
    // Labels are the same rows' whatever the model.
    self.champion = ofLabels ? nil : champion.map(codes)
  }
}

/// The paired classes of both models by group.
package struct ClassCounts: Sendable {
  package let rows: CountedRows
  package let classes: RowClasses
  private let groups: Int
  private let reference: Int?
  /// Classes of the champion; 1 where it has none of its own.
  private let others: Int

  /// Counts the rows of a part.
  package init(_ classes: RowClasses, _ part: FairnessPart) {
    self.classes = classes
    (groups, reference) = (part.groups.names.count, part.reference)
    let width = classes.names.count
    let others = classes.champion == nil ? 1 : width
    self.others = others
    let codes = part.groups.codes.indices.map { row -> Int32 in
      let group = part.groups.codes[row]
      guard group >= 0, row < classes.candidate.count, classes.candidate[row] >= 0 else {
        return -1
      }
      let own = Int(group) * width + Int(classes.candidate[row])
      return Int32(own * others + Int(max(0, classes.champion?[row] ?? 0)))
    }
    let pairs = CountedRows.PairedCells(
      width: width * others,
      apart: others == 1 ? [] : (0..<width * others).filter { $0 / width != $0 % width })
    rows = CountedRows(
      codes, cells: groups * width * others, pairs, part.candidate, clusters: part.clusters)
  }

  /// One model's classes of each group, out of the sums of all cells: those of the rows, or of a draw.
  package func classes(_ sums: [Double], _ role: Role) -> GroupClasses {
    let width = classes.names.count
    let counts = (0..<groups).map { group in
      (0..<width).map { index -> Double in
        let start = group * width * others
        if others == 1 { return sums[start + index] }
        return (0..<width).reduce(0) {
          $0 + sums[start + (role == .candidate ? index * width + $1 : $1 * width + index)]
        }
      }
    }
    return GroupClasses(classes.names, counts, reference: reference)
  }
}
