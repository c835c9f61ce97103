import GateKit

/// The answers of a model as they come, checked and put in the manifest's order of classes.
struct Answers {
  private let model: ModelSource
  private var numbers: [Double] = []
  private var decisions: [Int32] = []
  /// Which column of the model's answer holds each class; nil until the first batch.
  private var columns: (width: Int, labels: [String]?, places: [Int])?

  /// None yet, for a model.
  init(model: ModelSource) { self.model = model }

  /// Adds the answers of a batch that starts at `row`.
  mutating func append(_ scores: RawScores, from row: Int) throws(Diagnostic) {
    switch scores {
    case .labels(let codes, let dictionary):
      guard numbers.isEmpty else { throw changed }
      try append(codes, dictionary, from: row)
    case .numbers(let values, let width, let labels):
      guard decisions.isEmpty else { throw changed }
      if let columns {
        guard columns.width == width, columns.labels == labels else { throw changed }
      } else {
        columns = (width, labels, try places(width: width, labels: labels))
      }
      try append(values, width: width, from: row)
    }
  }

  /// Everything that came, for so many rows.
  func values(rows: Int) throws(Diagnostic) -> Predictions.Values {
    if !decisions.isEmpty { return .decisions(decisions) }
    return model.task == .multiclass ? .probabilities(numbers) : .scores(numbers)
  }

  /// A model that answers one batch in another shape than the one before.
  private var changed: Diagnostic {
    Diagnostic("the answers of \(model.role) change their shape from batch to batch")
  }

  /// Takes the wanted columns of each row.
  private mutating func append(
    _ values: [Double], width: Int, from row: Int
  ) throws(Diagnostic) {
    guard let places = columns?.places else { return }
    for (offset, start) in stride(from: 0, to: values.count, by: width).enumerated() {
      for place in places {
        // A place of -1 is the class that the one probability a row leaves over.
        let value = place < 0 ? 1 - values[start] : values[start + place]
        numbers.append(try checked(value, row: row + offset + 1))
      }
    }
  }

  /// A number that may be what the task wants.
  private func checked(_ value: Double, row: Int) throws(Diagnostic) -> Double {
    guard value.isFinite else {
      throw Diagnostic(
        "\(model.role) gives \(value) for row \(row)",
        hint: "a model must give a number for every row; look at its inputs for nulls")
    }
    guard model.task != .regression else { return value }
    guard value >= -1e-6, value <= 1 + 1e-6 else {
      throw Diagnostic(
        "\(model.role) gives \(value) for row \(row), which is not a probability",
        hint: "a model for the task \(model.task) must give values from 0 to 1, not margins")
    }
    return min(1, max(0, value))
  }

  /// Which columns of the answer hold the classes, in the manifest's order.
  private func places(width: Int, labels: [String]?) throws(Diagnostic) -> [Int] {
    if model.task == .regression {
      guard width == 1 else {
        throw Diagnostic("\(model.role) gives \(width) numbers a row, where regression wants one")
      }
      return [0]
    }
    let classes = model.classes
    let sorted = Self.sorted(classes)
    if model.task == .binary, width == 1, labels == nil {
      return [sorted.last == classes.last ? 0 : -1]
    }
    guard width == classes.count else {
      let found = labels.map { " (\(ModelInputs.list($0)))" } ?? ""
      throw Diagnostic(
        "\(model.role) gives \(width == 1 ? "1 number" : "\(width) numbers") a row\(found) for \(classes.count) classes "
          + "(\(ModelInputs.list(classes)))",
        hint: width == 1
          ? "it must give the probability of each class, such as XGBoost's multi:softprob"
          : "the model and the labels of the rows must have the same classes")
    }
    var places: [Int] = []
    for name in model.task == .binary ? classes.suffix(1) : classes[...] {
      let place =
        labels.map { $0.firstIndex { Self.same($0, name) } } ?? sorted.firstIndex(of: name)
      guard let place else {
        throw Diagnostic(
          "\(model.role) has no class '\(name)'; it has \(ModelInputs.list(labels ?? []))")
      }
      places.append(place)
    }
    return places
  }

  /// Takes the labels of each row.
  private mutating func append(
    _ codes: [Int32], _ dictionary: [String], from row: Int
  ) throws(Diagnostic) {
    if model.task == .regression {
      for (offset, code) in codes.enumerated() {
        guard let value = Double(dictionary[Int(code)]) else {
          throw Diagnostic(
            "\(model.role) gives '\(dictionary[Int(code)])' for row \(row + offset + 1), not a number"
          )
        }
        numbers.append(value)
      }
      return
    }
    let places = dictionary.map { text in model.classes.firstIndex { Self.same(text, $0) } }
    for (offset, code) in codes.enumerated() {
      guard let place = places[Int(code)] else {
        throw Diagnostic(
          "\(model.role) gives the label '\(dictionary[Int(code)])' for row \(row + offset + 1); "
            + "known are \(ModelInputs.list(model.classes))")
      }
      decisions.append(Int32(place))
    }
  }

  /// Labels in the order scikit-learn gives classes: by number where all are numbers, otherwise by code point.
  static func sorted(_ labels: [String]) -> [String] {
    let numbers = labels.map { Double($0) }
    if !numbers.contains(nil) {
      return zip(labels, numbers).sorted { $0.1 ?? 0 < $1.1 ?? 0 }.map(\.0)
    }
    return labels.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  /// Whether a model's label and one of the manifest's are the same: as text, as numbers, or as false and true
  /// for 0 and 1.
  static func same(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    /// The number a label stands for.
    func number(_ text: String) -> Double? {
      switch text {
      case "true", "True": 1
      case "false", "False": 0
      default: Double(text)
      }
    }
    guard let first = number(a), let second = number(b) else { return false }
    return first == second
  }
}
