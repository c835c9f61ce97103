/// Which features the trees of a LightGBM model split by category, and what training had of them.
///
/// LightGBM sends a category that no split names to the right, as it does every other that it does not know.
enum LightGBMSplits {
  /// The values of each feature at `categorical` places that a tree splits so, as the head lists them: `-1:4:2`.
  static func seen(
    _ infos: [Substring], _ trees: Substring, categorical: [Int]
  ) -> [Int: Set<Double>] {
    let split = features(trees)
    var seen: [Int: Set<Double>] = [:]
    for place in categorical where split.contains(place) && infos.indices.contains(place) {
      let values = infos[place].split(separator: ":").map { Double($0) }
      // A range in brackets is of numbers.
      guard !values.isEmpty, !values.contains(nil) else { continue }
      seen[place] = Set(values.compactMap(\.self).filter { $0 >= 0 })
    }
    return seen
  }

  /// The features of the splits whose decision_type has the bit of categories, the lowest.
  private static func features(_ trees: Substring) -> Set<Int> {
    let (features, types) = (Array("split_feature=".utf8), Array("decision_type=".utf8))
    var found: Set<Int> = []
    var places: [Int] = []
    for line in trees.utf8.split(separator: UInt8(ascii: "\n")) {
      if line.starts(with: features) {
        places = numbers(line.dropFirst(features.count))
      } else if line.starts(with: types) {
        for (place, type) in zip(places, numbers(line.dropFirst(types.count))) where type & 1 == 1 {
          found.insert(place)
        }
      }
    }
    return found
  }

  /// Whole numbers with blanks between them.
  private static func numbers(_ line: Substring.UTF8View.SubSequence) -> [Int] {
    line.split(separator: UInt8(ascii: " ")).map { Int(Substring($0)) ?? 0 }
  }
}
