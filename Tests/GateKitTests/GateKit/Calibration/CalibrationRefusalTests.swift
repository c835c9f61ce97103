import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What a manifest may not ask of the calibration gate.
@Suite struct CalibrationRefusalTests {
  /// The mistakes of a calibration gate.
  private static func mistakes(
    _ body: KeyValuePairs<String, Any>, task: TaskKind = .binary, hasChampion: Bool = true
  ) -> String {
    do throws(Diagnostics) {
      _ = try CalibrationGate(
        CalibrationGateTests.settings(body, task: task, hasChampion: hasChampion))
      return ""
    } catch { return error.all.map { "\($0.message); \($0.hint ?? "")" }.joined(separator: "\n") }
  }

  @Test func `what could not be judged is refused`() {
    func metric(_ id: String, _ limits: KeyValuePairs<String, Any>) -> Any {
      RunTests.pairs([id: limits])
    }
    let error = "expected_calibration_error"
    #expect(Self.mistakes(["gate": "calibration"], task: .regression).contains("is regression"))
    #expect(
      Self.mistakes(["metrics": metric(error, ["max_drop": 0.1])], hasChampion: false)
        .contains("'models' names none"))
    #expect(
      Self.mistakes(["consistency": 0.9, "metrics": metric("log_loss", ["max": 0.1])])
        .contains("no metric here has one; it is for adaptive_calibration_error, brier_reliability")
    )
    #expect(
      Self.mistakes(["consistency": 0.9, "metrics": metric(error, ["max": 0.1, "min": 0])])
        .contains("other limits too"))
    #expect(
      Self.mistakes([
        "consistency": 0.9,
        "metrics": metric(error, ["max": 0.1, "confidence": 0.9]),
      ]).contains("two ways to judge the 'max' of 'expected_calibration_error'; remove one"))
    #expect(
      Self.mistakes(
        ["consistency": 0.9, "metrics": metric("brier_reliability", ["max": 0.1])],
        task: .multiclass
      ).contains(
        "it is for expected_calibration_error, logistic_calibration_error, maximum_calibration_error"
      ))
    #expect(
      Self.mistakes(["consistency": 0.999, "replicates": 500])
        .contains("'replicates: 999' or more"))
    #expect(Self.mistakes(["resampling": "stratified"]).contains("'resampling' is for limits"))
    #expect(
      Self.mistakes(["by": "all"]).contains(
        "'by: all' asks for the declared slices, and there are none"))
    #expect(
      Self.mistakes(["by": [["sex"]]]).contains(
        "here is 'sex' alone; write sex without its own brackets"))
    #expect(Self.mistakes(["by": [["sex", "sex"]]]).contains("here one stands twice"))
    #expect(Self.mistakes(["by": ["sex", "sex"]]).contains("'sex' stands twice under 'by'"))
    #expect(Self.mistakes(["consistency": 0.999, "replicates": 999]).isEmpty)
  }
}
