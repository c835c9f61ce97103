internal import CLightGBM
import GateCore
import GateSystem

/// The functions of LightGBM's library that are called here.
struct LightGBMLibrary {
  let lastError: CLightGBM.LGBM_GetLastError
  let load: CLightGBM.LGBM_BoosterLoadModelFromString
  let free: CLightGBM.LGBM_BoosterFree
  let numFeature: CLightGBM.LGBM_BoosterGetNumFeature
  let gains: CLightGBM.LGBM_BoosterFeatureImportance
  let count: CLightGBM.LGBM_BoosterCalcNumPredict
  let predict: CLightGBM.LGBM_BoosterPredictForMat
  let iterations: CLightGBM.LGBM_BoosterGetCurrentIteration
  let shared: SharedLibrary
  /// The library's own version; empty where nothing beside it says.
  var version: String { Self.version(beside: shared.path) }

  /// Opens the library and silences what it would print.
  init() throws(Diagnostic) {
    let library = try SharedLibrary.open("LightGBM", fileNames: ["lib_lightgbm.so"])
    shared = library
    lastError = try library.symbol("LGBM_GetLastError", as: CLightGBM.LGBM_GetLastError.self)
    load = try library.symbol(
      "LGBM_BoosterLoadModelFromString", as: CLightGBM.LGBM_BoosterLoadModelFromString.self)
    free = try library.symbol("LGBM_BoosterFree", as: CLightGBM.LGBM_BoosterFree.self)
    numFeature = try library.symbol(
      "LGBM_BoosterGetNumFeature", as: CLightGBM.LGBM_BoosterGetNumFeature.self)
    gains = try library.symbol(
      "LGBM_BoosterFeatureImportance", as: CLightGBM.LGBM_BoosterFeatureImportance.self)
    count = try library.symbol(
      "LGBM_BoosterCalcNumPredict", as: CLightGBM.LGBM_BoosterCalcNumPredict.self)
    predict = try library.symbol(
      "LGBM_BoosterPredictForMat", as: CLightGBM.LGBM_BoosterPredictForMat.self)
    iterations = try library.symbol(
      "LGBM_BoosterGetCurrentIteration", as: CLightGBM.LGBM_BoosterGetCurrentIteration.self)
    let log = try library.symbol(
      "LGBM_RegisterLogCallback", as: CLightGBM.LGBM_RegisterLogCallback.self)
    _ = log { _ in }
  }

  /// What stands beside the library, as its C API says nothing: the pins of `make native`, or the package's own file.
  private static func version(beside path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    func read(_ place: String) -> String {
      let bytes = try? FileBytes.read(path[..<slash] + place, named: "version", limit: 1 << 16)
      return String(decoding: bytes ?? [], as: UTF8.self)
    }
    let pin = read("/complete").split(separator: "\n").first { $0.hasPrefix("lightgbm==") }
    return pin.map { String($0.dropFirst("lightgbm==".count).prefix { $0 != " " }) }
      ?? read("/../VERSION.txt").trimmed
  }

  /// The sum of the gains of all splits on each of `count` features; nil: the library gives none.
  func gains(of booster: UnsafeMutableRawPointer?, _ count: Int) -> [Double]? {
    var result = [Double](repeating: .nan, count: count)
    return gains(booster, 0, 1, &result) == 0 ? result : nil
  }

  /// Says what we were doing when a call failed.
  func check(_ status: Int32, _ doing: @autoclosure () -> String) throws(Diagnostic) {
    guard status != 0 else { return }
    let said = lastError().map { String(cString: $0) } ?? ""
    throw Diagnostic("lightgbm could not \(doing()): \(said.trimmed)")
  }
}

extension Runtime {
  /// LightGBM, which trains the domain classifier, too.
  static let lightgbm = Runtime(
    id: "lightgbm",
    summary:
      "LightGBM text models; categories by the model's own lists, a null is a missing value.",
    suffixes: [".lightgbm.txt", ".txt"],
    otherSuffixes: [".lgb", ".model"],
    keys: ["categories", "iterations", "unseen"],
    likeness: { head in
      ["tree\nversion=", "tree\r\nversion="].contains(where: head.text.hasPrefix)
        ? .signature : nil
    },
    readVersion: { () throws(Diagnostic) in
      let version = try LightGBMLibrary().version
      return version.isEmpty ? "of unknown version" : version
    },
    open: { (file) throws(Diagnostic) in try LightGBMModel(file) })
}

/// A gradient boosting model in LightGBM's text format.
///
/// A category the model has not seen, and a null, are missing values, as in LightGBM's Python package, which
/// gives pandas' code -1 to both and then writes NaN for it; the share of the unseen is bounded.
final class LightGBMModel: ModelRuntime {
  let description: ModelDescription
  private let library: LightGBMLibrary
  private let booster: NativeHandle
  private(set) var unseen: [UnseenCategories] = []
  private let file: LightGBMFile
  /// The lists by the place of their input; nil until the columns tell.
  private var categories: [Int: Categories]?
  /// How many rounds score; -1: all.
  private let rounds: Int32
  /// Threads that the library may use.
  private let threads: Int
  private let trees: TreeScorer
  var scorer: String? { trees.words }

  /// Opens a model from its text, once it is seen to be whole.
  init(_ file: ModelFile) throws(Diagnostic) {
    threads = file.threads
    let model = try LightGBMFile(file.bytes, name: file.name)
    let library = try LightGBMLibrary()
    let booster = NativeHandle { library.free($0) }
    (self.library, self.booster) = (library, booster)
    self.file = model
    var iterations: Int32 = 0
    let text = file.bytes.map { CChar(bitPattern: $0) } + [0]
    try library.check(
      library.load(text, &iterations, &booster.pointer), "read the model '\(file.name)'")
    var count: Int32 = 0
    try library.check(library.numFeature(booster.pointer, &count), "count the features")
    guard Int(count) == model.features.count else {
      throw Diagnostic(
        "the model '\(file.name)' names \(model.features.count) features and has \(count)")
    }
    let categories = try Self.categories(model, file)
    self.categories = categories
    let inputs = model.features.enumerated().map { place, name in
      ModelInput(
        name: model.namesFeatures ? name : nil,
        kind: categories.map { $0[place]?.kind ?? .number }
          ?? (model.listed.contains(place) ? .category : .number))
    }
    try Self.holdQuantiles(model, file)
    var answers = Self.answers(model)
    (rounds, answers.rounds, answers.allRounds) = try Self.rounds(
      file, library: library, booster: booster)
    let used = rounds < 0 ? nil : answers.rounds
    trees = TreeScorer { () throws(NotScoredHere) in
      let read = try LightGBMForest(file.bytes, rounds: used)
      return (read.forest, read.link)
    }
    let version = library.version
    description = ModelDescription(
      inputs: inputs, runtime: Runtime.lightgbm.id,
      runtimeVersion: version.isEmpty ? model.version : version,
      importances: library.gains(of: booster.pointer, inputs.count), answers: answers,
      size: model.size)
  }

  /// What its answers mean, by what it was trained for.
  private static func answers(_ model: LightGBMFile) -> AnswerDescription {
    var answers = AnswerDescription()
    answers.unseen = 0.05
    answers.objective = model.objective.name.isEmpty ? nil : model.objective.name
    answers.margins = model.objective.isProbability ? nil : model.objective.words
    answers.probabilities =
      model.objective.isProbability ? "it was trained with \(model.objective.words)" : nil
    return answers
  }

  /// Refuses levels of `quantiles` that are not the one the model was trained for.
  private static func holdQuantiles(
    _ model: LightGBMFile, _ file: ModelFile
  ) throws(Diagnostic) {
    guard !file.options.quantiles.isEmpty, model.objective.name == "quantile",
      let alpha = model.alpha, file.options.quantiles != [alpha]
    else { return }
    throw Diagnostic(
      "the model '\(file.name)' was trained for the level \(alpha), and 'quantiles' names others",
      hint:
        "its one number is no median: write it to a file, and name that under 'predictions' with "
        + "the column of each level")
  }

  /// How many rounds the library is to be asked for, how many that is, and how many there are.
  private static func rounds(
    _ file: ModelFile, library: LightGBMLibrary, booster: NativeHandle
  ) throws(Diagnostic) -> (asked: Int32, used: Int, all: Int) {
    var all: Int32 = 0
    try library.check(library.iterations(booster.pointer, &all), "count its rounds")
    guard case .first(let wanted)? = file.options.iterations else {
      return (-1, Int(all), Int(all))
    }
    guard wanted <= all else {
      throw Diagnostic(
        "the model '\(file.name)' has \(all) rounds, and 'iterations' asks for \(wanted)",
        hint: "say 'iterations: all'")
    }
    return (Int32(wanted), wanted, Int(all))
  }

  /// The lists by the place of their input, from the file or as `categories` says; nil: the columns must tell.
  private static func categories(
    _ model: LightGBMFile, _ file: ModelFile
  ) throws(Diagnostic) -> [Int: Categories]? {
    guard let named = file.options.categories else {
      return model.lists.isEmpty || model.lists.count == model.places.count ? model.categories : nil
    }
    let places = named.compactMap { model.features.firstIndex(of: $0) }
    guard places.count == named.count, named.count == model.lists.count else {
      throw Diagnostic(
        "'categories' names \(ModelInputs.list(named)), and the model '\(file.name)' has "
          + "\(model.lists.count.counted("list")) of categories",
        hint: "name as many of its categorical inputs: "
          + ModelInputs.list(model.listed.map { model.features[$0] }))
    }
    return Dictionary(zip(places, model.lists)) { first, _ in first }
  }

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
    let lists: [Int: Categories]
    if let categories {
      lists = categories
    } else {
      lists = try CategoryPlaces.told(file.lists, file.listed, columns)
      categories = lists
    }
    let (numbers, unseen) = columns.coded(by: lists)
    self.unseen = unseen + columns.strangers(to: file.seen, beside: lists)
    return numbers
  }

  /// As many numbers a row as there are.
  private func scores(_ numbers: [Double], _ rows: Range<Int>) throws(Diagnostic) -> RawScores {
    guard !rows.isEmpty, numbers.count % rows.count == 0 else {
      throw Diagnostic("lightgbm answered \(rows.count) rows with \(numbers.count) numbers")
    }
    return .numbers(numbers, width: numbers.count / rows.count, labels: nil)
  }

  /// What the library answers for some rows of numbers.
  private func predict(_ columns: [Column], _ rows: Range<Int>) throws(Diagnostic) -> [Double] {
    let matrix = rowMajor(columns, rows: rows) { column, row in column[row] }
    let (rowCount, width) = (Int32(rows.count), Int32(columns.count))
    var expected: Int64 = 0
    try library.check(
      library.count(booster.pointer, rowCount, 0, 0, rounds, &expected), "count its answers")
    guard expected >= 0, expected <= Int64(Message.longest / 8) else {
      throw Diagnostic("lightgbm would answer \(rows.count) rows with \(expected) numbers")
    }
    var result = [Double](repeating: .nan, count: Int(expected))
    var written: Int64 = 0
    try library.check(
      library.predict(
        booster.pointer, matrix, 1, rowCount, width, 1, 0, 0, rounds,
        "num_threads=\(threads) verbosity=-1",
        &written, &result), "score the rows")
    guard written == expected else {
      throw Diagnostic("lightgbm answered \(rows.count) rows with \(written) numbers")
    }
    return result
  }
}
