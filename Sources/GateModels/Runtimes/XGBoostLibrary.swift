internal import CXGBoost
import GateCore
import GateSystem

/// The functions of XGBoost's library that are called here.
struct XGBoostLibrary {
  let version: String
  let lastError: CXGBoost.XGBGetLastError
  let free: CXGBoost.XGBoosterFree
  let numFeature: CXGBoost.XGBoosterGetNumFeature
  let featureInfo: CXGBoost.XGBoosterGetStrFeatureInfo
  let featureScore: CXGBoost.XGBoosterFeatureScore
  let create: CXGBoost.XGBoosterCreate
  let set: CXGBoost.XGBoosterSetParam
  let load: CXGBoost.XGBoosterLoadModelFromBuffer
  let matrix: CXGBoost.XGDMatrixCreateFromDense
  let freeMatrix: CXGBoost.XGDMatrixFree
  let predict: CXGBoost.XGBoosterPredictFromDMatrix
  let attribute: CXGBoost.XGBoosterGetAttr
  let rounds: CXGBoost.XGBoosterBoostedRounds
  let config: CXGBoost.XGBoosterSaveJsonConfig
  /// Nil before 3.1, which keeps no categories in its files.
  let categories: CXGBoost.XGBoosterGetCategoriesExportToArrow?
  let freeCategories: CXGBoost.XGBCategoriesFree?

  /// Opens the library and sends what it would print to the error stream.
  init() throws(Diagnostic) {
    let library = try SharedLibrary.open("XGBoost", fileNames: ["libxgboost.so"])
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    try library.symbol("XGBoostVersion", as: CXGBoost.XGBoostVersion.self)(&major, &minor, &patch)
    version = "\(major).\(minor).\(patch)"
    lastError = try library.symbol("XGBGetLastError", as: CXGBoost.XGBGetLastError.self)
    free = try library.symbol("XGBoosterFree", as: CXGBoost.XGBoosterFree.self)
    numFeature = try library.symbol(
      "XGBoosterGetNumFeature", as: CXGBoost.XGBoosterGetNumFeature.self)
    featureInfo = try library.symbol(
      "XGBoosterGetStrFeatureInfo", as: CXGBoost.XGBoosterGetStrFeatureInfo.self)
    featureScore = try library.symbol(
      "XGBoosterFeatureScore", as: CXGBoost.XGBoosterFeatureScore.self)
    create = try library.symbol("XGBoosterCreate", as: CXGBoost.XGBoosterCreate.self)
    set = try library.symbol("XGBoosterSetParam", as: CXGBoost.XGBoosterSetParam.self)
    load = try library.symbol(
      "XGBoosterLoadModelFromBuffer", as: CXGBoost.XGBoosterLoadModelFromBuffer.self)
    matrix = try library.symbol(
      "XGDMatrixCreateFromDense", as: CXGBoost.XGDMatrixCreateFromDense.self)
    freeMatrix = try library.symbol("XGDMatrixFree", as: CXGBoost.XGDMatrixFree.self)
    predict = try library.symbol(
      "XGBoosterPredictFromDMatrix", as: CXGBoost.XGBoosterPredictFromDMatrix.self)
    attribute = try library.symbol("XGBoosterGetAttr", as: CXGBoost.XGBoosterGetAttr.self)
    rounds = try library.symbol("XGBoosterBoostedRounds", as: CXGBoost.XGBoosterBoostedRounds.self)
    config = try library.symbol(
      "XGBoosterSaveJsonConfig", as: CXGBoost.XGBoosterSaveJsonConfig.self)
    categories = try? library.symbol(
      "XGBoosterGetCategoriesExportToArrow",
      as: CXGBoost.XGBoosterGetCategoriesExportToArrow.self)
    freeCategories = try? library.symbol("XGBCategoriesFree", as: CXGBoost.XGBCategoriesFree.self)
  }

  /// Says what we were doing when a call failed; the library's stack trace is left out.
  func check(_ status: Int32, _ doing: @autoclosure () -> String) throws(Diagnostic) {
    guard status != 0 else { return }
    let said = lastError().map { String(cString: $0) } ?? ""
    // The time of day and the place in its source say nothing, and would differ from run to run.
    var text = said.before("Stack trace:").trimmed[...]
    if text.hasPrefix("["), let place = text.firstRange(of: "] "),
      let end = text[place.upperBound...].firstRange(of: ": ")
    {
      text = text[end.upperBound...]
    }
    throw Diagnostic("xgboost could not \(doing()): \(text)")
  }
}
