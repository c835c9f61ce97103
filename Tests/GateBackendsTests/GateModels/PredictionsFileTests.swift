import FoundationEssentials
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
    var request = PredictionsRequest(
      role: .candidate, table: "scores", file: "s.csv", holdoutFile: "h.csv", id: id,
      content: content, range: range)
    (request.labels, request.told, request.answers) = (["y", "t"], ["w"], ["p", "old"])
    return try readPredictions(request, in: database)
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

  /// Without an id, columns of one name that say that the rows are others; what is read of each, and what is said.
  static let others: [(holdout: String, scores: String, says: String)] = [
    ("id,y\n1,0\n2,1\n", "id,p\n2,0.1\n1,0.2\n", "'id', which both have, differs in 2 rows"),
    ("loan_id\n1\n2\n", "loan_id,p\n1,0.1\n3,0.2\n", "in row 2 it is '3' and '2'"),
    ("loanId\na\nb\n", "loanId,p\nb,0.1\na,0.2\n", "'loanId', which both have"),
    ("y\n0\n1\n", "y,p\n1,0.1\n0,0.2\n", "'y', which both have, differs in 2 rows"),
    ("t\n1.5\n2.5\n", "t,p\n2.5,0.1\n1.5,0.2\n", "'t', which both have, differs in 2 rows"),
    ("y,w\n0,1\n1,2\n", "w,p\n1,0.1\n2.1,0.2\n", "'w', which both have, differs in 1 row"),
    ("id\n1\n2\n", "id,p\na,0.1\nb,0.2\n", "'id', which both have, differs in 2 rows"),
    ("name\na\nb\n", "name,p\nb,0.1\na,0.2\n", "'name', which both have"),
    ("day\n2026-01-01\n2026-01-02\n", "day,p\n2026-01-02,0.1\n2026-01-01,0.2\n", "'day', which"),
  ]

  @Test(arguments: others) func `rows in another order are refused`(
    _ holdout: String, _ scores: String, _ says: String
  ) throws {
    let found = diagnostic { _ = try read(holdout, scores, id: nil) }
    #expect(found.message.contains(says), "\(found.message)")
    #expect(found.message.contains("are matched one by one"))
  }

  @Test(arguments: [
    // The same, in other types or digits, or with nothing in one.
    ("id,y\n1,0\n2,1\n", "id,y,p\n1,0,0.1\n2,1,0.2\n"),
    ("y,w\n0,1\n1,0.3333333\n", "w,p\n1.0,0.1\n0.33333334,0.2\n"),
    ("y\n0\n1\n", "y,p\n,0.1\n1,0.2\n"),
    ("id\n001\n2\n", "id,p\n1,0.1\n2,0.2\n"), ("column0\n1\n2\n", "column0,p\n2,0.1\n1,0.2\n"),
    // Answers, numbers of rows, values that may well differ, and the column that is read.
    ("prediction\n1\n2\n", "prediction,p\n2,0.1\n1,0.2\n"),
    ("class_id\n1\n2\n", "class_id,p\n2,0.1\n1,0.2\n"),
    ("index\n1\n2\n", "index,p\n2,0.1\n1,0.2\n"), ("age\n1\n2\n", "age,p\n1,0.1\n3,0.2\n"),
    ("income\n1.5\n2.5\n", "income,p\n2.5,0.1\n1.5,0.2\n"), ("p\n1\n0\n", "p\n0\n1\n"),
    // What a model predicted under the label's name, and what the other model answered.
    ("y\n0\n1\n", "y,p\n0.25,0.1\n0.75,0.2\n"), ("t\n1.5\n2.5\n", "t,p\n1.75,0.1\n2.5,0.2\n"),
    ("old\n1\n2\n", "old,p\n2,0.1\n1,0.2\n"),
  ]) func `rows that nothing contradicts are taken`(_ holdout: String, _ scores: String) throws {
    _ = try read(holdout, scores, id: nil)
  }

  @Test func `quantiles do not cross`() throws {
    let content = PredictionsRequest.Content.spread(
      "m", interval: nil, [(0.1, "a"), (0.5, "m"), (0.9, "b")])
    let text = "id,a,m,b\n1,1,2,3\n2,2,2,2\n"
    #expect(try scores(read("id\n1\n2\n", text, content, range: nil)) == [2, 2])
    let bad = diagnostic {
      _ = try read("id\n1\n2\n", "id,a,m,b\n1,4,2,3\n2,4,3,5\n", content, range: nil)
    }
    #expect(
      bad.message.contains(
        "column 'a' of 's.csv' is 4.0 in row 1 (id '1'), and so wrong in 2 rows; a 0.1 quantile that is not above "
          + "the 0.5 quantile 'm'"), "\(bad.message)")
  }

  @Test func `csv keys are for text`() throws {
    let rows = try fixture.copy("SELECT 1 AS id, 0.5 AS p", to: "h.parquet")
    var source = TableSource(name: "holdout", path: rows)
    #expect(try fixture.open([(source, [rows])]).table("holdout").rows == 1)
    source.csv.decimal = 0x2C
    let said = diagnostic { _ = try fixture.open([(source, [rows])]).table("holdout") }
    #expect(said.message.contains("'csv' says how delimited text is written"), "\(said.message)")
  }

  @Test func `a Parquet file that is cut short is said to be`() throws {
    let rows = try fixture.copy("SELECT range AS id FROM range(1000)", to: "h.parquet")
    let whole = try Data(contentsOf: URL(filePath: rows))
    for length in [3, 100, whole.count - 3] {
      try whole.prefix(length).write(to: URL(filePath: rows))
      let said = diagnostic {
        _ = try fixture.open([(TableSource(name: "holdout", path: rows), [rows])]).table("holdout")
      }
      #expect(said.message.contains("is cut short or is no Parquet file"), "\(said.message)")
    }
  }
}
