internal import CLightGBM
import GateKit

/// The functions of LightGBM's library that are called here.
struct LightGBMLibrary {
  let lastError: CLightGBM.LGBM_GetLastError
  let load: CLightGBM.LGBM_BoosterLoadModelFromString
  let free: CLightGBM.LGBM_BoosterFree
  let numFeature: CLightGBM.LGBM_BoosterGetNumFeature
  let gains: CLightGBM.LGBM_BoosterFeatureImportance
  let count: CLightGBM.LGBM_BoosterCalcNumPredict
  let predict: CLightGBM.LGBM_BoosterPredictForMat
  let shared: SharedLibrary

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
    let log = try library.symbol(
      "LGBM_RegisterLogCallback", as: CLightGBM.LGBM_RegisterLogCallback.self)
    _ = log { _ in }
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

/// A gradient boosting model in LightGBM's text format.
///
/// A category the model has not seen, and a null, are missing values, as in LightGBM's Python package, which
/// gives pandas' code -1 to both and then writes NaN for it.
final class LightGBMModel: ModelRuntime {
  static let about = RuntimeDescription(
    id: "lightgbm",
    summary:
      "LightGBM text models; categories by the model's own lists, a null is a missing value.",
    suffixes: [".lightgbm.txt", ".txt"],
    version: { () throws(Diagnostic) in
      _ = try LightGBMLibrary()
      return ""
    })

  let description: ModelDescription
  private let library: LightGBMLibrary
  private let booster: Handle
  private let categories: [Int: LightGBMFile.Categories]

  /// A booster that is freed with its last user.
  private final class Handle {
    var pointer: UnsafeMutableRawPointer?
    let free: CLightGBM.LGBM_BoosterFree
    /// None yet.
    init(free: CLightGBM.LGBM_BoosterFree) { self.free = free }
    deinit { if let pointer { _ = free(pointer) } }
  }

  /// Opens a model from its text, once it is seen to be whole.
  init(_ file: ModelFile) throws(Diagnostic) {
    let model = try LightGBMFile(file.bytes, name: file.name)
    let library = try LightGBMLibrary()
    let booster = Handle(free: library.free)
    (self.library, self.booster) = (library, booster)
    categories = model.categories
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
    let inputs = model.features.enumerated().map { place, name in
      ModelInput(
        name: model.namesFeatures ? name : nil, kind: model.categories[place]?.kind ?? .number)
    }
    description = ModelDescription(
      inputs: inputs, runtime: Self.about.id, runtimeVersion: model.version,
      importances: library.gains(of: booster.pointer, inputs.count))
  }

  /// The answers for some rows of a batch.
  func score(_ columns: [Column], rows: Range<Int>) throws(Diagnostic) -> RawScores {
    var numbers = columns
    for (place, list) in categories where numbers.indices.contains(place) {
      numbers[place].values = .doubles(list.codes(columns[place]))
      numbers[place].validity = nil
    }
    let matrix = rowMajor(numbers, rows: rows) { column, row in column[row] }
    let (rowCount, width) = (Int32(rows.count), Int32(columns.count))
    var expected: Int64 = 0
    try library.check(
      library.count(booster.pointer, rowCount, 0, 0, -1, &expected), "count its answers")
    guard expected >= 0, expected <= Int64(Message.longest / 8) else {
      throw Diagnostic("lightgbm would answer \(rows.count) rows with \(expected) numbers")
    }
    var result = [Double](repeating: .nan, count: Int(expected))
    var written: Int64 = 0
    try library.check(
      library.predict(
        booster.pointer, matrix, 1, rowCount, width, 1, 0, 0, -1, "num_threads=1 verbosity=-1",
        &written, &result), "score the rows")
    guard written == expected, !rows.isEmpty, result.count % rows.count == 0 else {
      throw Diagnostic("lightgbm answered \(rows.count) rows with \(written) numbers")
    }
    return .numbers(result, width: result.count / rows.count, labels: nil)
  }
}
