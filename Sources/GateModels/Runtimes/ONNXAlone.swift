import GateCore

/// Rows of an ONNX model's first batch scored once more, each by itself: an answer that changes by that is made of the
/// other rows too, and holds for no row that is scored in use.
struct ONNXAlone {
  /// The model as the user knows it.
  let name: String
  /// Whether the model rounds its numbers by a scale that all rows of a batch share.
  let isScaledByBatch: Bool

  /// The rows that are looked at: up to 8, spread over all.
  static func places(_ rows: Range<Int>) -> [Int] {
    let count = min(8, rows.count)
    guard count > 1 else { return Array(rows) }
    return (0..<count).map { rows.lowerBound + $0 * (rows.count - 1) / (count - 1) }
  }

  /// Refuses the answer at `place` of `batch` where that of the row by itself is another; `row` is its number from 1.
  func compare(
    _ batch: RawScores, at place: Int, with alone: RawScores, row: Int
  ) throws(Diagnostic) {
    let (among, own) = (Answer(batch, place), Answer(alone, 0))
    let share = isScaledByBatch ? 0.05 : 1e-3
    let unit = min(1, max(1e-6, batch.largest))
    guard among.numbers.count == own.numbers.count else {
      throw depends(row, "\(among.numbers.count) numbers", "\(own.numbers.count)")
    }
    for (found, wanted) in zip(among.numbers, own.numbers) {
      if found == wanted || found.isNaN && wanted.isNaN { continue }
      let allowed = share * (unit + max(abs(found), abs(wanted)))
      // A difference that is no number is one.
      if abs(found - wanted) <= allowed, found.isFinite, wanted.isFinite { continue }
      throw depends(row, Self.words(found), Self.words(wanted))
    }
    guard among.numbers.isEmpty, !isScaledByBatch, let label = among.label, let other = own.label,
      !label.isSame(as: other)
    else { return }
    throw depends(row, "'\(label)'", "'\(other)'")
  }

  /// The mistake.
  private func depends(_ row: Int, _ among: String, _ alone: String) -> Diagnostic {
    Diagnostic(
      "the answer of the model '\(name)' for row \(row) depends on the other rows that are scored with it: "
        + "\(among) among them, \(alone) by itself",
      hint: isScaledByBatch
        ? "quantise it statically, with scales that were measured beforehand"
        : "export it with the means and ranges of its training data as constants, and with no operator over "
          + "the rows, axis 0; or score it elsewhere as it is used and name the file under 'predictions'"
    )
  }

  /// A number as the model has it.
  private static func words(_ value: Double) -> String {
    Double(Float(value)) == value ? "\(Float(value))" : "\(value)"
  }

  /// The answer for one row.
  private struct Answer {
    var numbers: [Double] = []
    /// Nil where there are numbers, of which a label is made.
    var label: String?

    /// Takes it out of those of a batch.
    init(_ scores: RawScores, _ place: Int) {
      switch scores {
      case .numbers(let values, let width, _), .labelled(let values, let width, _, _):
        numbers = Array(values[place * width..<(place + 1) * width])
      case .labels(let codes, let dictionary): label = dictionary[Int(codes[place])]
      }
    }
  }
}

extension RawScores {
  /// The largest size of a finite number; 0 without any.
  fileprivate var largest: Double {
    switch self {
    case .numbers(let values, _, _), .labelled(let values, _, _, _):
      values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    case .labels: 0
    }
  }
}
