import Testing

@testable import GateCore

/// How answers on the same rows differ.
@Suite struct AnswerChangesTests {
  private func changes(
    _ one: Predictions.Values, _ other: Predictions.Values, task: TaskKind = .binary,
    width: Int = 2,
    isSingle: Bool = false, thresholds: (one: Double, other: Double) = (0.5, 0.5)
  ) throws -> AnswerChanges {
    try AnswerChanges(
      Predictions(values: one, runtime: "", isSingle: isSingle),
      Predictions(values: other, runtime: ""), task: task, width: width, thresholds: thresholds)
  }

  @Test func `scores differ by their distance, and flip at the threshold`() throws {
    let found = try changes(.scores([0.2, 0.5, 0.9]), .scores([0.25, 0.49, 0.9]))
    #expect(found.flips == [false, true, false])
    #expect(found.largest?.row == 0)
    #expect(abs((found.largest?.distance ?? 0) - 0.05) < 1e-15)
  }

  @Test func `each side is decided by its own threshold, rounded where its scores are`() throws {
    let single = Double(Float(0.7))
    let found = try changes(
      .scores([single]), .scores([single]), isSingle: true, thresholds: (0.7, 0.7))
    #expect(found.distances == [0])
    #expect(found.flips == [single < 0.7])
    #expect(try changes(.scores([0.6]), .scores([0.6]), thresholds: (0.5, 0.7)).flips == [true])
  }

  @Test func `classes flip where another is the first of the largest`() throws {
    let found = try changes(
      .probabilities([0.4, 0.4, 0.2, 0.1, 0.2, 0.7]),
      .probabilities([0.4, 0.5, 0.1, 0.1, 0.3, 0.6]),
      task: .multiclass, width: 3)
    #expect(found.flips == [true, false])
    #expect(abs((found.distances?[0] ?? 0) - 0.1) < 1e-15)
  }

  @Test func `a label that flips flips its row`() throws {
    let found = try changes(
      .probabilities([0.6, 0.4, 0.6, 0.4]), .probabilities([0.6, 0.4, 0.6, 0.5]), task: .multilabel)
    #expect(found.flips == [false, true])
  }

  @Test func `numbers decide nothing, texts are no numbers`() throws {
    #expect(try changes(.scores([1]), .scores([2]), task: .regression).flips == nil)
    let texts = try changes(.texts(["a", "b"]), .texts(["a", "c"]), task: .text)
    #expect(texts.flips == [false, true] && texts.distances == nil)
  }

  @Test func `a distance that is no number is the largest, and other answers are refused`() throws {
    let found = try changes(.scores([1, .nan, .infinity]), .scores([9, 1, .infinity]))
    #expect(found.largest?.row == 1)
    #expect(found.distances?[2] == 0)
    #expect(throws: Diagnostic.self) { try changes(.scores([1]), .scores([1, 2])) }
    #expect(throws: Diagnostic.self) { try changes(.scores([1]), .decisions([1])) }
  }

  @Test func `answers are put in order, and joined`() throws {
    let rows = Predictions(values: .probabilities([1, 2, 3, 4, 5, 6]), runtime: "")
    guard case .probabilities(let taken) = rows.at([2, 0], of: 3).values else {
      Issue.record("other answers")
      return
    }
    #expect(taken == [5, 6, 1, 2])
    let parts = [0, 1].map { rows.at([$0], of: 3) }
    guard case .probabilities(let whole)? = Predictions(joining: parts)?.values else {
      Issue.record("other answers")
      return
    }
    #expect(whole == [1, 2, 3, 4])
    let text = Predictions(values: .texts(["a"]), runtime: "")
    #expect(Predictions(joining: [rows, text]) == nil)
    #expect(Predictions(joining: []) == nil)
  }
}
