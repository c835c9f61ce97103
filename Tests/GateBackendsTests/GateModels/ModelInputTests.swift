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

/// What does not fit between a model, its manifest and the rows is said before anything is scored.
struct ModelInputTests {
  let rows = FixtureTests.plain.rows

  /// Checks the sentence that a mistake gives.
  func expect(
    _ model: ModelSource, _ rows: Rows, _ parts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = Models.failure(model, rows) ?? "no error"
    for part in parts {
      #expect(error.contains(part), "\(error)", sourceLocation: sourceLocation)
    }
  }

  @Test func featuresOfAMatrix() {
    expect(
      Models.source("matrix.onnx"), rows, "candidate does not name its 2 inputs", "features: [a, b")
    expect(
      Models.source("matrix.onnx", features: ["income"]), rows, "takes 2 inputs",
      "features names 1")
    expect(
      Models.source("matrix.onnx", features: ["income", "income"]), rows, "name 'income' twice")
    expect(
      Models.source("matrix.onnx", features: ["incme", "age"]), rows,
      "takes 'incme', and the rows have no such column", "did you mean 'income'?")
    expect(
      Models.source("matrix.onnx", features: ["In come", "tenure"]), rows,
      "takes 'In come', 'tenure', and the rows have no such columns",
      "if it is the column 'income', add to models.candidate: derive: {")
    expect(
      Models.source("matrix.onnx", features: ["region", "age"]), rows,
      "takes 'region' as a number, and the column is STRING", "cast(\"region\" as double)")
  }

  @Test func featuresOfAModelThatNamesThem() {
    expect(
      Models.source("binary.xgboost.json", features: ["age", "income"]), rows,
      "out of order: 'age' stands where the model has 'income'")
    expect(
      Models.source("binary.xgboost.json", features: ["income", "region"]), rows,
      "missing 'age'; unexpected 'region'")
    expect(
      Models.source("binary.xgboost.json", derive: [("agee", "age")]), rows,
      "candidate has no input 'agee', which its derive names", "did you mean 'age'?")
  }

  @Test func typesOfColumns() {
    var other = Rows()
    for (name, column) in rows.columnsByName where name != "age" {
      other.columnsByName.append((name, column))
    }
    other.add("age", .doubles(rows["age"].doubles ?? []))
    expect(
      Models.source("mixed.onnx"), other, "takes 'age' as a whole number, and the column is NUMBER",
      "cast(\"age\" as bigint)")
    other.columnsByName.removeLast()
    other.add("age", texts: rows["age"].doubles!.map { "\($0)" })
    expect(Models.source("mixed.onnx"), other, "takes 'age' as a whole number")
    other.derived["income > 3"] = rows["age"]
    expect(
      Models.source("binary.lightgbm.txt", derive: [("region", "income > 3")]), other,
      "takes 'age' as a number, and the column is STRING")
    expect(
      Models.source("binary.lightgbm.txt", derive: [("region", "income > 3")]),
      {
        var both = rows
        both.derived["income > 3"] = rows["age"]
        return both
      }(),
      "takes 'region' as a category of text, and the column is integer")
  }

  @Test func nulls() {
    expect(
      Models.source("mixed.onnx"), FixtureTests.gaps.rows,
      "candidate takes no nulls in 'region', and 1 row has one; the first is row 6",
      "derive: {region: 'coalesce(")
    // A null number reaches the model as NaN, whose score is NaN.
    expect(
      Models.source("matrix.onnx", features: ["income", "age"]), FixtureTests.gaps.rows,
      "for row 4")
  }

  @Test func answers() {
    expect(Models.source("margin.onnx"), rows, "which is not a probability", "for row 2")
    expect(
      Models.source("classes.onnx", features: ["income", "age"]), rows,
      "gives 3 numbers a row ('high', 'low', 'mid') for 2 classes")
    expect(
      Models.source(
        "classes-zipmap.onnx", task: .multiclass, classes: ["low", "mid", "top"],
        features: ["income", "age"]), rows, "has no class 'top'; it has 'high', 'low', 'mid'")
    expect(
      Models.source("binary.xgboost.json", task: .multiclass, classes: FixtureTests.grades), rows,
      "gives 1 number a row for 3 classes", "multi:softprob")
    expect(
      Models.source("labels.onnx", classes: ["1", "2"]), rows,
      "gives the label '0', which is none of the classes: '1', '2'", "classes: [1, 2]")
    expect(
      Models.source("classes.onnx", task: .regression, classes: [], features: ["income", "age"]),
      rows, "gives 3 numbers a row, where regression wants one")
  }
}
