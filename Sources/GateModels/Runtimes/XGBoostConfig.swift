internal import CXGBoost
import GateCore

/// What a booster of XGBoost says of how it is set up.
struct XGBoostConfig {
  /// `gbtree`, `dart`, `gblinear`.
  let booster: String
  /// `binary:logistic`, `reg:quantileerror`.
  let objective: String
  /// The levels of a model of quantiles, in the order of its numbers.
  let quantiles: [Double]
  /// How many targets it answers, each by itself; 1 for a model of one label or of classes.
  let targets: Int

  /// Reads it; the booster is ready to be asked for its categories then.
  init(_ booster: UnsafeMutableRawPointer?, _ library: XGBoostLibrary) throws(Diagnostic) {
    var length: UInt64 = 0
    var text: UnsafePointer<CChar>?
    try library.check(library.config(booster, &length, &text), "say how it is set up")
    let json = try JSON(
      parsing: text.map { String(cString: $0) } ?? "", name: "xgboost's configuration")
    self.booster = json["learner"]?["gradient_booster"]?["name"]?.word ?? ""
    let parameters = json["learner"]?["learner_model_param"]
    targets = parameters?["num_target"]?.word.flatMap { Int($0) } ?? 1
    let objective = json["learner"]?["objective"]
    self.objective = objective?["name"]?.word ?? ""
    let levels = objective?["quantile_loss_param"]?["quantile_alpha"]?.word ?? ""
    quantiles = levels.filter { !"[]() ".contains($0) }.split(separator: ",").compactMap {
      Double($0)
    }
  }

  /// Whether its numbers are probabilities.
  var givesProbabilities: Bool {
    ["binary:logistic", "reg:logistic", "multi:softprob"].contains(objective)
  }

  /// Whether its numbers are the codes of classes.
  var givesLabels: Bool { ["multi:softmax", "binary:hinge"].contains(objective) }

  /// Refuses a model of several targets, be they no quantiles of one, where one label is judged: the columns of its answer are no classes, however
  /// they sum.
  func holdTargets(_ file: ModelFile) throws(Diagnostic) {
    guard targets > 1, quantiles.isEmpty, [.binary, .multiclass].contains(file.task) else { return }
    throw Diagnostic(
      "the model '\(file.name)' is a multilabel model: it answers \(targets) targets, each by itself, "
        + "and the columns of its answer are no classes of one label",
      hint:
        "say 'task: multilabel' and name its \(targets) labels under data.holdout.labels; for a \(file.task.rawValue) "
        + "task train it on one column of labels")
  }

  /// Refuses levels of `quantiles` that are not the model's own.
  func hold(_ file: ModelFile) throws(Diagnostic) {
    let said = file.options.quantiles
    guard !quantiles.isEmpty, !said.isEmpty else { return }
    let areSame =
      said.count == quantiles.count && zip(said, quantiles).allSatisfy { abs($0 - $1) < 1e-6 }
    guard !areSame else { return }
    let own = quantiles.map { "\($0)" }.joined(separator: ", ")
    throw Diagnostic(
      "the model '\(file.name)' was trained for the levels \(own), and 'quantiles' names others",
      hint: "quantiles: [\(own)]")
  }
}

extension XGBoostLibrary {
  /// An attribute that was saved with a booster.
  func attribute(_ key: String, of booster: UnsafeMutableRawPointer?) -> String? {
    var value: UnsafePointer<CChar>?
    var found: Int32 = 0
    guard attribute(booster, key, &value, &found) == 0, found != 0, let value else { return nil }
    return String(cString: value)
  }

  /// The lists of categories that a booster keeps, by the place of their feature; none before 3.1.
  func categories(
    of booster: UnsafeMutableRawPointer?
  ) throws(Diagnostic) -> [Int: Categories] {
    var handle: UnsafeMutableRawPointer?
    var text: UnsafePointer<CChar>?
    // A linear booster says that it has none by failing.
    guard let categories, categories(booster, nil, &handle, &text) == 0 else { return [:] }
    defer { if let handle { _ = freeCategories?(handle) } }
    guard let text else { return [:] }
    let json = try JSON(parsing: String(cString: text), name: "xgboost's categories")
    guard case .array(let items) = json else { return [:] }
    var found: [Int: Categories] = [:]
    for (place, item) in items.enumerated() where item != .null {
      found[place] = try list(item, place)
    }
    return found
  }

  /// One list, as arrays of the library's own memory.
  private func list(_ item: JSON, _ place: Int) throws(Diagnostic) -> Categories {
    let damaged = Diagnostic(
      "the model's list of categories of its input \(place + 1) cannot be read",
      hint: XGBoostModel.spoiled)
    if let offsets = item["offsets"].flatMap(integers),
      let letters = item["values"].flatMap(integers)
    {
      let bytes = letters.map { UInt8(truncatingIfNeeded: $0) }
      var texts: [[UInt8]: Int] = [:]
      for (code, (start, end)) in zip(offsets, offsets.dropFirst()).enumerated() {
        guard 0 <= start, start <= end, end <= bytes.count else { throw damaged }
        let text = Array(bytes[start..<end])
        guard String(validating: text, as: UTF8.self) != nil else { throw damaged }
        texts[text] = code
      }
      guard texts.count == offsets.count - 1 else { throw damaged }
      return .texts(texts)
    }
    guard let values = integers(item) else { throw damaged }
    let codes = Dictionary(zip(values.map(Double.init), values.indices)) { first, _ in first }
    guard codes.count == values.count else { throw damaged }
    return .numbers(codes)
  }

  /// The whole numbers of an array of the library's memory; nil: it holds others.
  private func integers(_ array: JSON) -> [Int]? {
    guard case .array(let data)? = array["data"], let address = data.first?.whole,
      case .array(let shape)? = array["shape"], shape.count == 1, let count = shape[0].whole,
      let type = array["typestr"]?.word, count >= 0
    else { return nil }
    guard count > 0 else { return [] }
    guard let start = UnsafeRawPointer(bitPattern: address) else { return nil }
    func read<T: FixedWidthInteger>(_: T.Type) -> [Int] {
      (0..<count).map {
        Int(
          truncatingIfNeeded: start.loadUnaligned(
            fromByteOffset: $0 * MemoryLayout<T>.size, as: T.self))
      }
    }
    return switch type.dropFirst() {
    case "i1": read(Int8.self)
    case "u1": read(UInt8.self)
    case "i2": read(Int16.self)
    case "u2": read(UInt16.self)
    case "i4": read(Int32.self)
    case "u4": read(UInt32.self)
    case "i8": read(Int64.self)
    case "u8": read(UInt64.self)
    default: nil
    }
  }
}

extension JSON {
  /// A string's text.
  fileprivate var word: String? { if case .string(let text) = self { text } else { nil } }

  /// A whole number.
  fileprivate var whole: Int? { if case .integer(let number) = self { number } else { nil } }
}
