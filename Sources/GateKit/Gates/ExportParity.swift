package import GateCore

/// Whether another file of the same model answers as the candidate does.
package struct ExportParityGate: Gate {
  package static let id = "export_parity"
  package static let summary =
    "Limits how far the answers of another file of the candidate differ."
  package static let example = """
    - gate: export_parity
      from: models/candidate.onnx
      features: [income, age, region]
      max_difference: 0.00001
      max_flips: 0.001
      slices: all
    """

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter("from", "The same model in another format.", .text, required: true),
      Parameter("features", "The inputs in order; default: what the model names.", .list(.text)),
      Parameter(
        "derive", "Columns as SQL over the row, in order; each may use those before it.",
        .map(keys: "column", .sql)),
    ] + AnswerLimits.parameters + [
      FlipShare.confidence,
      GateSettings.sliceParameter,
    ]
  }

  private let id: String
  private let other: OtherModel
  private let limits: AnswerLimits
  private let slices: [(slice: Slice, mark: Mark)]
  private let mark: Mark

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    let node = settings.node
    mark = (node["from"] ?? node).mark
    other = OtherModel(node)
    limits = try AnswerLimits(settings)
    do throws(Diagnostic) { slices = try settings.slices(node["slices"]) } catch {
      throw Diagnostics([error])
    }
    let names = node["features"]?.items?.compactMap(\.text) ?? []
    if let twice = names.first(where: { name in names.count { $0.isSame(as: name) } > 1 }) {
      throw Diagnostics([
        Diagnostic(
          "'features' names '\(twice)' twice", at: node["features"]?.mark,
          hint: "name every input once, in the order the model was trained with")
      ])
    }
  }

  package var needs: Needs {
    var needs = Needs(
      slices: slices.map(\.slice), tables: ["holdout"],
      runs: ["scores the holdout with '\(other.uri)'"])
    needs.sliceMarks = Dictionary(slices.map { ($0.slice, $0.mark) }) { first, _ in first }
    return needs
  }

  package var plan: [String] {
    let groups = slices.map(\.slice.name).unique.joined(separator: "; ")
    return limits.words.map { $0 + (groups.isEmpty ? "" : ", also on \(groups)") }
  }

  /// How the other file's answers differ, and what that file is.
  package struct Parity: Sendable {
    let changes: AnswerChanges
    let slices: [SlicedRows]
    let clusters: [Int32]?
    let record: [JSON.Member]
  }

  package func measure(on bench: Workbench) async throws -> Parity {
    let own = try await bench.answers(.candidate)
    let scored = try await bench.answers(of: other, at: mark)
    let threshold = bench.threshold(of: .candidate)
    let evidence = await bench.evidence(needs)
    return Parity(
      changes: try AnswerChanges(
        scored.answers, own, task: bench.task, width: max(1, bench.classes.count),
        thresholds: (threshold, threshold)),
      slices: try slices.map { (named) throws(Diagnostic) in try evidence.rows(of: named.slice) },
      clusters: bench.clusters, record: scored.record)
  }

  package func judge(_ parity: Parity, in family: ErrorFamily?) -> [Check] {
    limits.judge(
      parity.changes, id: id, gate: id, opening: "", slices: parity.slices,
      clusters: parity.clusters
    ).map { check in
      var check = check
      check.evidence["other"] = .object(parity.record)
      return check
    }
  }
}

/// A file that is scored beside the models of the manifest.
struct OtherModel: Asked {
  typealias Answer = Result<Scored, Diagnostic>
  let uri: String
  let features: [String]?
  /// Inputs and their SQL, in turn.
  let derive: [[String]]

  /// What it answers on the holdout, and what it is, for the record.
  struct Scored: Sendable {
    let answers: Predictions
    let record: [JSON.Member]
  }

  /// Reads what a gate says of it.
  init(_ node: Node) {
    uri = node["from"]?.text ?? ""
    features = node["features"]?.items?.compactMap(\.text)
    derive = (node["derive"]?.pairs ?? []).map { [$0.key.text ?? "", $0.value.text ?? ""] }
  }

  /// The model to score: what the candidate is scored as, from this file and with these inputs.
  func source(_ artifact: Artifact, beside candidate: ModelSource) -> ModelSource {
    var source = candidate
    (source.artifact, source.runtime, source.features) = (artifact, nil, features)
    source.derive = derive.map { ($0[0], $0[1]) }
    source.options = ModelOptions(mayReadLabel: candidate.options.mayReadLabel)
    source.plugin = nil
    return source
  }
}

extension Workbench {
  /// What another file answers on the holdout; throws why that is not known, said to stand at `mark`.
  func answers(of other: OtherModel, at mark: Mark) async throws(Diagnostic) -> OtherModel.Scored {
    try await once(other) {
      Result { try scored(other) }.mapError { error in
        var mistake = Diagnostic.of(error)
        mistake.message = "scoring '\(other.uri)': \(mistake.message)"
        mistake.hint = mistake.hint?.replacing("models.candidate", with: "this gate")
        return mistake
      }
    }.mapError { $0.at(mark) }.get()
  }

  /// Finds the file, scores it and holds it to its digest.
  private func scored(_ other: OtherModel) throws -> OtherModel.Scored {
    let candidate = try scoredModel(.candidate, for: "holding it against another file")
    var artifact = try backends.resolve(other.uri, .model)
    if artifact.sha256.isEmpty, let file = artifact.files.first {
      artifact.files = [try backends.hash(file)]
      artifact.sha256 = artifact.files[0].sha256
    }
    let answers = try backends.score(
      other.source(artifact, beside: candidate), try table("holdout"))
    for file in artifact.files { try backends.confirm(file) }
    return OtherModel.Scored(
      answers: answers,
      record: [
        JSON.Member("uri", .string(artifact.uri)), JSON.Member("sha256", .string(artifact.sha256)),
        JSON.Member("runtime", .string("\(answers.runtime) \(answers.runtimeVersion)")),
      ])
  }
}
