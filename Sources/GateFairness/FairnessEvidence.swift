import GateCore

/// What a person needs to act on a fairness check: the groups, the two furthest apart, and what would have to change.
extension FairnessReading {
  /// The groups' table, and who is furthest apart.
  package func evidence(_ aggregate: Aggregate, _ part: FairnessPart) -> [String: JSON] {
    var evidence: [String: JSON] = [
      "groups": .array(names.indices.map { group in row(group, part) })
    ]
    if !part.groups.small.isEmpty {
      evidence["small_groups"] = [
        "treatment": .string(part.groups.treatment.rawValue),
        "groups": .array(
          part.groups.small.map { ["group": .string($0.name), "n": .integer($0.rows)] }),
      ]
    }
    if !undefined.isEmpty {
      evidence["undefined_groups"] = .array(
        undefined.map { ["group": .string($0.group), "why": .string($0.reason)] })
    }
    if case .toReference(let group) = aggregate.comparison {
      evidence["reference"] = .string(names[group])
    }
    if let worst = worst(aggregate) {
      evidence["worst"] = [
        "measure": .string(measures[worst.measure].id), "highest": .string(names[worst.high]),
        "lowest": .string(names[worst.low]),
      ]
    }
    return evidence
  }

  /// One group's line: its rows, and for each measure its value, its interval and the champion's.
  private func row(_ group: Int, _ part: FairnessPart) -> JSON {
    var members: [JSON.Member] = [JSON.Member("group", .string(names[group]))]
    if let place = part.groups.names.place(of: names[group]) {
      members.append(JSON.Member("n", .integer(part.groups.sizes[place])))
    }
    for (measure, definition) in measures.enumerated() {
      let own = candidate[measure][group]
      var figures: [JSON.Member] = [JSON.Member("value", .number(own.value))]
      if let interval = own.interval {
        figures += [
          JSON.Member("low", .number(interval.low)), JSON.Member("high", .number(interval.high)),
          JSON.Member("level", .number(interval.level)),
          JSON.Member("method", .string(interval.method)),
        ]
      }
      if hasChampion {
        figures.append(JSON.Member("champion", .number(champion[measure][group].value)))
      }
      members.append(JSON.Member(definition.id, .object(figures)))
    }
    return .object(members)
  }

  /// The measure that decides, and its highest and lowest group; nil: every group is alike.
  package func worst(_ aggregate: Aggregate) -> (measure: Int, high: Int, low: Int)? {
    var worst: (measure: Int, high: Int, low: Int, spread: Double)?
    for (measure, groups) in candidate.enumerated() {
      let values = groups.map(\.value)
      guard let most = values.max(), let least = values.min(), most > least,
        let high = values.firstIndex(of: most), let low = values.firstIndex(of: least)
      else { continue }
      let spread = aggregate.isRatio ? -least / most : most - least
      if spread > worst?.spread ?? -.infinity { worst = (measure, high, low, spread) }
    }
    return worst.map { ($0.measure, $0.high, $0.low) }
  }

  /// What stands behind a message.
  package func note(_ aggregate: Aggregate) -> String {
    var note = ""
    if let worst = worst(aggregate) {
      let values = candidate[worst.measure].map(\.value)
      note =
        "; \(measures[worst.measure].id) is \(values[worst.high].brief) for "
        + "'\(names[worst.high])' and \(values[worst.low].brief) for '\(names[worst.low])'"
    }
    if let first = undefined.first {
      let others = undefined.count > 1 ? ", and \(undefined.count - 1) more such" : ""
      note += "; left out: \(first.reason)\(others)"
    }
    return note
  }

  /// How many rows of the lower groups would have to count for the value to keep to the manifest's bound, the highest
  /// group staying as it is; nil: it keeps to it, or no number of rows is meant.
  package func change(_ aggregate: Aggregate, _ one: FairnessRequest, _ value: Double) -> JSON? {
    let bound = one.request.limits.first { $0.kind == (aggregate.isRatio ? .min : .max) }?.bound
    guard let bound, [.difference, .ratio].contains(aggregate.kind),
      aggregate.comparison == .betweenGroups, aggregate.join == .worst,
      aggregate.isRatio ? value < bound : value > bound
    else { return nil }
    var changes: [JSON] = []
    for (measure, groups) in candidate.enumerated() {
      guard case .share = measures[measure].kind, let most = groups.map(\.value).max() else {
        continue
      }
      let wanted = aggregate.isRatio ? bound * most : most - bound
      for (group, estimate) in groups.enumerated() where estimate.value < wanted {
        let missing = ((wanted - estimate.value) * wholes[measure][group] - 1e-9).rounded(.up)
        changes.append([
          "group": .string(names[group]), "measure": .string(measures[measure].id),
          "rows": .number(missing), "of": .number(wholes[measure][group]),
          "what": .string("more of them would have to count in \(measures[measure].formula)"),
        ])
      }
    }
    return changes.isEmpty ? nil : .array(changes)
  }
}

extension JointCounts {
  /// The groups' table of a function of the cells: rows by label and decision.
  package func evidence(_ part: FairnessPart) -> [String: JSON] {
    let own = cells(.candidate, reference: part.reference)
    let rows: [JSON] = own.groups.indices.map { group in
      let cells = own.groups[group]
      return [
        "group": .string(part.groups.names[group]), "n": .integer(part.groups.sizes[group]),
        "true_positives": .number(cells.truePositives),
        "false_positives": .number(cells.falsePositives),
        "false_negatives": .number(cells.falseNegatives),
        "true_negatives": .number(cells.trueNegatives),
      ]
    }
    var evidence: [String: JSON] = ["groups": .array(rows)]
    if let reference = part.reference {
      evidence["reference"] = .string(part.groups.names[reference])
    }
    return evidence
  }
}
