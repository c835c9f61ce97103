package import GateCore

/// The checks of a fairness gate.
package struct FairnessJudgement: Sendable {
  package let gate: String
  package let request: FairnessGateRequest
  package let evidence: Evidence
  private let rows: RowReadings

  /// Takes what it holds.
  package init(
    gate: String, request: FairnessGateRequest, evidence: Evidence, rows: RowReadings
  ) {
    self.gate = gate
    self.request = request
    self.evidence = evidence
    self.rows = rows
  }

  /// A check a metric and attribute, and one more for each group of its slices, in the order of the manifest.
  package func checks() async -> [Check] {
    if request.requests.isEmpty { return [] }
    let candidate: Sample
    do throws(Diagnostic) { candidate = try evidence.sample(.candidate) } catch {
      return unjudged(error)
    }
    let champion =
      evidence.hasChampion
      ? Result { () throws(Diagnostic) in try evidence.sample(.champion) } : nil
    let cells = await FairnessCells(
      Set(request.requests.compactMap(\.cut)), candidate, try? champion?.get())
    let readings = rows
    let slices = [nil] + request.requests.flatMap(\.request.slices).unique.map(Optional.init)
    let wanted = request.attributes.flatMap { attribute in slices.map { (attribute, $0) } }
    let judged = await wanted.concurrentMap { attribute, slice in
      await judge(attribute, slice, candidate, champion, cells, readings)
    }
    return request.requests.indices.flatMap { index in
      judged.flatMap { $0.compactMap { $0.request == index ? $0.check : nil } }
    }
  }

  /// An error for everything that was asked for.
  private func unjudged(_ mistake: Diagnostic) -> [Check] {
    request.requests.flatMap { one in
      request.attributes.map { attribute in
        blank(one, attribute, nil).failing(.error, mistake)
      }
    }
  }

  /// Every check of one attribute on all rows, or on the groups of one slice.
  private func judge(
    _ attribute: Slice, _ slice: Slice?, _ candidate: Sample,
    _ champion: Result<Sample, Diagnostic>?, _ cells: FairnessCells, _ readings: RowReadings
  ) async -> [(request: Int, check: Check)] {
    let asked = request.requests.indices.filter { index in
      slice.map(request.requests[index].request.slices.contains) ?? true
    }
    if asked.isEmpty { return [] }
    let sliced: SlicedRows
    let within: SlicedRows?
    do throws(Diagnostic) {
      sliced = try evidence.rows(of: attribute)
      within = try slice.map { slice throws(Diagnostic) in try evidence.rows(of: slice) }
    } catch {
      return asked.map { index in
        var check = blank(request.requests[index], attribute, nil)
        if let slice { check.id += "/\(slice.name)" }
        return (index, check.failing(.error, error))
      }
    }
    let parts = within.map { $0.groups.map(Optional.init) } ?? [nil]
    return await Array(parts.indices).concurrentMap { place in
      let rows = within.map { ($0.codes, Int32(place)) }
      let part = Result { () throws(Diagnostic) in
        let groups = try FairGroups(
          sliced, of: attribute.name, within: rows, weightless: candidate.weightless,
          isOfBins: attribute.isOfBins,
          minRows: request.minRows, request.smallGroups)
        return FairnessPart(
          attribute: attribute, slice: slice, sliceGroup: parts[place], groups: groups,
          reference: try reference(attribute, groups), clusters: evidence.clusters,
          candidate: candidate, champion: champion)
      }
      return await asked.concurrentMap { index in
        let one = request.requests[index]
        let blank = blank(one, attribute, parts[place])
        do throws(Diagnostic) {
          return (index, try await check(blank, one, try part.get(), cells, readings))
        } catch { return (index, blank.failing(.error, error)) }
      }
    }.flatMap { $0 }
  }

  /// The place of the group that others are compared with; nil: the manifest names none for the attribute.
  private func reference(_ attribute: Slice, _ groups: FairGroups) throws(Diagnostic) -> Int? {
    guard let (name, mark) = request.references[attribute.name] else { return nil }
    if let place = groups.names.place(of: name) ?? groups.names.place(of: name.plain) {
      return place
    }
    throw Diagnostic(
      "the reference group '\(name)' of '\(attribute.name)' is none of its groups", at: mark,
      hint: name.nearest(in: groups.names).map { "did you mean '\($0)'?" }
        ?? "there are: \(groups.names.prefix(40).joined(separator: "; "))")
  }

  private func blank(
    _ one: FairnessRequest, _ attribute: Slice, _ group: SliceGroup?
  ) -> Check {
    let request = one.request
    let place = group.map { "on \($0.title): " } ?? ""
    return Check(
      id: "\(gate)/\(request.id)/\(attribute.name)" + (group.map { "/\($0.id)" } ?? ""),
      gate: gate, outcome: .error, message: "\(place)by \(attribute.name): ",
      metric: request.metric.id, model: .candidate, slice: group?.dictionary,
      limit: request.limits.byName,
      location: request.mark.location)
  }

  /// One metric on one attribute.
  private func check(
    _ blank: Check, _ one: FairnessRequest, _ part: FairnessPart, _ cells: FairnessCells,
    _ readings: RowReadings
  ) async throws(Diagnostic) -> Check {
    var (check, part) = (blank, part)
    check.n = part.groups.rows
    part.reference = one.metric.reference(in: part, one.request.arguments)
    check.evidence["attribute"] = .string(part.attribute.name)
    if let preset = request.preset, preset.mark.location == one.request.mark.location {
      check.evidence["preset"] = [
        "id": .string(preset.definition.id), "source": .string(preset.definition.source),
      ]
    }
    var arguments = one.request.arguments
    for (name, column) in one.request.columns {
      arguments.columns[name] = try evidence.values(of: column)
    }
    try one.metric.refuseWeights(of: part.candidate)
    let figure = try await figure(one, arguments, part, cells, readings)
    check.evidence.merge(figure.evidence) { _, new in new }
    check = await figure.decide(check, part, isOneModel: evidence.isOneModel)
    check.message += figure.note + part.groups.note
    return check
  }

  /// The metric's value by both models, with what is known of its uncertainty.
  private func figure(
    _ one: FairnessRequest, _ arguments: Arguments, _ part: FairnessPart, _ cells: FairnessCells,
    _ readings: RowReadings
  ) async throws(Diagnostic) -> FairnessFigure {
    let joint = try one.cut.map { cut throws(Diagnostic) in
      cut == .aboveMedian ? JointCells(aboveMedianOf: part) : try cells[cut]
    }
    switch one.metric.measure(arguments) {
    case .algebra(let measures, let aggregate, let split):
      let reading = try await FairnessReader(
        part: part, cells: joint, arguments: arguments, certainty: one.request.certainty,
        split: split, skipsUndefined: request.skipsUndefined
      ).read(measures)
      let place = reading.place(of: part)
      let own = one.aggregate(aggregate, reference: place)
      if case .toReference = own.comparison, place == nil {
        throw Diagnostic("\(one.metric.id) is undefined in the group the others are compared with")
      }
      return try FairnessFigure(reading, own, one, part)
    case .rows(let metric):
      return try await readings.figure(metric, arguments, one, part)
    case .cells(let body):
      guard let joint else { throw Diagnostic("the rows were not made into cells") }
      let control = try one.control.map { slice throws(Diagnostic) in
        // A stratum without rows has nothing to hold apart.
        try evidence.rows(of: slice).filled
      }
      return try FairnessFigure(body, joint, control, arguments, one, part)
    case .classes(let body): return try FairnessFigure(body, arguments, one, part)
    case .samples(let body): return try FairnessFigure(body, arguments, one, part)
    }
  }
}

extension FairnessReading {
  /// The reference group's place among those that are left.
  fileprivate func place(of part: FairnessPart) -> Int? {
    part.reference.flatMap { names.place(of: part.groups.names[$0]) }
  }
}
