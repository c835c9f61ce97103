import GateCore

/// A look through an XGBoost file before the library sees it: that it is one whole model in json or ubj, that its trees are
/// trees, and no more.
///
/// The library passes over what stands behind the end, and follows whatever children and inputs a tree names.
enum XGBoostFile {
  /// Refuses a file that is cut short, holds more than one model, or has trees that are none.
  ///
  /// Gives what the model is made of, and its trees.
  @discardableResult
  static func check(
    _ bytes: [UInt8], name: String
  ) throws(Diagnostic) -> (size: ModelSize, parts: XGBoostForest) {
    let hint = "save it again, booster.save_model('model.json'), or fetch it again"
    guard bytes.first == UInt8(ascii: "{") else {
      throw Diagnostic("the model '\(name)' is no XGBoost model in json or ubj", hint: hint)
    }
    typealias Found = (more: Int?, model: (size: ModelSize, parts: XGBoostForest))
    let end = bytes.withUnsafeBufferPointer { buffer -> Result<Found, XGBoostFault> in
      var values = XGBoostValues(buffer)
      return Result { () throws(XGBoostFault) in
        let model = try XGBoostTrees.read(&values)
        return (values.more, model)
      }
    }
    let broken = "the model '\(name)' is not a whole XGBoost model: "
    switch end {
    case .failure(.ends(let format)):
      throw Diagnostic(broken + "its \(format) has no end, which may be cut short", hint: hint)
    case .failure(.strange(let place, let format)):
      throw Diagnostic(
        broken + "byte \(place) is none of \(format), which may be cut short or damaged", hint: hint
      )
    case .failure(.wrong(let what)): throw Diagnostic(broken + what, hint: hint)
    case .success((nil, let model)): return model
    case .success((let more?, _)):
      throw Diagnostic(
        "behind the end of the model '\(name)', at byte \(more), stands more, which would be ignored",
        hint: hint + ", one model in a file")
    }
  }
}

/// Why a file is no model.
enum XGBoostFault: Error {
  /// It ends before its model does.
  case ends(format: String)
  /// A byte begins no value.
  case strange(Int, format: String)
  /// Its values do not fit each other.
  case wrong(String)
}
