internal import CXGBoost
import GateCore

extension Runtime {
  /// XGBoost.
  static let xgboost = Runtime(
    id: "xgboost",
    summary:
      "XGBoost models saved as json or ubj, with the best round of one that was stopped early; a null is a missing value.",
    suffixes: [".xgboost.json", ".json", ".ubj"],
    otherSuffixes: [".model"],
    keys: ["iterations", "unseen"],
    likeness: { head in
      if head.name.hasSuffix(".ubj") { return .name }
      guard head.bytes.first == UInt8(ascii: "{") else { return nil }
      let isOwn = head.text.contains("\"learner\"") || head.text.prefix(64).contains("learner")
      return isOwn ? .contents : nil
    },
    readVersion: { () throws(Diagnostic) in try XGBoostLibrary().version },
    open: { (file) throws(Diagnostic) in try XGBoostModel(file) })
}

/// A gradient boosting model in XGBoost's json or ubj format.
final class XGBoostModel: ModelRuntime {
  let description: ModelDescription
  private let library: XGBoostLibrary
  private let booster: NativeHandle
  private(set) var unseen: [UnseenCategories] = []
  /// The lists of categories by the place of their input.
  private let categories: [Int: Categories]
  /// Whether its numbers are the codes of classes.
  private let givesLabels: Bool
  /// The round after the last that scores; 0: all.
  private let end: Int
  private let trees: TreeScorer
  var scorer: String? { isLinear ? nil : trees.words }
  /// Whether it is a linear model, which has no trees.
  private let isLinear: Bool

  /// Opens a model from its bytes.
  init(_ file: ModelFile) throws(Diagnostic) {
    let library = try XGBoostLibrary()
    let booster = NativeHandle { library.free($0) }
    (self.library, self.booster) = (library, booster)
    guard file.bytes.count > 1 else {
      throw Diagnostic("the model '\(file.name)' is empty", hint: "save or fetch it again")
    }
    let (size, parts) = try XGBoostFile.check(file.bytes, name: file.name)
    let count = try Self.load(file, library, booster)
    let names = try Self.texts("feature_name", library, booster)
    let types = try Self.texts("feature_type", library, booster)
    let config = try XGBoostConfig(booster.pointer, library)
    let lists = try library.categories(of: booster.pointer)
    categories = lists
    try Self.refuseCodes(file, types, names, lists)
    let inputs = (0..<count).map { place in
      ModelInput(
        name: names.count == count ? names[place] : nil, kind: lists[place]?.kind ?? .number)
    }
    var answers = Self.answers(config)
    givesLabels = config.givesLabels && [.binary, .multiclass].contains(file.task)
    if givesLabels { answers.hasTextLabels = false }
    (end, answers.rounds, answers.allRounds) = try Self.rounds(file, config, library, booster)
    try config.hold(file)
    try config.holdTargets(file)
    isLinear = config.booster == "gblinear"
    let last = end
    trees = TreeScorer { () throws(NotScoredHere) in
      try parts.ready(objective: config.objective, features: inputs.count, end: last)
    }
    description = ModelDescription(
      inputs: inputs, runtime: Runtime.xgboost.id, runtimeVersion: library.version,
      importances: Self.gains(inputs, library, booster), answers: answers, size: size)
  }

  /// Has the library read the model; gives the number of its features.
  private static func load(
    _ file: ModelFile, _ library: XGBoostLibrary, _ booster: NativeHandle
  ) throws(Diagnostic) -> Int {
    try library.check(library.create(nil, 0, &booster.pointer), "make a booster")
    try library.check(library.set(booster.pointer, "nthread", "\(file.threads)"), "set its threads")
    try library.check(library.set(booster.pointer, "verbosity", "0"), "set its verbosity")
    let status = file.bytes.withUnsafeBytes {
      library.load(booster.pointer, $0.baseAddress, UInt64($0.count))
    }
    try library.check(status, "read the model '\(file.name)', which may be cut short")
    var count: UInt64 = 0
    try library.check(library.numFeature(booster.pointer, &count), "count the features")
    guard count <= 1 << 20 else {
      throw Diagnostic("the model '\(file.name)' says it has \(count) features")
    }
    return Int(count)
  }

  /// Refuses a categorical feature whose categories the file does not have.
  private static func refuseCodes(
    _ file: ModelFile, _ types: [String], _ names: [String], _ lists: [Int: Categories]
  ) throws(Diagnostic) {
    guard let place = types.indices.first(where: { types[$0] == "c" && lists[$0] == nil }) else {
      return
    }
    let feature = names.indices.contains(place) ? names[place] : "number \(place)"
    throw Diagnostic(
      "the model '\(file.name)' has a categorical feature, '\(feature)', whose category codes "
        + "only XGBoost's Python package knows",
      hint:
        "save it with XGBoost 3.1 or later, which keeps them in the file, encode it as numbers before "
        + "training, or export the model with its encoder to ONNX")
  }

  /// What is known of its answers before it has scored.
  private static func answers(_ config: XGBoostConfig) -> AnswerDescription {
    var answers = AnswerDescription()
    answers.isSingle = true
    answers.objective = config.objective.isEmpty ? nil : config.objective
    answers.margins =
      config.givesProbabilities || config.givesLabels ? nil : "the objective '\(config.objective)'"
    if answers.margins == nil {
      answers.probabilities = "it was trained with the objective '\(config.objective)'"
    }
    return answers
  }

  /// The round after the last that scores (0: all), how many do, and how many there are.
  ///
  /// A model that the scikit-learn wrapper saved scores up to its best round, as the wrapper's own `predict` does; one
  /// that a `Booster` saved scores with all, as `Booster.predict` does.
  private static func rounds(
    _ file: ModelFile, _ config: XGBoostConfig, _ library: XGBoostLibrary, _ booster: NativeHandle
  ) throws(Diagnostic) -> (end: Int, used: Int?, all: Int) {
    guard config.booster != "gblinear" else {
      guard file.options.iterations == nil else {
        throw Diagnostic(
          "'iterations' is for boosted trees, and the model '\(file.name)' is a linear one")
      }
      return (0, nil, 0)
    }
    var all: Int32 = 0
    try library.check(library.rounds(booster.pointer, &all), "count its rounds")
    var wanted = Int(all)
    switch file.options.iterations {
    case .all?: break
    case .first(let count)?: wanted = count
    case nil:
      let best = library.attribute("best_iteration", of: booster.pointer).flatMap { Int($0) }
      if let best, library.attribute("scikit_learn", of: booster.pointer) != nil {
        wanted = best + 1
      }
    }
    guard wanted > 0, wanted <= all else {
      throw Diagnostic(
        "the model '\(file.name)' has \(all) rounds, and \(wanted) were to score",
        hint: "say 'iterations: all'")
    }
    return (wanted == all ? 0 : wanted, wanted, Int(all))
  }

  /// The sum of the gains of all splits on each input, as LightGBM has it; nil for a linear booster, which has none.
  private static func gains(
    _ inputs: [ModelInput], _ library: XGBoostLibrary, _ booster: NativeHandle
  ) -> [Double]? {
    var (count, dimensions): (UInt64, UInt64) = (0, 0)
    var names: UnsafePointer<UnsafePointer<CChar>?>?
    var shape: UnsafePointer<UInt64>?
    var scores: UnsafePointer<Float>?
    let config = "{\"importance_type\":\"total_gain\",\"feature_map\":\"\"}"
    let status = library.featureScore(
      booster.pointer, config, &count, &names, &dimensions, &shape, &scores)
    guard status == 0, dimensions == 1, shape?[0] == count, count <= UInt64(inputs.count) else {
      return nil
    }
    // Inputs without a split are left out, and an input without a name is called f0, f1.
    var byName: [String: Double] = [:]
    for place in 0..<Int(count) {
      guard let name = names?[place], let score = scores?[place] else { return nil }
      byName[String(cString: name)] = Double(score)
    }
    let own = inputs.enumerated().map { place, input in input.name ?? "f\(place)" }
    return byName.keys.allSatisfy(own.contains) ? own.map { byName[$0] ?? 0 } : nil
  }

  /// A list of texts the model holds about its features.
  private static func texts(
    _ field: String, _ library: XGBoostLibrary, _ booster: NativeHandle
  ) throws(Diagnostic) -> [String] {
    var count: UInt64 = 0
    var texts: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    try library.check(
      library.featureInfo(booster.pointer, field, &count, &texts), "read its \(field)")
    return (0..<Int(count)).map { texts?[$0].map { String(cString: $0) } ?? "" }
  }

  /// Refuses a value that a list of categories lacks where the list goes beyond ASCII: XGBoost's Python package counts
  /// letters for bytes when it saves such a list, so that all that stand behind the first are others than in training.
  private func refuseSpoiled(
    _ unseen: [UnseenCategories], _ columns: [Column]
  ) throws(Diagnostic) {
    for item in unseen where categories[item.input]?.isBeyondASCII == true {
      throw Diagnostic(
        "the model's list of the categories of '\(columns[item.input].name)' goes beyond ASCII and lacks "
          + "'\(item.first.prefix(60))', so that it cannot be told which code any of them has",
        hint: Self.spoiled)
    }
  }

  /// What to do about a list of categories that XGBoost's Python package did not save as it was.
  static let spoiled =
    "XGBoost's Python package spoils texts beyond ASCII when it saves them; encode them as numbers before training"

  /// The answers for some rows of a batch.
  func score(_ columns: [Column], rows: Range<Int>) throws(Diagnostic) -> RawScores {
    let numbers = try coded(columns)
    return try scores(
      trees.score(numbers, rows: rows) { (columns, rows) throws(Diagnostic) in
        try predict(columns, rows)
      }, rows)
  }

  func scoreByLibrary(_ columns: [Column], rows: Range<Int>) throws(Diagnostic) -> RawScores {
    try scores(predict(try coded(columns), rows), rows)
  }

  /// Codes in place of categories; says what of them was never seen.
  private func coded(_ columns: [Column]) throws(Diagnostic) -> [Column] {
    let (coded, unseen) = columns.coded(by: categories)
    self.unseen = unseen
    try refuseSpoiled(unseen, columns)
    return coded
  }

  /// As many numbers a row as there are, or labels.
  private func scores(_ numbers: [Double], _ rows: Range<Int>) throws(Diagnostic) -> RawScores {
    guard !rows.isEmpty, numbers.count % rows.count == 0 else {
      throw Diagnostic("xgboost answered \(rows.count) rows with \(numbers.count) numbers")
    }
    let width = numbers.count / rows.count
    if givesLabels, width == 1 { return try labels(numbers) }
    return .numbers(numbers, width: width, labels: nil)
  }

  /// What the library answers for some rows of numbers.
  private func predict(_ columns: [Column], _ rows: Range<Int>) throws(Diagnostic) -> [Double] {
    let values = rowMajor(columns, rows: rows) { column, row in column[row] }
    let matrix = NativeHandle { [library] in library.freeMatrix($0) }
    let status = values.withUnsafeBytes { buffer in
      let address = UInt(bitPattern: buffer.baseAddress)
      let array =
        "{\"data\":[\(address),true],\"shape\":[\(rows.count),\(columns.count)],"
        + "\"typestr\":\"<f8\",\"version\":3}"
      return library.matrix(array, "{\"missing\":NaN,\"nthread\":1}", &matrix.pointer)
    }
    try library.check(status, "read the rows")
    let config =
      "{\"type\":0,\"training\":false,\"iteration_begin\":0,\"iteration_end\":\(end),\"strict_shape\":true}"
    var shape: UnsafePointer<UInt64>?
    var dimensions: UInt64 = 0
    var result: UnsafePointer<Float>?
    try library.check(
      library.predict(booster.pointer, matrix.pointer, config, &shape, &dimensions, &result),
      "score the rows")
    let sizes = (0..<Int(dimensions)).map { Int(shape![$0]) }
    guard let result, sizes.first == rows.count, let width = sizes.last, sizes.count == 2 else {
      throw Diagnostic("xgboost answered \(rows.count) rows with an array of shape \(sizes)")
    }
    return UnsafeBufferPointer(start: result, count: rows.count * width).map(Double.init)
  }

  /// Codes of classes as labels.
  private func labels(_ numbers: [Double]) throws(Diagnostic) -> RawScores {
    let codes = numbers.map { Int32(exactly: $0) ?? -1 }
    guard let most = codes.max(), codes.allSatisfy({ (0..<100_000).contains($0) }) else {
      throw Diagnostic("xgboost answered with labels that are no codes of classes")
    }
    return .labels(codes: codes, dictionary: (0...most).map { "\($0)" })
  }
}
