package import GateCore

extension Report {
  /// What a person needs beside a check's message: a line a fact, those that are missing left out.
  package func facts(of check: Check) -> [String] {
    var facts: [String] = []
    if let value = check.value { facts.append("value: \(check.counted(value) ?? value.exact)") }
    facts += check.alternatives.map { "\($0.name): \($0.value.exact)" }
    if let interval = check.interval {
      facts.append(
        "interval of the \(interval.of.words): [\(interval.low.exact), \(interval.high.exact)], level \(interval.level.exact), "
          + interval.method)
    }
    if let champion = check.champion { facts.append("champion: \(champion.exact)") }
    if let difference = check.difference { facts.append("difference: \(difference.exact)") }
    if let share = check.relativeDifference {
      facts.append("difference as a share of the champion's value: \(share.exact)")
    }
    if let limit = check.limitWords { facts.append("limit: \(limit)") }
    if let n = check.n { facts.append("n: \(n)") }
    if let slice = check.slice {
      let parts = slice.keys.sorted().map { "\($0)=\(slice[$0].flatMap(\.self)?.plain ?? "null")" }
      facts.append("slice: \(parts.joined(separator: ", "))")
    }
    for role in Role.allCases {
      if let model = models[role] { facts.append("\(role.rawValue) model: \(model.uri)") }
    }
    if let place = check.location {
      facts.append("at: \(place.file):\(place.line):\(place.column)")
    }
    return facts
  }
}
