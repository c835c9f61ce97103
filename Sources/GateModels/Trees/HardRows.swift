internal import CTrees
import GateCore

/// Makes rows that are hard to score alike: missing, infinite, huge and tiny numbers, the thresholds of a forest and their
/// neighbours, categories that no split names.
struct HardRows {
  private let forest: Forest
  /// The thresholds of each input, and whether a split takes it for a category.
  private var thresholds: [[Double]]
  private var isCategory: [Bool]

  /// Gathers the thresholds of a forest.
  init(_ forest: Forest) {
    self.forest = forest
    thresholds = Array(repeating: [], count: forest.features)
    isCategory = Array(repeating: false, count: forest.features)
    for split in forest.splits {
      let feature = Int(split.feature)
      if split.words > 0 {
        isCategory[feature] = true
      } else {
        thresholds[feature].append(split.threshold)
      }
    }
  }

  private static let strange: [Double] = [
    .nan, 0, -0.0, 1e-36, -1e-36, 1e-35, 1.1e-35, .leastNonzeroMagnitude, -0.5, -1, -2, 0.5, 200,
    0x1p31, -0x1p31,
    1e10,
  ]
  private static let huge: [Double] = [.infinity, -.infinity, 1e300, -1e300, 1.797e308]
  private static let hugeSingle: [Double] = [3e38, -3e38, Double(Float.leastNonzeroMagnitude)]

  /// Columns of `count` rows, the same every time; where `numbers` has rows, some cells are of them.
  func columns(count: Int, beside numbers: [[Double]], _ rows: Range<Int>) -> [[Double]] {
    var source = RandomSource(seed: 0x7265_6573, stream: UInt64(forest.features))
    return (0..<forest.features).map { feature in
      let own = numbers.indices.contains(feature) ? numbers[feature] : []
      return (0..<count).map { _ in
        cell(feature, own.isEmpty || rows.isEmpty ? nil : own, rows, &source)
      }
    }
  }

  private func cell(
    _ feature: Int, _ own: [Double]?, _ rows: Range<Int>, _ source: inout RandomSource
  ) -> Double {
    func pick(_ values: [Double]) -> Double { values[source.index(below: UInt32(values.count))] }
    switch source.index(below: 10) {
    case 0..<3: return pick(Self.strange + (forest.isSingle ? Self.hugeSingle : Self.huge))
    case 3..<6 where isCategory[feature]: return Double(source.index(below: 300))
    case 3..<6 where !thresholds[feature].isEmpty:
      return near(pick(thresholds[feature]), source.index(below: 4))
    default:
      guard let own else { return Double(source.index(below: 100)) / 10 }
      return own[rows.lowerBound + source.index(below: UInt32(rows.count))]
    }
  }

  /// A threshold or a neighbour of it, in the precision of the inputs.
  private func near(_ threshold: Double, _ which: Int) -> Double {
    guard forest.isSingle else {
      return which == 0 ? threshold.nextUp : which == 1 ? threshold.nextDown : threshold
    }
    let single = Float(threshold)
    let near = which < 2 ? single.nextUp : which == 2 ? single : single.nextDown
    return near.isFinite ? Double(near) : 0
  }
}
