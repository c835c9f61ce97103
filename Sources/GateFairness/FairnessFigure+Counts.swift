import GateCore

/// The figures of metrics that are no comparison of one number a group.
extension FairnessFigure {
  /// Of the cells of all groups; throws where the candidate's value is undefined.
  package init(
    _ body: @escaping @Sendable (GroupCells, Arguments) throws(Undefined) -> Double,
    _ joint: JointCells, _ control: SlicedRows?, _ arguments: Arguments, _ one: FairnessRequest,
    _ part: FairnessPart
  ) throws(Diagnostic) {
    let counts = JointCounts(
      joint, part.groups.codes, groups: part.groups.names.count, control: control)
    let distribution = CellDistribution(
      body: body, arguments: arguments, joint: joint, counts: counts, control: control, part: part,
      certainty: one.sureness)
    try self.init(
      one,
      { role throws(Undefined) in
        try body(counts.cells(role, reference: part.reference), arguments)
      }, part, evidence: counts.evidence(part),
      { basis throws(Undefined) in try await distribution.curve(basis) })
  }

  /// Of the classes of all groups; throws where the candidate's value is undefined.
  package init(
    _ body: @escaping @Sendable (GroupClasses, Arguments) throws(Undefined) -> Double,
    _ arguments: Arguments, _ one: FairnessRequest, _ part: FairnessPart
  ) throws(Diagnostic) {
    let counts = one.metric.classes(part, arguments)
    let certainty = one.sureness
    try self.init(
      one,
      { role throws(Undefined) in try body(counts.classes(counts.rows.sums, role), arguments) },
      part, evidence: counts.evidence(part),
      { basis throws(Undefined) in
        if basis != .value, counts.classes.champion == nil { return .identical }
        return try await counts.rows.curve(basis, certainty) { sums, role in
          try? body(counts.classes(sums, role), arguments)
        }
      })
  }

  /// Of the rows of all groups; throws where the candidate's value is undefined.
  package init(
    _ body: @escaping @Sendable (GroupSamples, Arguments) throws(Undefined) -> Double,
    _ arguments: Arguments, _ one: FairnessRequest, _ part: FairnessPart
  ) throws(Diagnostic) {
    let (mine, others) = part.samples(.groups)
    let distribution = SampleDistribution(
      body: body, arguments: arguments, part: part, certainty: one.sureness)
    try self.init(
      one,
      { role throws(Undefined) in
        let groups = role == .candidate ? mine : others ?? []
        return try body(GroupSamples(groups, reference: part.reference), arguments)
      }, part, evidence: part.evidence,
      { basis throws(Undefined) in try await distribution.curve(basis) })
  }
}

extension FairnessRequest {
  /// How sure a verdict must be; what is not asked for is never drawn.
  fileprivate var sureness: Certainty { request.certainty ?? Certainty(confidence: 0.95) }
}

extension FairnessPart {
  /// The groups and their rows.
  fileprivate var evidence: [String: JSON] {
    var evidence: [String: JSON] = [
      "groups": .array(
        zip(groups.names, groups.sizes).map { ["group": .string($0), "n": .integer($1)] })
    ]
    if let reference { evidence["reference"] = .string(groups.names[reference]) }
    return evidence
  }
}

extension ClassCounts {
  /// The groups' table: rows, and the weight of each class.
  fileprivate func evidence(_ part: FairnessPart) -> [String: JSON] {
    let own = classes(rows.sums, .candidate)
    var evidence = part.evidence
    evidence["groups"] = .array(
      own.groups.indices.map { group in
        var members = [
          JSON.Member("group", .string(part.groups.names[group])),
          JSON.Member("n", .integer(part.groups.sizes[group])),
        ]
        if classes.names.count > 1 {
          members.append(
            JSON.Member(
              "classes",
              .object(
                zip(classes.names, own.groups[group]).map { JSON.Member($0, .number($1)) })))
        }
        return .object(members)
      })
    return evidence
  }
}
