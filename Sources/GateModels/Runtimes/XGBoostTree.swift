import GateCore

/// The numbers of one tree.
struct XGBoostTree {
  var left: [Int] = []
  var right: [Int] = []
  var parents: [Int] = []
  var inputs: [Int] = []
  var conditions: [Double] = []
  /// The nodes that split by categories, where the categories of each begin, how many they are, and all of them.
  var categorical: [Int] = []
  var segments: [Int] = []
  var sizes: [Int] = []
  var categories: [Int] = []
  /// How many answers a leaf has, and of several how many numbers all leaves have: such a leaf's right child is the place of
  /// its own among them.
  var width = 1
  var leafNumbers: [Double] = []
  /// Whether a missing value goes left, and what each node splits by: 0 a number, 1 a category.
  var defaults: [Int] = []
  var kinds: [Int] = []

  /// How the root's parent is written, and that of a node that was cut off.
  private static let noParent: Set = [Int(Int32.max), -1, Int(Int32.min)]

  /// The nodes that split.
  var splits: [Int] { left.indices.filter { left[$0] != -1 } }

  /// What keeps it from being a tree; nil: nothing.
  var mistake: String? {
    let nodes = left.count
    for (name, found) in [
      ("right_children", right.count), ("split_indices", inputs.count),
      ("split_conditions", conditions.count), ("parents", parents.count),
    ] where found != nodes {
      return "has \(found) numbers of '\(name)' for \(nodes.counted("node"))"
    }
    if nodes == 0 { return "has no nodes" }
    // A number beyond single precision becomes an infinity where the library reads it.
    if let place = conditions.firstIndex(where: { $0.isFinite && !Float($0).isFinite }) {
      return "has the number \(conditions[place]), which single precision does not hold"
    }
    return childrenMistake ?? categoriesMistake
  }

  /// Every child is a node that no other has, and knows its parent.
  private var childrenMistake: String? {
    let nodes = left.count
    var isChild = [Bool](repeating: false, count: nodes)
    isChild[0] = true
    for node in left.indices {
      if left[node] == -1, width > 1, !leafNumbers.isEmpty {
        guard right[node] >= 0, right[node] < leafNumbers.count / width else {
          return "has a leaf with the numbers \(right[node]) of \(leafNumbers.count / width)"
        }
        continue
      }
      if left[node] == -1, right[node] == -1 { continue }
      for child in [left[node], right[node]] {
        guard (0..<nodes).contains(child) else {
          return "has the child \(child), and \(nodes.counted("node"))"
        }
        if isChild[child] { return "has the node \(child) as a child twice, or above itself" }
        isChild[child] = true
        if parents[child] != node {
          return "has the node \(child) below \(node), and its parent is \(parents[child])"
        }
      }
    }
    return Self.noParent.contains(parents[0]) ? nil : "has a root with the parent \(parents[0])"
  }

  private var categoriesMistake: String? {
    guard segments.count == categorical.count, sizes.count == categorical.count else {
      return
        "has \(categorical.count) splits by categories, and \(segments.count) beginnings of them"
    }
    for (place, node) in categorical.enumerated() {
      let (start, size) = (segments[place], sizes[place])
      guard left.indices.contains(node), start >= 0, size >= 0,
        start <= categories.count, size <= categories.count - start
      else { return "has categories that do not fit its splits" }
    }
    return nil
  }
}
