package import GateCore

/// A fairness metric's number without a gate: what the examples and the reference figures are held against.
extension FairnessMetric {
  /// The number on one model's rows.
  ///
  /// - Parameters:
  ///   - codes: which of the groups `names` (negative: none) each row of the holdout is of.
  ///   - reference: the place of the group that others are compared with; nil: none is named.
  ///   - control: the strata within which it is measured; nil: none.
  ///
  /// Throws `Undefined`, with the reason, where there is none.
  package func value(
    on sample: Sample, codes: [Int32], names: [String], reference: Int? = nil,
    control: SlicedRows? = nil, _ arguments: Arguments = Arguments()
  ) async throws(Undefined) -> Double {
    if let refusal = definition.refuse?.refusal(arguments) { throw Undefined(refusal.reason) }
    if wantsReference(arguments), reference == nil {
      throw Undefined("no group is named as the 'reference' that the others are compared with")
    }
    var part = FairnessPart(
      attribute: .column("group"), slice: nil, sliceGroup: nil,
      groups: FairGroups(names: names, codes: codes), reference: reference, clusters: nil,
      candidate: sample, champion: nil)
    part.reference = self.reference(in: part, arguments)
    do throws(Diagnostic) { return try await value(part, control, arguments) } catch {
      throw Undefined(error.sentence)
    }
  }

  /// The same of one part of a gate.
  private func value(
    _ part: FairnessPart, _ control: SlicedRows?, _ arguments: Arguments
  ) async throws(Diagnostic) -> Double {
    try refuseWeights(of: part.candidate)
    let cells = try cut(arguments).map { cut throws(Diagnostic) in
      cut == .aboveMedian
        ? JointCells(aboveMedianOf: part) : try JointCells(cut, part.candidate, nil)
    }
    let value: Result<Double, Undefined>
    switch measure(arguments) {
    case .algebra(let measures, let aggregate, let split):
      let reading = try await FairnessReader(
        part: part, cells: cells, arguments: arguments, certainty: nil, split: split,
        skipsUndefined: false
      ).read(measures)
      let own = aggregate.with(arguments, reference: part.reference)
      value = Result { () throws(Undefined) in
        try own.value(reading.values(.candidate), overall: reading.overall[.candidate] ?? [])
      }
    case .cells(let body):
      guard let cells else { throw Diagnostic("the rows were not made into cells") }
      let counts = JointCounts(
        cells, part.groups.codes, groups: part.groups.names.count, control: control)
      value = Result { () throws(Undefined) in
        try body(counts.cells(.candidate, reference: part.reference), arguments)
      }
    case .classes(let body):
      let counts = classes(part, arguments)
      value = Result { () throws(Undefined) in
        try body(counts.classes(counts.rows.sums, .candidate), arguments)
      }
    case .samples(let body):
      let groups = GroupSamples(part.samples(.groups).candidate, reference: part.reference)
      value = Result { () throws(Undefined) in try body(groups, arguments) }
    case .rows:
      throw Diagnostic("'\(id)' is measured on more than the rows' answers, which a gate reads")
    }
    do throws(Undefined) { return try value.get() } catch { throw Diagnostic(error.reason) }
  }

  /// Which rows and cells it is measured on; nil: it takes no cells.
  package func cut(_ arguments: Arguments) -> FairnessCut? {
    switch measure {
    case .cells: return FairnessCut(arguments, isRight: false)
    case .classes, .samples, .rows: return nil
    case .algebra(let measures, _, _):
      for measure in measures {
        switch measure.kind {
        case .share: return FairnessCut(arguments, isRight: false)
        case .right: return FairnessCut(arguments, isRight: true)
        case .aboveMedian: return .aboveMedian
        case .metric: continue
        }
      }
      return nil
    }
  }

  /// The place of the group that a part's others are compared with; nil: none is named, or another one for each measure.
  package func reference(in part: FairnessPart, _ arguments: Arguments) -> Int? {
    guard reference == .majority else { return part.reference }
    let sizes = part.groups.sizes
    let largest = sizes.max().flatMap { sizes.firstIndex(of: $0) }
    return switch arguments.text("reference_group") {
    case "min": nil
    case "majority": largest
    default: part.reference ?? largest
    }
  }

  /// Whether it compares with a group that must be named.
  package func wantsReference(_ arguments: Arguments) -> Bool {
    if arguments.text("method") == "to_reference" { return true }
    if case .algebra(_, _, .facets) = measure { return true }
    if case .rows(let rows) = measure { return rows.wantsReference }
    return reference == .named
  }
}

extension Aggregate {
  /// What it becomes by a metric's arguments; `reference` is the place of the group that others are compared with.
  package func with(_ arguments: Arguments, reference: Int?) -> Aggregate {
    var aggregate = self
    switch arguments.text("method") {
    case "to_overall": aggregate.comparison = .toOverall
    case "to_reference": aggregate.comparison = .toReference(reference ?? 0)
    default: break
    }
    if infinite != nil {
      let isLeast = arguments.text("reference_group") == "min"
      aggregate.comparison = isLeast ? .toLeast : .toReference(reference ?? 0)
    }
    if arguments.text("agg") == "mean" { aggregate.join = .mean }
    return aggregate
  }
}

extension FairGroups {
  /// Groups as they are, none too small.
  package init(names: [String], codes: [Int32]) {
    var sizes = [Int](repeating: 0, count: names.count)
    for code in codes where code >= 0 { sizes[Int(code)] += 1 }
    (self.names, self.codes, self.sizes) = (names, codes, sizes)
    (small, treatment) = ([], .error)
  }
}
