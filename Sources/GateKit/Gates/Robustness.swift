package import GateCore

/// Whether the candidate's answers stand when what they should not depend on changes.
package struct RobustnessGate: Gate {
  package static let id = "robustness"
  package static let summary =
    "Limits the share of rows that a changed column has decided otherwise."
  package static let example = """
    - gate: robustness
      confidence: 0.95
      slices: all
      tests:
        - {test: noise, columns: [income, debt], deviations: 0.1, max_flips: 0.02}
        - {test: case, columns: [purpose], max_flips: 0}
        - {test: never_raises, columns: [income], max_flips: 0.01}
    """

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter(
        "tests", "What is changed, and how many rows may be decided otherwise.",
        .list(
          .record([
            Parameter(
              "test", "What is done to the column.",
              .choice(RobustnessTest.allCases.map(\.rawValue)), required: true),
            Parameter(
              "columns", "The columns, each by itself.", .list(.text),
              required: true),
            Parameter(
              "deviations",
              "Standard deviations; default: 0.1, in one direction 1.",
              .number(0.000001...1000)),
            Parameter(
              "tolerance", "How far a score may move.",
              .number(0...Double.greatestFiniteMagnitude)),
            Parameter(
              "max_flips", "The largest share of rows that may be decided otherwise.",
              .number(0...1)),
            Parameter(
              "max_increase", "How much higher than the champion's it may be.", .number(0...1)),
          ])), required: true),
      FlipShare.confidence,
      GateSettings.sliceParameter,
    ]
  }

  /// One test of one column.
  struct Request: Asked {
    typealias Answer = Result<[Bool?], Diagnostic>
    let test: RobustnessTest
    let column: String
    let deviations: Double
    /// Nil: a row counts when it is decided otherwise.
    let tolerance: Double?
    var role = Role.candidate

    /// What is asked of the share of rows that count.
    struct Limits: Sendable {
      let most: Double?
      let increase: Double?
      let mark: Mark
    }
  }

  private let id: String
  private let requests: [(request: Request, limits: Request.Limits)]
  private let slices: [(slice: Slice, mark: Mark)]
  private let confidence: Double?

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    confidence = settings.node["confidence"]?.number
    var mistakes: [Diagnostic] = []
    var requests: [(request: Request, limits: Request.Limits)] = []
    for item in settings.node["tests"]?.items ?? [] {
      guard let test = item["test"]?.text.flatMap(RobustnessTest.init) else { continue }
      mistakes += Self.mistakes(item, test, settings)
      let limits = Request.Limits(
        most: item["max_flips"]?.number, increase: item["max_increase"]?.number,
        mark: (item["test"] ?? item).mark)
      for name in item["columns"]?.items?.compactMap(\.text) ?? [] {
        let request = Request(
          test: test, column: name,
          deviations: item["deviations"]?.number ?? (test.isDirectional ? 1 : 0.1),
          tolerance: item["tolerance"]?.number ?? (test.isDirectional ? 0 : nil))
        if requests.contains(where: {
          $0.request.test == test && $0.request.column.isSame(as: name)
        }) {
          mistakes.append(
            Diagnostic(
              "'\(test.rawValue)' is asked of '\(name)' twice", at: limits.mark,
              hint: "remove one of the two, or put it in a gate of its own"))
        }
        requests.append((request, limits))
      }
    }
    var named: [(slice: Slice, mark: Mark)] = []
    do throws(Diagnostic) { named = try settings.slices(settings.node["slices"]) } catch {
      mistakes.append(error)
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    (self.requests, slices) = (requests, named)
  }

  /// What is wrong with one test.
  private static func mistakes(
    _ item: Node, _ test: RobustnessTest, _ settings: GateSettings
  ) -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    func refuse(_ message: String, _ mark: Mark?, _ hint: String) {
      mistakes.append(Diagnostic(message, at: mark ?? item.mark, hint: hint))
    }
    if item["max_flips"] == nil, item["max_increase"] == nil {
      refuse(
        "'\(test.rawValue)' has no limit, so it would judge nothing", item.mark,
        "add one, as max_flips: 0.02")
    }
    if item["max_increase"] != nil, !settings.hasChampion {
      refuse(
        "'max_increase' compares with a champion, and 'models' names none",
        item.key("max_increase")?.mark, "add 'models.champion', or use 'max_flips'")
    }
    if let key = item.key("deviations"), !test.takesDeviations {
      refuse(
        "'\(test.rawValue)' moves nothing by standard deviations", key.mark, "remove 'deviations'")
    }
    let hasScores = [.binary, .regression, .ranking].contains(settings.task)
    if test.isDirectional || item["tolerance"] != nil, !hasScores {
      refuse(
        "a \(settings.task.rawValue) task has no one score that could go a way", item.mark,
        "leave out 'tolerance', and tests of a direction")
    }
    if [.regression, .ranking].contains(settings.task), !test.isDirectional,
      item["tolerance"] == nil
    {
      refuse(
        "a \(settings.task.rawValue) task decides nothing, so 'tolerance' must say how far a score may move",
        item.mark, "add it, as tolerance: 0.1")
    }
    return mistakes
  }

  package var needs: Needs {
    var needs = Needs(
      slices: slices.map(\.slice), tables: ["holdout"],
      runs: requests.map { request, limits in
        "scores \(limits.increase == nil ? "the candidate" : "both models") with '\(request.column)' changed: "
          + request.test.summary
      })
    needs.sliceMarks = Dictionary(slices.map { ($0.slice, $0.mark) }) { first, _ in first }
    return needs
  }

  package var plan: [String] {
    let groups = slices.map(\.slice.name).unique.joined(separator: "; ")
    return requests.map { request, limits in
      let words = [
        limits.most.map { "max_flips \($0.brief)" },
        limits.increase.map { "max_increase \($0.brief)" },
      ].compactMap(\.self).joined(separator: ", ")
      return "\(request.test.rawValue)/\(request.column): \(words)"
        + (groups.isEmpty ? "" : ", also on \(groups)")
    }
  }

  package func measure(on bench: Workbench) async throws -> RobustnessMeasurement {
    let evidence = await bench.evidence(needs)
    var found: [(Result<[Bool?], Diagnostic>, Result<[Bool?], Diagnostic>?)] = []
    for (request, limits) in requests {
      let mine = await bench.changedRows(request)
      var champion: Result<[Bool?], Diagnostic>?
      if limits.increase != nil {
        var other = request
        other.role = .champion
        champion = await bench.changedRows(other)
      }
      found.append((mine, champion))
    }
    return RobustnessMeasurement(
      rows: found,
      slices: try slices.map { (named) throws(Diagnostic) in try evidence.rows(of: named.slice) },
      clusters: bench.clusters)
  }

  package func judge(_ measured: RobustnessMeasurement, in family: ErrorFamily?) -> [Check] {
    zip(requests, measured.rows).flatMap { asked, found in
      measured.judge(
        asked.request, asked.limits, found.candidate, found.champion, gate: id,
        confidence: confidence)
    }
  }
}
