package import GateCore

/// What a gate asks of the search for slices on which the candidate is worse.
package struct DiscoveryRequest: Sendable {
  /// Columns to cut slices from; empty: what the candidate takes.
  package let columns: [(name: String, mark: Mark)]
  /// The fewest rows of a slice.
  let minRows: Int
  /// The most conditions of a slice.
  package let depth: Int
  /// The chance, at most, that any slice is named on which no more is lost.
  package let level: Double
  /// How much more must be lost; nil: by the loss and the metric's margin.
  let minEffect: Double?
  /// Slices that are put to the test.
  package let most: Int
  /// What the halves depend on.
  package let seed: UInt64
  /// The metric that says what a row loses; nil: the task's own loss does.
  package let metric: MetricRequest<Metric>?
  /// Whether the champion is what the candidate is held against.
  package let comparesModels: Bool
  /// Where it is asked for.
  package let mark: Mark

  /// The part of its check's id after the gate's.
  package static let id = "discovered"

  /// What a gate may write.
  package static let parameter = Parameter(
    "discover",
    "Search for slices where the model is worse, on half of the rows, and test those found on the "
      + "other half.",
    .either([
      .boolean,
      .record([
        Parameter(
          "columns", "The columns; without them, the candidate's features.", .list(.text)),
        Parameter(
          "metric", "The check of this gate whose loss of each row is compared.", .text),
        Parameter(
          "min_rows", "The fewest rows of a slice.", .integer(20...Int.max), standard: "100"),
        Parameter("depth", "The most conditions of a slice.", .integer(1...3), standard: "2"),
        Parameter(
          "level", "The chance of naming any slice without cause, at most.", .number(0.0001...0.5),
          standard: "0.05"),
        Parameter(
          "min_effect", "How much more must be lost on a slice, in the loss's own unit.",
          .number(0...Double.greatestFiniteMagnitude)),
        Parameter(
          "most", "Slices that are put to the test.", .integer(1...1000), standard: "20"),
        Parameter("seed", "What the halves depend on.", .integer(0...Int.max), standard: "0"),
      ]),
    ]), standard: "false")

  /// Reads what stands under `discover`, nil where nothing is asked for; throws every mistake.
  package init?(
    _ settings: GateSettings, beside requests: [MetricRequest<Metric>], comparesModels: Bool
  ) throws(Diagnostics) {
    guard let node = settings.node["discover"], node.boolean != false else { return nil }
    let key = settings.node.key("discover")?.mark ?? node.mark
    if settings.task == .ranking {
      throw Diagnostics([
        Diagnostic(
          "'discover' cuts slices from rows, and a ranking is judged by queries", at: key,
          hint: "remove it, or name slices under 'slices'")
      ])
    }
    if let other = requests.first(where: { $0.id == Self.id }) {
      throw Diagnostics([
        Diagnostic(
          "there are two checks '\(settings.id)/\(Self.id)', this one and that of 'discover'",
          at: other.mark, hint: "give it an 'id' of its own")
      ])
    }
    do throws(Diagnostic) { metric = try Self.metric(node["metric"], requests) } catch {
      throw Diagnostics([error])
    }
    columns = node["columns"]?.items?.map { ($0.text ?? "", $0.mark) } ?? []
    minRows = node["min_rows"]?.integer ?? 100
    depth = node["depth"]?.integer ?? 2
    level = node["level"]?.number ?? 0.05
    minEffect = node["min_effect"]?.number
    most = node["most"]?.integer ?? 20
    seed = UInt64(node["seed"]?.integer ?? 0)
    mark = key
    self.comparesModels = comparesModels
    for (place, column) in columns.enumerated()
    where columns[..<place].contains(where: { $0.name.isSame(as: column.name) }) {
      throw Diagnostics([Diagnostic("'\(column.name)' is named twice", at: column.mark)])
    }
  }

  /// The metric that is named, else the first that is a mean over rows.
  private static func metric(
    _ name: Node?, _ requests: [MetricRequest<Metric>]
  ) throws(Diagnostic) -> MetricRequest<Metric>? {
    guard let name else { return requests.first { $0.rowLoss != nil } }
    guard let request = requests.first(where: { $0.id == name.text }) else {
      throw Diagnostic(
        "there is no check \(name.found) in this gate", at: name.mark,
        hint: "there are: \(requests.map(\.id).joined(separator: ", "))")
    }
    guard request.rowLoss != nil else {
      throw Diagnostic(
        "'\(request.id)' is no mean of a loss of each row, so that no row can be said to lose by it",
        at: name.mark, hint: "leave 'metric' out for the task's own loss")
    }
    return request
  }

  /// A line for what would be judged.
  package var plan: String {
    let names =
      columns.isEmpty ? "the candidate's features" : columns.map(\.name).joined(separator: ", ")
    return "discover: slices of \(minRows) rows or more by at most "
      + "\(depth.counted("condition")) on \(names)"
  }

  /// What it reads.
  package func add(to needs: inout Needs) {
    needs.tables.append("holdout")
    if columns.isEmpty { needs.runs.append("asks the candidate which columns it takes") }
  }
}

extension DiscoveryRequest? {
  /// The needs of a gate's metrics with those of the search, where there is one.
  package func added(to needs: Needs) -> Needs {
    var needs = needs
    self?.add(to: &needs)
    return needs
  }

  /// The check of the search, where there is one.
  func judge(gate: String, _ searched: SearchedEvidence) async -> [Check] {
    guard let self, let columns = searched.columns else { return [] }
    return [await self.judge(gate: gate, searched.evidence, columns)]
  }
}

/// What a gate that may search for slices measures: what its metrics read, and the columns to cut slices from.
package struct SearchedEvidence: Sendable {
  let evidence: Evidence
  /// Nil: nothing is searched for.
  let columns: Result<DiscoveryColumns, Diagnostic>?

  /// Reads both.
  init(_ needs: Needs, _ discovery: DiscoveryRequest?, on bench: Workbench) async {
    evidence = await bench.evidence(needs)
    guard let discovery else {
      columns = nil
      return
    }
    do throws(Diagnostic) {
      columns = .success(try await DiscoveryColumns(discovery, on: bench))
    } catch { columns = .failure(error) }
  }
}
