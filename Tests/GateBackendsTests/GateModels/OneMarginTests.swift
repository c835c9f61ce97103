import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// Two numbers of which one is the other's negative are one margin.
@Suite struct OneMarginTests {
  /// What becomes of rows of two numbers.
  private func answer(
    _ rows: [[Double]], _ link: ModelOptions.Link?, isSingle: Bool = true
  ) throws -> Predictions.Values {
    var source = Models.source("classes.onnx", task: .binary, classes: ["0", "1"], features: nil)
    source.options = ModelOptions(link: link)
    var description = AnswerDescription()
    description.isSingle = isSingle
    var answers = OutputDecoder(model: source, description: description)
    for (place, row) in rows.enumerated() {
      try answers.append(.numbers(row, width: row.count, labels: nil), from: place)
    }
    return try answers.predictions().values
  }

  @Test func `the hint is sigmoid, and it gives the probability`() throws {
    let rows = [[-2.0, 2], [1, -1]]
    let mistake = diagnostic { _ = try answer(rows, nil) }
    #expect(mistake.hint?.contains("'link: sigmoid'") == true)
    guard case .scores(let scores) = try answer(rows, .sigmoid, isSingle: false) else {
      Issue.record("no scores")
      return
    }
    #expect(abs(scores[0] - 0.8807970779778823) < 1e-12)
    #expect(abs(scores[1] - 0.2689414213699951) < 1e-12)
  }

  @Test func `softmax of it is refused, and taken of two numbers that are two`() throws {
    let mistake = diagnostic { _ = try answer([[-2, 2], [1, -1]], .softmax) }
    #expect(mistake.message.contains("sigmoid(2m)"))
    #expect(mistake.hint?.contains("'link: sigmoid'") == true)
    _ = try answer([[-2, 2], [1, 0.5]], .softmax)
    #expect(
      diagnostic { _ = try answer([[-2, 1.5]], nil) }.hint?.contains("link: softmax") == true)
  }

  @Test func `numbers of single precision are shown as such`() {
    let mistake = diagnostic { _ = try answer([[Double(Float(3.434152)), -1]], nil) }
    #expect(mistake.message.contains("gives 3.434152 for"), "\(mistake.message)")
  }

  @Test(arguments: [2, 3, 4, 5, 9]) func `as many levels are said as there are numbers`(width: Int)
    throws
  {
    var source = Models.source("classes.onnx", task: .regression, classes: [], features: nil)
    source.options = ModelOptions()
    var answers = OutputDecoder(model: source)
    try answers.append(
      .numbers([Double](repeating: 1, count: width), width: width, labels: nil), from: 0)
    let mistake = diagnostic { _ = try answers.predictions() }
    let piece = try #require(HintPieces(mistake.hint ?? "").yaml.first)
    let levels = try parseYAML(Array(piece.utf8), name: "m")["quantiles"]?.items
    let numbers = levels?.compactMap(\.number) ?? []
    #expect(numbers.count == width && numbers.contains(0.5) && numbers == numbers.sorted())
    #expect(Set(numbers).count == width)
  }
}
