internal import CTrees
import GateCore

/// The trees of a model in the form that `CTrees` takes, whichever library made them.
struct Forest {
  /// In the order in which their answers are added.
  var trees: [trees_tree] = []
  /// Those of all trees; children are counted within their tree.
  var splits: [trees_split] = []
  /// Sets of categories, a bit each.
  var categories: [UInt32] = []
  /// `width` numbers a leaf.
  var leaves: [Double] = []
  /// How many numbers a leaf has; with more than one, those of all sums.
  var width = 1
  /// The linear models of the leaves, where there are any.
  var linear: LinearLeaves?
  /// How many inputs a row has.
  var features = 0
  /// What each sum of a row starts from.
  var start: [Double] = []
  /// Whether inputs and sums are of single precision.
  var isSingle = false

  /// Adds a set of categories; gives where its words begin and how many there are.
  mutating func append(categories set: [Int]) throws(NotScoredHere) -> (
    first: UInt32, count: UInt32
  ) {
    guard set.allSatisfy({ 0..<Int(TREES_MOST_CATEGORIES) ~= $0 }) else {
      throw NotScoredHere("it splits by a category beyond \(TREES_MOST_CATEGORIES)")
    }
    let first = categories.count
    categories.append(contentsOf: repeatElement(0, count: (set.max() ?? 0) / 32 + 1))
    for category in set { categories[first + category / 32] |= 1 << UInt32(category % 32) }
    return (UInt32(first), UInt32(categories.count - first))
  }
}

/// Linear models of leaves, leaf after leaf.
struct LinearLeaves {
  var constants: [Double] = []
  /// Where the terms of each leaf begin, and behind them the end of all.
  var first: [UInt32] = [0]
  var features: [UInt32] = []
  var coefficients: [Double] = []

  /// Adds leaves without a linear model.
  mutating func append(plain count: Int) {
    constants.append(contentsOf: repeatElement(0, count: count))
    first.append(contentsOf: repeatElement(UInt32(features.count), count: count))
  }
}

/// Why the library scores a model and not its trees, in a few words.
struct NotScoredHere: Error {
  let reason: String

  /// As the report has it.
  init(_ reason: String) { self.reason = reason }
}

/// A forest made ready to score.
final class ReadyForest {
  /// How many sums a row has.
  let groups: Int
  private let features: Int
  private let handle: OpaquePointer

  /// Makes a forest ready; throws where it is not one that is scored here.
  init(_ forest: Forest) throws(NotScoredHere) {
    var why: UnsafePointer<CChar>?
    let made = forest.withDescription { description in
      withUnsafePointer(to: description) { trees_make($0, &why) }
    }
    guard let made else {
      throw NotScoredHere(why.map { String(cString: $0) } ?? "it is not one")
    }
    handle = made
    groups = forest.start.count
    features = forest.features
  }

  deinit { trees_free(handle) }

  /// Whether this processor scores with AVX2.
  static let hasFastPath = trees_has_fast_path() != 0

  /// The sums of some rows, `groups` a row; nil: the library must answer, which refuses an infinity.
  ///
  /// - Parameters:
  ///   - columns: The numbers of each input, NaN for a null; an empty one is all NaN.
  ///   - isFast: Whether to use AVX2 where the processor has it; the bits are the same without.
  func sums(_ columns: [[Double]], rows: Range<Int>, isFast: Bool = true) -> [Double]? {
    guard columns.count == features else { return nil }
    var sums = [Double](repeating: 0, count: rows.count * groups)
    // So many rows that they stay near the processor.
    let size = max(64, min(2048, (1 << 16) / max(1, features) / 64 * 64))
    var numbers = [Double](repeating: .nan, count: features * size)
    let isDone = numbers.withUnsafeMutableBufferPointer { numbers in
      sums.withUnsafeMutableBufferPointer { sums in
        let pointers = (0..<features).map {
          Optional(UnsafePointer(numbers.baseAddress! + $0 * size))
        }
        for first in stride(from: 0, to: rows.count, by: size) {
          let count = min(size, rows.count - first)
          for (place, column) in columns.enumerated() where !column.isEmpty {
            column.withUnsafeBufferPointer {
              (numbers.baseAddress! + place * size).update(
                from: $0.baseAddress! + rows.lowerBound + first, count: count)
            }
          }
          let status = trees_score(
            handle, pointers, count, sums.baseAddress! + first * groups,
            isFast && Self.hasFastPath ? 1 : 0)
          if status != TREES_DONE { return false }
        }
        return true
      }
    }
    return isDone ? sums : nil
  }
}

extension Forest {
  /// Calls `body` with the forest as C has it, whose pointers are good until it returns.
  fileprivate func withDescription<T>(_ body: (trees_description) -> T) -> T {
    var description = trees_description()
    (description.tree_count, description.split_count) = (trees.count, splits.count)
    (description.category_words, description.width) = (categories.count, width)
    description.leaf_count = leaves.count / max(1, width)
    (description.features, description.groups) = (features, start.count)
    description.is_single = isSingle ? 1 : 0
    return trees.withUnsafeBufferPointer { trees in
      splits.withUnsafeBufferPointer { splits in
        categories.withUnsafeBufferPointer { categories in
          leaves.withUnsafeBufferPointer { leaves in
            start.withUnsafeBufferPointer { start in
              description.trees = trees.baseAddress
              description.splits = splits.baseAddress
              description.categories = categories.baseAddress
              description.leaves = leaves.baseAddress
              description.start = start.baseAddress
              guard let linear else { return body(description) }
              return linear.with(&description, body)
            }
          }
        }
      }
    }
  }
}

extension LinearLeaves {
  /// Calls `body` with the linear leaves among the rest.
  fileprivate func with<T>(
    _ description: inout trees_description, _ body: (trees_description) -> T
  ) -> T {
    description.linear_terms = features.count
    return constants.withUnsafeBufferPointer { constants in
      first.withUnsafeBufferPointer { first in
        features.withUnsafeBufferPointer { features in
          coefficients.withUnsafeBufferPointer { coefficients in
            description.linear_constants = constants.baseAddress
            description.linear_first = first.baseAddress
            description.linear_features = features.baseAddress
            description.linear_coefficients = coefficients.baseAddress
            return body(description)
          }
        }
      }
    }
  }
}
