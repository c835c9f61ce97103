import GateCore

/// What changed between two records.
package struct Comparison: Sendable {
  package let before: StoredReport
  package let after: StoredReport
  /// Checks whose outcome changed: those that are worse first, the gravest of them first.
  let changed: [Pair]
  /// Checks of the second record alone, and of the first alone.
  let (new, gone): ([Check], [Check])
  /// Checks whose limits, or whether they block, are others.
  let rules: [Pair]
  /// Checks whose value is another: those that lost most of their margin first.
  let moved: [Pair]
  /// What was judged by and on, where it is not the same.
  let inputs: [Input]

  /// One check in both records.
  struct Pair: Sendable {
    let before: Check
    let after: Check

    /// How much worse the outcome is; below 0: better.
    var decline: Int { after.outcome.gravity - before.outcome.gravity }

    /// The change of the margin as a share of the limit; nil: a record does not hold it.
    var marginChange: Double? {
      guard let one = before.margin, let other = after.margin else { return nil }
      return other.share - one.share
    }
  }

  /// A model, a table, the manifest or the program, as both records have it.
  struct Input: Sendable {
    let name: String
    let before: Fact
    let after: Fact
  }

  /// What a record says of an input.
  struct Fact: Sendable {
    var text: String
    /// The digest of its bytes; nil: it has none, or it is unknown.
    var sha256: String?

    /// In few words: of the digest its first digits.
    var words: String { text + (sha256.map { ", SHA-256 \($0.prefix(12))..." } ?? "") }

    /// Whether both say the same.
    func isSame(as other: Fact) -> Bool {
      text.isSame(as: other.text) && sha256 == other.sha256
    }
  }

  /// Compares what was judged before with what was judged after.
  package init(_ before: StoredReport, _ after: StoredReport) {
    (self.before, self.after) = (before, after)
    let (old, now) = (before.report.keyed, after.report.keyed)
    let olds = Dictionary(old.map { ($0.key, $0.check) }) { first, _ in first }
    let keys = Set(now.map(\.key))
    let pairs = now.compactMap { key, check in
      olds[key].map { Pair(before: $0, after: check) }
    }
    new = now.filter { olds[$0.key] == nil }.map(\.check)
    gone = old.filter { !keys.contains($0.key) }.map(\.check)
    changed = pairs.filter { $0.decline != 0 }.enumerated().sorted { one, other in
      Self.rank(one) < Self.rank(other)
    }.map(\.element)
    rules = pairs.filter { pair in
      pair.before.blocking != pair.after.blocking
        || JSON.limits(pair.before.limit ?? [:]).text != JSON.limits(pair.after.limit ?? [:]).text
    }
    moved = pairs.filter { !$0.before.value.isSame(as: $0.after.value) }.enumerated().sorted {
      let (one, other) = (
        $0.element.marginChange ?? .infinity, $1.element.marginChange ?? .infinity
      )
      return one == other ? $0.offset < $1.offset : one < other
    }.map(\.element)
    inputs = Self.inputs(before.report, after.report)
  }

  /// What stands first is the least: what is worse and blocks, then by the gravity of what it is now.
  private static func rank(_ pair: (offset: Int, element: Pair)) -> (Int, Int, Int, Int) {
    let isWorse = pair.element.decline > 0
    return (
      isWorse ? 0 : 1, pair.element.after.blocking ? 0 : 1,
      isWorse ? -pair.element.after.outcome.gravity : pair.element.after.outcome.gravity,
      pair.offset
    )
  }

  /// Whether nothing is said of either that is not said of the other.
  var isSame: Bool {
    changed.isEmpty && new.isEmpty && gone.isEmpty && rules.isEmpty && moved.isEmpty
      && inputs.isEmpty && before.report.verdict == after.report.verdict
  }
}

/// What both were judged by and on.
extension Comparison {
  /// The inputs that differ, the manifest first.
  private static func inputs(_ before: Report, _ after: Report) -> [Input] {
    let (old, now) = (facts(of: before), facts(of: after))
    let names = (now.map(\.name) + old.map(\.name)).unique
    return names.compactMap { name in
      let one = old.first { $0.name == name }?.fact ?? Fact(text: "none")
      let other = now.first { $0.name == name }?.fact ?? Fact(text: "none")
      return one.isSame(as: other) ? nil : Input(name: name, before: one, after: other)
    }
  }

  /// Each input with all that tells it from another.
  private static func facts(of report: Report) -> [(name: String, fact: Fact)] {
    let manifest = report.manifest
    let commit =
      (manifest.source.commit ?? "none")
      + (manifest.source.dirty == true ? " with changes that are not committed" : "")
    var facts = [
      ("manifest", Fact(text: manifest.name, sha256: manifest.sha256)),
      ("commit", Fact(text: commit)),
    ]
    facts += manifest.files.map { ("file \($0.path)", Fact(text: $0.path, sha256: $0.sha256)) }
    for role in Role.allCases {
      guard let model = report.models[role] else { continue }
      facts.append((role.rawValue, Fact(text: model.uri, sha256: model.sha256)))
      let runtime = model.runtime.map { "\($0.name) \($0.version)" } ?? "not scored"
      facts.append(("runtime of the \(role.rawValue)", Fact(text: runtime)))
    }
    let others = report.data.keys.filter { !Report.tables.contains($0) }.sorted()
    for name in Report.tables + others {
      guard let data = report.data[name] else { continue }
      let rows = data.rows.map { ", \($0.counted("row"))" } ?? ""
      facts.append((name, Fact(text: data.uri + rows, sha256: data.sha256)))
    }
    facts.append(("program", Fact(text: "\(report.tool.name) \(report.tool.version)")))
    return facts
  }
}

extension Double? {
  /// Whether both are the same number, or both are none.
  fileprivate func isSame(as other: Double?) -> Bool {
    switch (self, other) {
    case (let one?, let other?): one == other || one.isNaN && other.isNaN
    case (nil, nil): true
    default: false
    }
  }
}
