package import GateCore

/// What a manifest asks of the drift gate.
package struct DriftGateRequest: Sendable {
  /// Tests of features; the standard ones where the manifest names none.
  package let features: [DriftRule]
  /// Whether the tests of features become checks, and are not only counted: unless the manifest says `features: none`.
  let judgesFeatures: Bool
  package let columns: [(name: String, mark: Mark)]
  package let kinds: ByName<DriftKind>
  let shareDrifted: (max: Double, mark: Mark)?
  package let prediction: DriftRule?
  package let label: DriftRule?
  package let table: DriftRule?
  let window: DriftPeriods.Window?
  package let minRows: Int
  package let control: ErrorControl
  package let mark: Mark

  /// How p-values are corrected where nothing is said.
  package static let standardControl = ErrorControl.bh

  /// Reads it; throws every mistake.
  package init(_ settings: GateSettings) throws(Diagnostics) {
    let node = settings.node
    var mistakes: [Diagnostic] = []
    mark = node.mark
    window = DriftPeriods.Window(node["windows"])
    let hasPeriods = window != nil
    func rule(_ key: String, hasPeriods: Bool) -> DriftRule? {
      node[key].flatMap { DriftRule.read($0, hasPeriods: hasPeriods, &mistakes).first }
    }
    columns = node["columns"]?.items?.map { ($0.text ?? "", $0.mark) } ?? []
    let kindPairs = (node["kinds"]?.pairs ?? []).compactMap { pair in
      pair.value.text.flatMap { DriftKind(rawValue: $0) }.map { (pair.key.text ?? "", $0) }
    }
    kinds = ByName(kindPairs)
    shareDrifted = node["share_drifted"]?["max"]?.number.map { max in
      (max, node.key("share_drifted")?.mark ?? node.mark)
    }
    prediction = rule("prediction", hasPeriods: hasPeriods)
    label = rule("label", hasPeriods: hasPeriods)
    table = rule("table", hasPeriods: false)
    judgesFeatures = node["features"]?.text != Self.noFeatures
    let written = judgesFeatures ? node["features"] : nil
    features =
      written.map { DriftRule.read($0, hasPeriods: hasPeriods, &mistakes) }
      ?? DriftRule.standard(at: node.mark, changed: node["standard"])
    minRows = node["min_rows"]?.integer ?? 100
    control = node["error_control"]?.text.flatMap(ErrorControl.init) ?? Self.standardControl
    mistakes += Self.repeats(in: features)
    mistakes += idle(node)
    if let tables = settings.tables, !tables.contains("reference") {
      mistakes.append(
        Diagnostic(
          "the gate '\(settings.id)' compares with a reference, and 'data' names none",
          at: node.mark, hint: "add data.reference: {path: …}, the rows the model was trained on"))
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
  }

  /// Whether features are tested at all, be it to count them.
  package var wantsFeatures: Bool { judgesFeatures || shareDrifted != nil || table != nil }

  /// What it runs beside reading both tables, a line each, for a plan.
  package var runs: [String] {
    let trains = table?.requests.contains { $0.test.trainsClassifier } ?? false
    return
      (wantsFeatures && columns.isEmpty ? ["asks the candidate which columns it takes"] : [])
      + (prediction == nil ? [] : ["scores the candidate on the reference and on the current rows"])
      + (trains ? ["trains two classifiers that tell both sides apart"] : [])
  }

  /// What a manifest writes where no feature is to be a check of its own.
  package static let noFeatures = "none"

  /// What would not be looked at.
  private func idle(_ node: Node) -> [Diagnostic] {
    if let key = node.key("standard"), node["features"] != nil, judgesFeatures {
      return [
        Diagnostic(
          "'standard' changes the tests that hold without 'features', and the gate has 'features'",
          at: key.mark, hint: "remove one of both")
      ]
    }
    if features.isEmpty {
      return [
        Diagnostic(
          "'standard' switches every test off, so no feature would be judged",
          at: node.key("standard")?.mark, hint: "write 'features: none' where that is meant")
      ]
    }
    guard !wantsFeatures else { return [] }
    if prediction == nil, label == nil {
      return [
        Diagnostic(
          "the gate tests no features and nothing else, so it would judge nothing",
          at: node.key("features")?.mark,
          hint: "remove 'features: none', or add 'label', 'prediction', 'table' or 'share_drifted'")
      ]
    }
    return ["columns", "kinds", "standard"].compactMap { key in
      node.key(key).map {
        Diagnostic(
          "'\(key)' says which features are tested, and the gate tests none", at: $0.mark,
          hint: "remove 'features: none', or remove '\(key)'")
      }
    }
  }

  /// Two checks of one name: the same test twice on columns that both rules may take.
  private static func repeats(in rules: [DriftRule]) -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    for (place, rule) in rules.enumerated() {
      for request in rule.requests {
        let before = rules[..<place].first { other in
          other.requests.contains { $0.id == request.id } && other.meets(rule)
        }
        guard before != nil else { continue }
        mistakes.append(
          Diagnostic(
            "'\(request.id)' is asked of the same columns twice", at: request.mark,
            hint: "give one of them an 'id' of its own"))
      }
    }
    return mistakes
  }

  /// A line for everything that would be judged.
  package var plan: [String] {
    let names = columns.isEmpty ? "every feature" : columns.map(\.name).joined(separator: ", ")
    var lines = judgesFeatures ? features.map { $0.line(for: names) } : []
    if let max = shareDrifted?.max { lines.append("share_drifted max \(max.brief)") }
    if let prediction { lines.append("prediction: \(prediction.words)") }
    if let label { lines.append("label: \(label.words)") }
    if let table { lines.append("all features: \(table.words)") }
    if let window { lines.append("in each \(window.every) of \(window.column)") }
    return lines
  }
}

extension DriftRule {
  /// As the plan shows it, with what it takes where it names no columns.
  fileprivate func line(for names: String) -> String {
    let who = columns.map { $0.map(\.name).joined(separator: ", ") } ?? names
    return "\(who)\(whichKinds): \(words)"
  }

  /// For the plan: ' (categories, numbers of at most 20 values)'; nothing where every column is taken.
  private var whichKinds: String {
    guard let kinds else { return "" }
    var words = kinds.subtracting(numbers == nil ? [] : [.number]).map(\.plural)
    if let numbers {
      let least = numbers.lowerBound > 1 ? " of \(numbers.lowerBound) values or more" : ""
      words.append(
        "numbers" + (numbers.upperBound < .max ? " of at most \(numbers.upperBound) values" : least)
      )
    }
    return " (\(words.sorted().joined(separator: ", ")))"
  }

  /// Whether a column may be in both rules.
  fileprivate func meets(_ other: DriftRule) -> Bool {
    if let kinds, let others = other.kinds, kinds.isDisjoint(with: others) { return false }
    guard let columns, let others = other.columns else { return true }
    return columns.contains { one in others.contains { $0.name.isSame(as: one.name) } }
  }
}
