package import GateCore
package import GateDrift

/// The current rows against the reference: features, labels, predictions, and the table as a whole.
package struct DriftGate: Gate {
  package static let id = "drift"
  package static let summary =
    "Holds the current rows against the reference the model was trained on: what has moved, and not by chance."
  package static let example = """
    - gate: drift
      features: {psi: {max: 0.2}, and: {ks: {min_p_value: 0.01}, chi_square: {min_p_value: 0.01}}}
      columns: [age, income, region]
      share_drifted: {max: 0.3}
      prediction: {jensen_shannon: {max: 0.1}}
    """

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter(
        "features",
        "Tests of columns; without any here, those under 'standard', each of an effect that chance does not explain; "
          + "none: no feature is a check of its own.",
        .either([DriftRule.shape(choosesColumns: true), .choice([DriftGateRequest.noFeatures])])),
      Parameter(
        "standard",
        "The tests that hold where 'features' is not written: each can have other limits, or be false.",
        DriftRule.standardShape),
      Parameter("columns", "The columns; without them, the candidate's features.", .list(.text)),
      Parameter(
        "kinds", "Columns that are taken as another kind than their type says.",
        .map(keys: "column", .choice(DriftKind.allCases.map(\.rawValue)))),
      Parameter(
        "share_drifted", "How many of the features may have drifted.",
        .record([
          Parameter("max", "The largest share that passes.", .number(0...1), required: true)
        ])),
      Parameter(
        "prediction", "Tests of what the candidate predicts.",
        DriftRule.shape(choosesColumns: false)),
      Parameter("label", "Tests of the label.", DriftRule.shape(choosesColumns: false)),
      Parameter("table", "Tests of all features together.", DriftRule.tableShape),
      DriftPeriods.parameter,
      Parameter(
        "min_rows", "Rows with a value that both sides must have for a test to tell anything.",
        .integer(1...Int.max), standard: "100"),
    ]
  }

  package static let errorControl = ErrorControl.parameter(
    "How the number of p-values that limits are on is corrected for.",
    standard: DriftGateRequest.standardControl)

  private let id: String
  private let request: DriftGateRequest

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    request = try DriftGateRequest(settings)
  }

  package var needs: Needs {
    Needs(
      tables: ["reference", "current"], models: request.prediction != nil, runs: request.runs)
  }

  package var plan: [String] { request.plan }

  /// `error_control` is for the p-values of its tests.
  package var hasConfidence: Bool { true }

  package func measure(on bench: Workbench) async throws -> DriftTrials {
    try await DriftMeasuring(gate: id, request: request, bench: bench).trials()
  }

  package func judge(_ trials: DriftTrials, in family: ErrorFamily?) throws -> [Check] {
    try DriftJudgement(gate: id, request: request).checks(trials)
  }
}
