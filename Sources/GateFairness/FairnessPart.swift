package import GateCore

/// One attribute's groups on all rows, or on those of one group of a slice, with what is measured on them.
package struct FairnessPart: Sendable {
  package let attribute: Slice
  /// The place of the attribute and of the slice's group among those asked for.
  package let slice: Slice?
  let sliceGroup: SliceGroup?
  package let groups: FairGroups
  /// The reference group's place; nil: none is named.
  package var reference: Int?
  package let clusters: [Int32]?
  package let candidate: Sample
  /// Throws why there is none.
  package let champion: Result<Sample, Diagnostic>?

  /// Both models' samples on each facet or group.
  package func samples(_ split: FairnessMetric.Split) -> (candidate: [Sample], champion: [Sample]?)
  {
    let (codes, count) = codes(split)
    return (
      candidate.partitioned(by: codes, groups: count),
      (try? champion?.get())?.partitioned(by: codes, groups: count)
    )
  }

  /// Which facet or group each row is of.
  package func codes(_ split: FairnessMetric.Split) -> (codes: [Int32], count: Int) {
    guard case .facets(let first) = split, let reference else {
      return (groups.codes, groups.names.count)
    }
    let one = first ? Int32(0) : 1
    let other = 1 - one
    return (groups.codes.map { $0 < 0 ? -1 : Int($0) == reference ? one : other }, 2)
  }

  /// What each facet or group is called.
  package func names(_ split: FairnessMetric.Split) -> [String] {
    guard case .facets(let first) = split, let reference else { return groups.names }
    let name = groups.names[reference]
    let others = groups.names.count == 2 ? groups.names[1 - reference] : "all but \(name)"
    return first ? [name, others] : [others, name]
  }
}

/// Rows as cells, by what makes them so.
struct FairnessCells: Sendable {
  private let byCut: [FairnessCut: Result<JointCells, Diagnostic>]

  /// Of every cut that a request asks for.
  package init(_ cuts: Set<FairnessCut>, _ candidate: Sample, _ champion: Sample?) async {
    let made = await Array(cuts.subtracting([.aboveMedian])).concurrentMap {
      cut -> (FairnessCut, Result<JointCells, Diagnostic>) in
      (cut, Result { () throws(Diagnostic) in try JointCells(cut, candidate, champion) })
    }
    byCut = Dictionary(made) { first, _ in first }
  }

  /// Throws why there are none.
  package subscript(cut: FairnessCut) -> JointCells {
    get throws(Diagnostic) {
      guard let cells = byCut[cut] else { throw Diagnostic("the rows were not made into cells") }
      return try cells.get()
    }
  }
}

extension JointCells {
  /// The rows as a cut says; throws where the task has none such, or no such class.
  package init(_ cut: FairnessCut, _ candidate: Sample, _ champion: Sample?) throws(Diagnostic) {
    switch (cut, candidate, champion) {
    case (.right, _, _): self.init(right: candidate, champion)
    case (.threshold(let threshold), .binary(let sample), nil):
      self.init(sample, nil, threshold: threshold)
    case (.threshold(let threshold), .binary(let sample), .binary(let other)?):
      self.init(sample, other, threshold: threshold)
    case (.class(let name), .multiclass(let sample), _):
      guard let index = sample.classes.place(of: name) else {
        throw Diagnostic(
          "there is no class '\(name)'",
          hint: "there are: \(sample.classes.prefix(40).joined(separator: ", "))")
      }
      var other: MulticlassSample?
      if case .multiclass(let sample)? = champion { other = sample }
      self.init(sample, other, class: Int32(index))
    default: throw Diagnostic("the answers of this task are no decisions")
    }
  }
}
