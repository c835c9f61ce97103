package import GateCore

/// Tests that a manifest asks of some columns, and what must be broken besides for any of them to fail.
///
/// Effect and significance are both wanted where a person is to be woken: `{psi: {max: 0.2}, and: {ks: {min_p_value:
/// 0.01}}}` fails a column whose index is above 0.2 only where chance does not explain it.
package struct DriftRule: Sendable {
  /// Nil: every feature.
  package var columns: [(name: String, mark: Mark)]?
  /// Nil: columns of any kind that a test fits.
  package var kinds: Set<DriftKind>?
  /// Columns of numbers that it takes, by the reference's distinct values; nil: their kind decides.
  package var numbers: ClosedRange<Int>?
  /// Whether what both sides look like is shown only where it fails, for another rule shows it anyway.
  var isDetail = false
  package var requests: [DriftRequest]
  /// Those that fit a column must be broken as well.
  package var conditions: [DriftRequest]
  package var blocking: Bool
  package var mark: Mark

  /// Whether the rule is meant for columns of a kind; of numbers, with so many distinct values in the reference.
  package func takes(_ kind: DriftKind, distinct: Int) -> Bool {
    if kind == .number, let numbers { return numbers.contains(distinct) }
    return kinds?.contains(kind) ?? true
  }

  /// As the plan shows it.
  package var words: String {
    requests.map(\.words).joined(separator: ", ")
      + (conditions.isEmpty
        ? "" : ", and \(conditions.map(\.words).joined(separator: ", "))")
  }
}

extension DriftRule {
  /// What a manifest may write where columns are tested.
  package static func shape(choosesColumns: Bool) -> Shape {
    let tests = DriftTests.all.filter { !$0.measure.kinds.isEmpty }
    let choice = [
      Parameter("columns", "Only these columns.", .list(.text)),
      Parameter(
        "kinds", "Only columns of these kinds.", .list(.choice(DriftKind.allCases.map(\.rawValue)))),
    ]
    let record = Shape.record(
      parameters(of: tests) + (choosesColumns ? choice : []))
    return choosesColumns ? .either([record, .list(record)]) : record
  }

  /// What a manifest may write where all features are tested together.
  package static var tableShape: Shape {
    .record(parameters(of: DriftTests.all.filter(\.isOfTable)))
  }

  private static func parameters(of tests: [DriftTest]) -> [Parameter] {
    let each = tests.map(\.parameter)
    return each + [
      Parameter(
        "and", "Tests that must be broken as well for any other to fail.", .record(each)),
      Parameter("blocking", "Whether it can block the merge.", .boolean, standard: "true"),
    ]
  }

  /// Reads what stands under a key: one rule, or a list of them; gathers the mistakes.
  package static func read(
    _ node: Node, hasPeriods: Bool, _ mistakes: inout [Diagnostic]
  ) -> [DriftRule] {
    (node.items ?? [node]).map { DriftRule($0, hasPeriods: hasPeriods, &mistakes) }
  }

  private init(_ node: Node, hasPeriods: Bool, _ mistakes: inout [Diagnostic]) {
    func requests(_ node: Node?) -> [DriftRequest] {
      (node?.pairs ?? []).compactMap { pair in
        guard let test = pair.key.text.flatMap(DriftTests.named) else { return nil }
        do throws(Diagnostic) {
          return try DriftRequest(test, pair, hasPeriods: hasPeriods)
        } catch {
          mistakes.append(error)
          return nil
        }
      }
    }
    let before = mistakes.count
    columns = node["columns"]?.items?.map { ($0.text ?? "", $0.mark) }
    kinds = (node["kinds"]?.items?.compactMap(\.text).compactMap { DriftKind(rawValue: $0) }).map {
      Set($0)
    }
    blocking = node["blocking"]?.boolean ?? true
    mark = node.mark
    self.requests = requests(node)
    conditions = requests(node["and"])
    guard mistakes.count == before else { return }
    if self.requests.isEmpty {
      mistakes.append(
        Diagnostic(
          "there is no drift test here, so nothing would be judged", at: node.mark,
          hint: "add one, such as psi: {max: 0.2}; 'gatewright list drift-tests' shows them"))
    }
    if node["and"] != nil, conditions.isEmpty {
      mistakes.append(
        Diagnostic("'and' has no drift test, so it says nothing", at: node.key("and")?.mark))
    }
  }
}

extension DriftTest {
  /// Whether it is measured on all features together.
  var isOfTable: Bool { measure.kinds.isEmpty }
}
