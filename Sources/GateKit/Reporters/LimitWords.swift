package import GateCore

extension Check {
  /// The limits in words: `>= 0.85`, `drop <= 0.005`; nil without any.
  ///
  /// Where another test must be broken besides, the check passes as long as either holds: `<= 0.02 or p value >= 0.01`.
  var limitWords: String? {
    guard let limit, !limit.isEmpty else { return nil }
    let own = limit.keys.filter { !$0.hasPrefix(Self.alternative) }
    let others = own.filter { !Self.limits.contains($0) }.sorted()
    let words = (Self.limits + others).compactMap { key in
      limit[key].map { self.words(key, $0) }
    }
    var byTest: [String: [String]] = [:]
    for key in limit.keys.filter({ $0.hasPrefix(Self.alternative) }).sorted() {
      let (test, kind) = Self.parts(of: key)
      let name = test.isEmpty || test == metric ? "" : test + " "
      byTest[test, default: []].append(name + self.words(kind, limit[key] ?? .nan, of: test))
    }
    var groups = [words]
    for test in byTest.keys.sorted() { groups.append(byTest[test] ?? []) }
    let joined = groups.filter { !$0.isEmpty }.map { $0.joined(separator: ", ") }
    return joined.joined(separator: " or ")
  }

  /// One limit in words; of another test where one is named.
  private func words(_ key: String, _ value: Double, of test: String? = nil) -> String {
    if key == "max_deviations" {
      let learned = test.flatMap { condition($0)?["learned_max"] } ?? evidence["learned"]?["max"]
      if let bound = learned?.figure {
        return "<= \(bound.short) (\(value.exact) deviations)"
      }
    }
    var (name, sign) = Self.relation(key)
    let relative = name.hasSuffix("_relative")
    if relative { name = name.dropLast("_relative".count) }
    let words = name.replacing("_", with: " ")
    return (words.isEmpty ? "" : words + " ") + "\(sign) \(time(value) ?? value.exact)"
      + (relative ? " of the champion's" : "")
  }

  /// What a limit is on, nothing for the value itself, and what must hold of it.
  private static func relation(_ key: String) -> (name: Substring, sign: String) {
    switch key {
    case "exclusive_min", "above": ("", ">")
    case "exclusive_max", "below": ("", "<")
    case "equal": ("", "=")
    case "mostly": ("mostly", ">=")
    case "min": ("", ">=")
    case "max": ("", "<=")
    default:
      if key.hasPrefix("min_") {
        (key.dropFirst(4), ">=")
      } else if key.hasPrefix("max_") {
        (key.dropFirst(4), "<=")
      } else if key.hasSuffix("_below") {
        (key.dropLast(6), "<")
      } else {
        (key[...], "=")
      }
    }
  }

  /// The test of such a key, empty for the check's own, and the limit on it.
  private static func parts(of key: String) -> (test: String, kind: String) {
    let parts = key.split(separator: ".").dropFirst()
    return (parts.dropLast().joined(separator: "."), parts.last.map(String.init) ?? "")
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
    (limit ?? [:]).keys.filter { $0.hasPrefix(Self.alternative) }.sorted().compactMap { key in
      let (test, kind) = Self.parts(of: key)
      guard let found = condition(test) else { return nil }
      let isOwn = test == metric
      if kind == "min_p_value" {
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
    let comparing = (limit ?? [:]).keys.filter {
      Limit.Kind(rawValue: $0)?.comparesModels ?? false
    }
    guard let difference, let champion, champion != 0, !comparing.isEmpty,
      comparing.allSatisfy({ Limit.Kind(rawValue: $0)?.isRelative ?? false })
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
