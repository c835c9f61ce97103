import Foundation
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

/// A model whose file says what it was trained for is judged as that.
@Suite struct OtherTaskTests {
  private func source(
    _ model: String, _ task: TaskKind, _ link: ModelOptions.Link? = nil,
    features: [String]? = nil
  ) -> ModelSource {
    let classes = [TaskKind.regression, .ranking].contains(task) ? [] : ["0", "1"]
    var source = Models.source(model, task: task, classes: classes, features: features)
    source.options.link = link
    return source
  }

  /// What is said of an objective in a task; nil: nothing.
  private func refusal(
    _ objective: String, _ task: TaskKind
  ) -> Diagnostic? {
    var answers = AnswerDescription()
    answers.objective = objective
    do throws(Diagnostic) {
      try refuseOtherTask(answers, source("any", task))
      return nil
    } catch { return error }
  }

  @Test(
    arguments: [
      ("binary", TaskKind.binary), ("binary:logistic", .binary), ("binary:logitraw", .binary),
      ("binary:hinge", .binary), ("multiclass", .multiclass), ("multiclassova", .multiclass),
      ("multi:softmax", .multiclass), ("multi:softprob", .multiclass), ("lambdarank", .ranking),
      ("rank_xendcg", .ranking), ("rank:pairwise", .ranking), ("survival:cox", nil),
    ] as [(String, TaskKind?)]) func `no other objective gives values`(
      objective: String, task: TaskKind?
    )
  {
    let found = refusal(objective, .regression)
    #expect(found?.message.contains("the objective '\(objective)', which is for") == true)
    #expect(found?.hint?.contains("'predictions'") == true)
    #expect(task == nil || found?.hint?.contains("'task: \(task!)'") == true)
  }

  @Test func `what another task can take is taken`() {
    for objective in [
      "regression", "huber", "quantile", "poisson", "cross_entropy", "reg:logistic",
      "reg:squarederror", "count:poisson", "",
    ] {
      for task in [TaskKind.regression, .binary, .ranking] {
        #expect(refusal(objective, task) == nil, "\(objective)")
      }
    }
    #expect(refusal("binary", .ranking) == nil && refusal("binary", .multilabel) == nil)
    #expect(refusal("multiclassova", .multilabel) == nil && refusal("binary", .multiclass) == nil)
    for objective in ["multiclass", "multi:softmax"] {
      #expect(refusal(objective, .ranking) != nil && refusal(objective, .multilabel) != nil)
    }
  }

  @Test func `files say it`() {
    let (gaps, plain) = (FixtureTests.gaps.rows, FixtureTests.plain.rows)
    let tree = Models.failure(source("binary.lightgbm.txt", .regression), gaps)
    #expect(tree?.contains("the objective 'binary', which is for binary tasks") == true)
    let boosted = Models.failure(source("binary.xgboost.json", .regression), gaps)
    #expect(boosted?.contains("the objective 'binary:logistic'") == true)
    let features = ["income", "age"]
    let regressor = Models.failure(source("regression.onnx", .binary, features: features), plain)
    #expect(
      regressor?.contains("is a regressor, its last operator is") == true, "\(regressor ?? "")")
    #expect(regressor?.contains("'task: regression'") == true)
    for link in [ModelOptions.Link.sigmoid, .none] {
      let said = Models.failure(source("regression.onnx", .binary, link, features: features), plain)
      #expect(said?.contains("is a regressor") != true, "\(said ?? "")")
    }
  }

  @Test(arguments: [
    "binary.lightgbm.txt", "binary.xgboost.json", "classes.lightgbm.txt", "matrix.onnx",
    "classes.onnx", "single.onnx", "labels.onnx",
  ]) func `no link is taken of what are probabilities`(name: String) {
    let isMulti = name.hasPrefix("classes")
    var model = source(
      name, isMulti ? .multiclass : .binary, .sigmoid,
      features: ["matrix.onnx", "classes.onnx"].contains(name) ? ["income", "age"] : nil)
    if isMulti { model.classes = ["high", "low", "mid"] }
    for link in [ModelOptions.Link.sigmoid, .softmax] {
      model.options.link = link
      let rows = name.hasSuffix("onnx") ? FixtureTests.plain.rows : FixtureTests.gaps.rows
      let said = Models.failure(model, rows)
      #expect(said?.contains("leave 'link' out of models.candidate") == true, "\(said ?? "")")
    }
  }
}
