import GateKit
import Testing

@testable import GateBackends

@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct PredictionsFileTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// Reads predictions with the files' contents given.
  private func read(
    _ holdout: String, _ scores: String, id: String? = "id",
    _ content: PredictionsRequest.Content = .score("p"), range: ClosedRange<Double>? = 0...1
  ) throws -> Predictions {
    let rows = try fixture.write("h.csv", holdout)
    let file = try fixture.write("s.csv", scores)
    let database = try fixture.open([
      (TableSource(name: "holdout", path: rows), [rows]),
      (TableSource(name: "scores", path: file), [file]),
    ])
    return try readPredictions(
      PredictionsRequest(
        role: .candidate, table: "scores", file: "s.csv", holdoutFile: "h.csv", id: id,
        content: content, range: range), in: database)
  }

  /// The scores of some predictions.
  private func scores(_ predictions: Predictions) -> [Double] {
    if case .scores(let values) = predictions.values { values } else { [] }
  }

  @Test func joins() throws {
    #expect(try scores(read("id\n1\n2\n3\n", "id,p\n1,0.1\n2,0.2\n3,0.3\n")) == [0.1, 0.2, 0.3])
    #expect(try scores(read("id\n3\n1\n2\n", "id,p\n1,0.1\n2,0.2\n3,0.3\n")) == [0.3, 0.1, 0.2])
    #expect(try scores(read("id\na\nb\n", "p,id\n0,b\n1,a\n")) == [1, 0])
    #expect(try scores(read("id\n1.5\n2\n", "id,p\n2,0.2\n1.50,0.1\n")) == [0.1, 0.2])
    #expect(try scores(read("id\n3\n1\n", "p\n0.5\n0.25\n", id: nil)) == [0.5, 0.25])
  }

  /// Contents that cannot be joined or are no scores, and what the message says of them.
  static let mistakes: [(holdout: String, scores: String, says: String)] = [
    (
      "id\n1\n2\n3\n4\n5\n6\n7\n8\n", "id,p\n1,0.1\n",
      "'s.csv' lacks 7 ids of 'h.csv': '2', '3', '4', '5', '6', …"
    ),
    ("id\n1\n", "id,p\n1,0.1\n9,0.2\n", "'s.csv' has 1 id that 'h.csv' lacks: '9'"),
    ("id\n1\n2\n", "id,p\n2,0.1\n2,0.2\n", "'s.csv' has 1 id in more than one row: '2'"),
    ("id\n1\n1\n", "id,p\n1,0.1\n1,0.2\n", "'h.csv' has 1 id in more than one row: '1'"),
    ("id,x\n1,1\n,1\n", "id,p\n1,0.1\n2,0.2\n", "is null in 1 row of 'h.csv', first in row 2"),
    ("id\n1\n2\n", "id,p\n,0.1\n,0.2\n", "is null in 2 rows of 's.csv', first in row 1"),
    ("id\n1\n", "id,p\nx,0.1\n", "is a number (BIGINT) in 'h.csv' and text in 's.csv'"),
    (
      "id\n0.1234567890123456\n", "id,p\n0.1234567890123456,0.1\n",
      "is 0.1234567890123456 in row 1 of 'h.csv' (DOUBLE), and other ids may have become the same"
    ),
    ("id\n1\n2\n", "id,p\n1,0.1\n2.5,0.2\n", "lacks 1 id of 'h.csv': '2'"),
    (
      "id\n1\n", "key,p\n1,0.1\n",
      "'s.csv' has no column 'id', which the holdout's rows are named by; it has key, p"
    ),
    ("id\n2\n1\n", "id,p\n1,\n2,0.1\n", "is null in row 1 (id '1'), and so wrong in 1 row"),
    ("id\n1\n2\n", "id,p\n1,nan\n2,nan\n", "is null in row 1 (id '1'), and so wrong in 2 rows"),
    ("id\n1\n2\n", "id,p\n1,0\n2,-inf\n", "is -inf in row 2 (id '2')"),
    (
      "id\n1\n2\n", "id,p\n1,true\n2,false\n",
      "column 'p' of 's.csv' holds true and false; scores were wanted"
    ),
    (
      "id\n1\n2\n", "id,p\n1,0\n2,1.5\n",
      "is 1.5 in row 2 (id '2'), and so wrong in 1 row; a probability"
    ),
    ("id\n1\n", "id,p\n1,high\n", "column 'p' of 's.csv' is not a number"),
  ]

  @Test(arguments: mistakes)
  func mistake(_ holdout: String, _ scores: String, _ says: String) throws {
    let found = diagnostic { _ = try read(holdout, scores) }
    #expect(found.message.contains(says), "\(found.message)")
  }

  @Test func rowsMustAgreeWithoutAnID() throws {
    let found = diagnostic { _ = try read("id\n1\n2\n", "p\n0.1\n", id: nil) }
    #expect(
      found.message.hasPrefix(
        "'s.csv' has 1 row of predictions, and the holdout 'h.csv' has 2 rows"))
  }

  @Test func rangeIsAParameter() throws {
    #expect(try scores(read("id\n1\n", "id,p\n1,250\n", range: nil)) == [250])
    #expect(
      diagnostic { _ = try read("id\n1\n", "id,p\n1,250\n", range: 0...10) }.message
        .contains("a number from 0.0 to 10.0 was wanted"))
  }

  @Test func multiclass() throws {
    let content = PredictionsRequest.Content.probabilities([("low", "l"), ("high", "h")])
    let good = try read("id\n2\n1\n", "id,h,l\n1,0.75,0.25\n2,0.5,0.5\n", content)
    guard case .probabilities(let values) = good.values else { return #expect(Bool(false)) }
    #expect(values == [0.5, 0.5, 0.25, 0.75])
    let bad = diagnostic { _ = try read("id\n2\n1\n", "id,h,l\n1,0.75,0.5\n2,0.5,0.5\n", content) }
    #expect(bad.message.contains("sum to 1.25 in row 1 (id '1'); 1 within 0.001 was wanted"))
  }

  @Test func decisions() throws {
    let content = PredictionsRequest.Content.decisions(column: "c", classes: ["0", "1"])
    let good = try read("id\n2\n1\n", "id,c\n1,0\n2,1\n", content)
    guard case .decisions(let values) = good.values else { return #expect(Bool(false)) }
    #expect(values == [1, 0])
    let bad = diagnostic { _ = try read("id\n2\n1\n", "id,c\n1,0\n2,7\n", content) }
    #expect(bad.message.contains("is '7' in row 2 (id '2')") && bad.message.contains("one of 0, 1"))
  }
}
