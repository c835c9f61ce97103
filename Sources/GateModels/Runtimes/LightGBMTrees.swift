import GateCore

/// Holds the trees of a LightGBM text model to their form, of which the library looks at nothing: a letter among the digits
/// gives another number, and a feature or a child that there is not is read from foreign memory.
struct LightGBMTrees {
  /// How many inputs the model has.
  private let features: Int
  /// The tree that is read, from 0.
  private var tree = -1
  private var leaves = 0
  /// The splits and leaves of the trees before.
  private var nodes = 0
  /// The whole numbers of a tree's lines, by their key.
  private var integers: [String: [Int]] = [:]
  /// How many numbers its other lines have.
  private var counts: [String: Int] = [:]

  /// Lines of whole numbers, and of numbers that decide what is scored.
  private static let ofIntegers: Set = [
    "num_leaves", "num_cat", "split_feature", "decision_type", "left_child", "right_child",
    "cat_boundaries",
    "cat_threshold", "is_linear", "num_features", "leaf_features",
  ]
  private static let ofNumbers: Set = [
    "threshold", "leaf_value", "leaf_const", "leaf_coeff", "shrinkage",
  ]

  private init(features: Int) { self.features = features }

  /// Refuses trees that are not whole; `text`: from the first `Tree=0` to the end of the last.
  ///
  /// Gives how many trees and nodes there are.
  static func check(_ text: Substring, features: Int) throws(Diagnostic) -> ModelSize {
    var trees = LightGBMTrees(features: features)
    var text = text
    let mistake = text.withUTF8 { bytes -> Diagnostic? in
      do throws(Diagnostic) {
        try trees.read(bytes)
        return nil
      } catch { return error }
    }
    if let mistake { throw mistake }
    return ModelSize(trees: trees.tree + 1, nodes: trees.nodes)
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
        if line.starts(with: "end of trees".utf8) { break }
        continue
      }
      let key = String(decoding: line[..<equals], as: UTF8.self)
      let values = line[(equals + 1)...]
      if key == "Tree" {
        if tree >= 0 { try checkTree() }
        tree += 1
        (integers, counts) = ([:], [:])
      } else if Self.ofIntegers.contains(key) {
        integers[key] = try wholeNumbers(values, key)
      } else if Self.ofNumbers.contains(key) {
        counts[key] = try count(values, key)
      }
    }
    if tree >= 0 { try checkTree() }
  }

  private func wrong(_ what: String) -> Diagnostic { Diagnostic("tree \(tree) \(what)") }

  /// The whole numbers of a line.
  private func wholeNumbers(_ line: UnsafeBufferPointer<UInt8>.SubSequence, _ key: String)
    throws(Diagnostic)
    -> [Int]
  {
    var numbers: [Int] = []
    for word in line.split(separator: UInt8(ascii: " ")) {
      guard let number = Int(String(decoding: word, as: UTF8.self)) else {
        throw wrong(
          "has '\(String(decoding: word.prefix(40), as: UTF8.self))' among '\(key)', which are whole numbers"
        )
      }
      numbers.append(number)
    }
    return numbers
  }

  /// How many numbers a line has, each a decimal one.
  private func count(_ line: UnsafeBufferPointer<UInt8>.SubSequence, _ key: String)
    throws(Diagnostic)
    -> Int
  {
    var count = 0
    for word in line.split(separator: UInt8(ascii: " ")) {
      guard Self.isNumber(word) else {
        throw wrong(
          "has '\(String(decoding: word.prefix(40), as: UTF8.self))' among '\(key)', which is no number"
        )
      }
      count += 1
    }
    return count
  }

  /// Whether a word is a number as C's `printf` writes it.
  private static func isNumber(_ word: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
    var rest = word
    func digits() -> Int {
      let count = rest.prefix { $0 &- 0x30 < 10 }.count
      rest = rest.dropFirst(count)
      return count
    }
    func take(_ letters: StaticString) -> Bool {
      let isThere = letters.withUTF8Buffer { rest.first.map($0.contains) ?? false }
      if isThere { rest = rest.dropFirst() }
      return isThere
    }
    _ = take("+-")
    if rest.elementsEqual("inf".utf8) || rest.elementsEqual("nan".utf8) { return true }
    let whole = digits()
    let fraction = take(".") ? digits() : 0
    guard whole + fraction > 0 else { return false }
    if take("eE") {
      _ = take("+-")
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Holds the lines of one tree to each other.
  private mutating func checkTree() throws(Diagnostic) {
    guard let found = integers["num_leaves"]?.first, found >= 1 else {
      throw wrong("says no number of leaves")
    }
    leaves = found
    guard counts["leaf_value"] == leaves else {
      throw wrong("has \(counts["leaf_value"] ?? 0) values of \(leaves.counted("leaf", "leaves"))")
    }
    nodes += 2 * leaves - 1
    if leaves == 1 { return }
    let splits = leaves - 1
    for key in ["split_feature", "decision_type", "left_child", "right_child"] {
      let count = integers[key]?.count ?? 0
      guard count == splits else {
        throw wrong("has \(count) numbers of '\(key)' for \(splits.counted("split"))")
      }
    }
    guard counts["threshold"] == splits else {
      throw wrong("has \(counts["threshold"] ?? 0) thresholds for \(splits.counted("split"))")
    }
    let used = (integers["split_feature"] ?? []) + (integers["leaf_features"] ?? [])
    if let stranger = used.first(where: { !(0..<features).contains($0) }) {
      throw wrong("splits by input \(stranger), and the model has \(features)")
    }
    try checkChildren(integers["left_child"] ?? [], integers["right_child"] ?? [])
  }

  /// Every child is a split or a leaf that there is. Children in a ring are left to the limit of time.
  private func checkChildren(_ left: [Int], _ right: [Int]) throws(Diagnostic) {
    for child in left + right {
      guard child < 0 ? ~child < leaves : child < left.count else {
        throw wrong("has the child \(child), and \(left.count.counted("split"))")
      }
    }
  }
}
