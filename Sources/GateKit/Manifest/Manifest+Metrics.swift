package import GateCore
import GateMetrics

extension Manifest {
  /// What may stand under the manifest's own `metrics`.
  static let metricsShape = Shape.map(
    keys: "metric",
    .either([
      .text,
      .record([
        Parameter(
          "formula",
          "Arithmetic (+ - * / ^, min, max, abs, sqrt, log, exp) over tp, fp, fn, tn, n and metrics.",
          .text),
        Parameter("use", "The folder of a metric plugin, in place of a formula.", .text),
        Parameter(
          "with", "What the plugin is told, by the parameters of its metric.yaml.",
          .map(keys: "parameter", .either([.value, .list(.value), .map(keys: "key", .value)]))),
        Parameter("unit", "What stands behind the value in messages: EUR.", .text),
        Parameter(
          "direction", "Which values are the better ones; wanted by limits that ask for them.",
          .choice(Metric.Direction.allCases.map(\.word)), standard: "neither"),
        Parameter("summary", "One sentence on what it is.", .text),
      ]),
    ]))
}

extension ManifestReader {
  /// The manifest's own metrics, in order; each may be made of those before it.
  ///
  /// One with a mistake is kept without a value, so that a gate that names it is no second mistake.
  package mutating func metrics(_ node: Node?) -> [Metric] {
    var metrics: [Metric] = []
    let declared = node?.pairs?.compactMap(\.key.text) ?? []
    for pair in node?.pairs ?? [] {
      let id = pair.key.text ?? ""
      refuseName(id, pair.key)
      if pair.value["use"] != nil {
        if let metric = program(id, pair) { metrics.append(metric) }
        continue
      }
      if pair.value.pairs != nil, pair.value["formula"] == nil {
        refuse(
          "the metric '\(id)' has neither a 'formula' nor a plugin to 'use'", pair.key,
          hint: "give it a 'formula', or under 'use' the folder of a metric plugin")
        continue
      }
      let formula = pair.value["formula"] ?? pair.value
      let derived = derived(formula, among: metrics, declared: declared, own: id)
      metrics.append(metric(id, pair, derived, formula: formula.text ?? ""))
    }
    return metrics
  }

  /// A metric of the manifest's own that no gate names, nor the formula of one that is named.
  ///
  /// Where there are mistakes already, what a mistaken one would have named is not known.
  mutating func refuseUnused(_ metrics: [Metric], _ node: Node?, by gates: Node?) {
    guard mistakes.isEmpty else { return }
    var used: Set<String> = []
    for gate in gates?.items ?? [] {
      let asked = gate["metrics"]
      used.formUnion((asked?.pairs ?? []).compactMap(\.key.text))
      used.formUnion((asked?.items ?? []).compactMap { $0["metric"]?.text })
    }
    // A formula names only metrics declared before its own.
    for metric in metrics.reversed() {
      if used.contains(metric.id) {
        used.formUnion((try? Expression(metric.formula))?.names.map(\.text) ?? [])
      } else {
        refuse(
          "no gate judges the metric '\(metric.id)', so its formula is never asked for",
          node?.key(metric.id),
          hint: "put it under the 'metrics' of a gate with a limit, or remove it")
      }
    }
  }

  /// The definition of a metric that a manifest declares.
  private func metric(
    _ id: String, _ pair: Node.Pair, _ derived: DerivedMetric?, formula: String
  ) -> Metric {
    let word = pair.value["direction"]?.text
    return Metric(
      id, task: task, summary: pair.value["summary"]?.text ?? "A metric of the manifest's own.",
      direction: Metric.Direction.allCases.first { $0.word == word } ?? .neither,
      range: -.infinity ... .infinity, formula: formula, source: "the manifest",
      parameters: derived?.takesThreshold == true ? [.threshold] : [],
      measure: derived?.measure(task: task)
        ?? .sample { _, _ throws(Undefined) in throw Undefined("its formula has a mistake") },
      examples: [], unit: pair.value["unit"]?.text, isDerived: true)
  }

  /// A name that a formula could not use, or that means something else already.
  private mutating func refuseName(_ id: String, _ key: Node) {
    let isWord = id.unicodeScalars.enumerated().allSatisfy { place, scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
        || place > 0 && ("0"..."9").contains(scalar)
    }
    if id.isEmpty || !isWord {
      refuse(
        "a metric's name is of letters, digits and '_', found \(key.found)", key,
        hint: "a formula could not use another")
    } else if Metrics.all.contains(where: { $0.id == id }) {
      refuse("'\(id)' is a metric already", key, hint: "give the manifest's own another name")
    } else if DerivedMetric.reserved.contains(id) {
      refuse("'\(id)' has a meaning in formulas", key, hint: "give the metric another name")
    }
  }

  /// The formula with what its names stand for; nil, with the mistakes noted, where one means nothing.
  private mutating func derived(
    _ node: Node, among metrics: [Metric], declared: [String], own: String
  ) -> DerivedMetric? {
    // What is no text at all is a mistake of shape.
    guard let text = node.text else { return nil }
    let expression: Expression
    do throws(Expression.Mistake) { expression = try Expression(text) } catch {
      mistakes.append(
        Diagnostic(error.message, at: node.mark(offset: error.offset), hint: error.hint))
      return nil
    }
    if expression.names.isEmpty {
      refuse("the formula names nothing that is measured, so its value is always one", node)
      return nil
    }
    var terms: [String: DerivedMetric.Term] = [:]
    for name in expression.names {
      switch term(name.text, among: metrics, declared: declared, own: own) {
      case .success(let term): terms[name.text] = term
      case .failure(let mistake): mistakes.append(mistake.at(node.mark(offset: name.offset)))
      }
    }
    guard terms.count == expression.names.count else { return nil }
    return DerivedMetric(expression: expression, terms: terms)
  }

  /// What a name stands for: a cell, the rows, a metric of the task, or one declared before.
  private func term(
    _ name: String, among metrics: [Metric], declared: [String], own: String
  ) -> Result<DerivedMetric.Term, Diagnostic> {
    let words = DerivedMetric.terms(task: task)
    if let known = words.first(where: { $0.name == name }) { return .success(known.term) }
    if let metric = metrics.first(where: { $0.id == name }) { return .success(.metric(metric)) }
    let ofTask = Metrics.all.filter { $0.task == task }
    if let metric = ofTask.first(where: { $0.id == name }) {
      guard let refusal = DerivedMetric.refusal(of: metric) else {
        return .success(.metric(metric))
      }
      return .failure(Diagnostic(refusal.message, hint: refusal.hint))
    }
    if name == own {
      return .failure(Diagnostic("the formula of '\(own)' names '\(own)' itself"))
    }
    if declared.contains(name) {
      return .failure(
        Diagnostic(
          "'\(name)' is declared after '\(own)'", hint: "declare a metric before one made of it"))
    }
    let usable = ofTask.filter { DerivedMetric.refusal(of: $0) == nil }
    let names =
      words.map { Naming($0.name) } + (metrics + usable).map { Naming($0.id, $0.aliases) }
    let known = names.map(\.id).joined(separator: ", ")
    return .failure(
      Diagnostic(
        "unknown name '\(name)' in the formula",
        hint: name.hint(among: names).map { "\($0) known here: \(known)" }
          ?? "known here: \(known)"))
  }
}

extension Metric.Direction {
  /// As a manifest has it.
  package var word: String {
    switch self {
    case .higherIsBetter: "higher_is_better"
    case .lowerIsBetter: "lower_is_better"
    case .neither: "neither"
    }
  }
}

extension Node {
  /// The place of a character of a scalar's text: within the line where the scalar stands on one as
  /// it is, else where the scalar begins.
  package func mark(offset: Int) -> Mark {
    guard let text, let line = mark.excerpt else { return mark }
    let rest = line.unicodeScalars.dropFirst(mark.column - 1)
    let scalars = text.unicodeScalars
    for quote in 0...1 where rest.dropFirst(quote).starts(with: scalars) {
      return Mark(source: mark.source, line: mark.line, column: mark.column + quote + offset)
    }
    return mark
  }
}
