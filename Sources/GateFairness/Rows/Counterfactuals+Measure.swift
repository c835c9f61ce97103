package import GateCore

extension Workbench {
  /// What the models would answer were an attribute of the rows another, each question asked once in a run.
  func counterfactuals(
    _ asked: [Counterfactuals.Question]
  ) async -> [Counterfactuals.Question: Result<Counterfactuals, Diagnostic>] {
    // The questions to one model one after another: each takes a process and its memory.
    let found = await Role.allCases.concurrentMap { role in
      var found: [(Counterfactuals.Question, Result<Counterfactuals, Diagnostic>)] = []
      for question in asked.unique where question.role == role {
        let answer = await once(question) {
          Result { try Counterfactuals(question, on: self) }.located(at: mark(of: role))
        }
        found.append((question, answer))
      }
      return found
    }
    return Dictionary(found.flatMap { $0 }) { first, _ in first }
  }
}

extension Counterfactuals.Question: Asked {
  package typealias Answer = Result<Counterfactuals, Diagnostic>
}

extension Counterfactuals {
  /// Scores the model again for every value of the attribute, if anything that it takes changes with it.
  fileprivate init(_ question: Question, on bench: Workbench) throws {
    let role = question.role
    guard let model = try bench.source(role) else {
      throw Diagnostic(
        "the \(role.rawValue)'s scores were made elsewhere, and what it would answer were "
          + "'\(question.attribute.name)' another takes the model itself",
        hint: "name its file under 'from', or leave counterfactual metrics out")
    }
    let table = try bench.table("holdout")
    let backends = bench.backends
    let attribute = try CounterfactualAttribute(question.attribute, of: table)
    let places = attribute.values.indices
    let tables = try places.map { try table.setting(attribute.settings($0)) }
    let features = try backends.describe(model, table).features
    let fixed = Set(
      table.schema.map(\.name).filter { name in
        !bench.derived.contains(name) && !attribute.columns.contains { $0.name == name }
      }.map(\.sqlName))
    let inputs = try features.filter { feature in
      try !fixed.contains(feature.sql) && Self.changes(feature.sql, table, tables)
    }.map(\.name)
    self.init(
      values: places.map(attribute.name), codes: attribute.codes, inputs: inputs,
      answers: inputs.isEmpty
        ? [] : try tables.map { try Outputs(try backends.score(model, $0), model) })
  }

  /// Whether an expression gives another value for any row of any of the tables.
  private static func changes(
    _ sql: String, _ table: any Table, _ others: [any Table]
  ) throws -> Bool {
    let own = try table.columns([sql])[0]
    return try others.contains { try !$0.columns([sql])[0].isSame(as: own) }
  }
}

extension Counterfactuals.Outputs {
  /// A model's answers, of several classes only which one it is.
  fileprivate init(_ predictions: Predictions, _ model: ModelSource) throws(Diagnostic) {
    switch (predictions.values, model.task) {
    case (.scores(let scores), .binary), (.scores(let scores), .regression):
      self = .numbers(scores)
    case (.decisions(let codes), .binary): self = .numbers(codes.map { $0 == 1 ? 1 : 0 })
    case (.decisions(let codes), .multiclass): self = .classes(codes)
    case (.probabilities(let rows), .multiclass):
      let labels = [Int32](repeating: 0, count: rows.count / model.classes.count)
      self = .classes(
        MulticlassSample(classes: model.classes, probabilities: rows, labels: labels).decisions)
    default: throw Diagnostic("the answers of this task are neither decisions nor numbers")
    }
  }
}

extension Column {
  /// Whether every row holds the same value, or none, as in another column.
  fileprivate func isSame(as other: Column) -> Bool {
    guard count == other.count, (0..<count).allSatisfy({ isNull($0) == other.isNull($0) }) else {
      return false
    }
    let present = (0..<count).filter { !isNull($0) }
    switch (values, other.values) {
    case (.doubles(let mine), .doubles(let theirs)):
      return present.allSatisfy { mine[$0] == theirs[$0] || (mine[$0].isNaN && theirs[$0].isNaN) }
    case (.integers(let mine), .integers(let theirs)),
      (.timestamps(let mine), .timestamps(let theirs)):
      return present.allSatisfy { mine[$0] == theirs[$0] }
    case (.booleans(let mine), .booleans(let theirs)):
      return present.allSatisfy { mine[$0] == theirs[$0] }
    case (.strings(let codes, let texts), .strings(let others, let words)):
      return present.allSatisfy { texts[Int(codes[$0])].isSame(as: words[Int(others[$0])]) }
    default: return false
    }
  }
}
