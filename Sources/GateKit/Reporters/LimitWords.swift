package import GateCore

extension Check {
  /// The limits in words: `>= 0.85`, `drop <= 0.005`; nil without any.
  ///
  /// Where another test must be broken besides, the check passes as long as either holds: `<= 0.02 or p value >= 0.01`.
  var limitWords: String? {
    guard let limit, !limit.isEmpty else { return nil }
    var own: [String] = []
    var byTest: [String: [String]] = [:]
    for (name, bound) in limit.inOrder {
      guard name.isAlternative else {
        own.append(words(name, bound))
        continue
      }
      let test = name.test
      let prefix = test.isEmpty || test == metric ? "" : test + " "
      byTest[test, default: []].append(prefix + words(name.own, bound, of: test))
    }
    let groups = [own] + byTest.keys.sorted().map { byTest[$0] ?? [] }
    return groups.filter { !$0.isEmpty }.map { $0.joined(separator: ", ") }
      .joined(separator: " or ")
  }

  /// One limit in words; of another test where one is named.
  private func words(_ limit: LimitName, _ value: Double, of test: String? = nil) -> String {
    if limit == "max_deviations" {
      let learned = test.flatMap { condition($0)?["learned_max"] } ?? evidence["learned"]?["max"]
      if let bound = learned?.figure {
        return "<= \(bound.short) (\(value.exact) deviations)"
      }
    }
    var (name, relation) = limit.relation
    let relative = name.hasSuffix("_relative")
    if relative { name = name.dropLast("_relative".count) }
    let words = name.replacing("_", with: " ")
    return (words.isEmpty ? "" : words + " ") + "\(relation.rawValue) \(time(value) ?? value.exact)"
      + (relative ? " of the champion's" : "")
  }
}

extension Check {
  /// A figure of another test that is enough where the check's own limit does not hold.
  package struct Alternative {
    /// `p`, `psi`, `ks p`.
    package let name: String
    package let value: Double
  }

  /// What the limits besides the check's own are on.
  package var alternatives: [Alternative] {
    (limit ?? [:]).keys.filter(\.isAlternative).sorted().compactMap { name in
      let test = name.test
      guard let found = condition(test) else { return nil }
      let isOwn = test == metric
      if name.own == "min_p_value" {
        let p = found["adjusted_p_value"] ?? found["p_value"]
        return p?.figure.map { Alternative(name: isOwn ? "p" : "\(test) p", value: $0) }
      }
      return isOwn ? nil : found["value"]?.figure.map { Alternative(name: test, value: $0) }
    }
  }

  /// What the evidence says of another test that had to be broken besides.
  private func condition(_ test: String) -> JSON? {
    guard case .array(let all)? = evidence["and"] else { return nil }
    return all.first { $0["test"] == .string(test) }
  }

  /// The difference as a share of the champion's value, where every limit between the models is on that.
  var relativeDifference: Double? {
    let comparing = (limit ?? [:]).keys.compactMap(\.kind).filter(\.comparesModels)
    guard let difference, let champion, champion != 0, !comparing.isEmpty,
      comparing.allSatisfy(\.isRelative)
    else { return nil }
    return difference / abs(champion)
  }

  /// A count with what it counts, or a time; nil: the value is neither.
  package func counted(_ value: Double) -> String? {
    if let time = time(value) { return time }
    guard value == value.rounded(), abs(value) < 1e15 else { return nil }
    if case .string(let noun)? = evidence["counted"] { return Int(value).counted(noun) }
    if evidence["unexpected_count"]?.figure == value, limit?["max_share"] == nil {
      return Int(value).counted("row")
    }
    return nil
  }

  /// Seconds as a time; nil: the check counts none.
  private func time(_ value: Double) -> String? {
    evidence["counted"] == .string("second") ? value.time : nil
  }
}

extension ConfidenceInterval.Subject {
  /// As the middle of a sentence has it.
  package var words: String {
    switch self {
    case .value: "value"
    case .difference: "difference"
    case .relativeDifference: "difference as a share of the champion's value"
    }
  }
}

extension JSON {
  /// The number.
  fileprivate var figure: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }
}
