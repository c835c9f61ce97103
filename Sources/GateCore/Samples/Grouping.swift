/// The places of the rows of each group, in their own order: a counting sort by group.
struct Grouping {
  /// The places of group 0, then those of group 1, and so on.
  private let places: [Int32]
  /// Where each group starts in `places`, and after the last its end.
  private let bounds: [Int]

  /// `codes` says for each place which group (negative: none) it is of.
  package init(_ codes: [Int32], groups: Int) {
    var next = [Int](repeating: 0, count: groups + 1)
    for code in codes where code >= 0 { next[Int(code) + 1] += 1 }
    for group in 0..<groups { next[group + 1] += next[group] }
    bounds = next
    places = [Int32](unsafeUninitializedCapacity: next[groups]) { places, initialized in
      initialized = next[groups]
      for (place, code) in codes.enumerated() where code >= 0 {
        places[next[Int(code)]] = Int32(truncatingIfNeeded: place)
        next[Int(code)] += 1
      }
    }
  }

  /// The places of one group.
  package func places(of group: Int) -> ArraySlice<Int32> {
    places[bounds[group]..<bounds[group + 1]]
  }
}

extension Array {
  /// The elements at `places`, in the order of `places`.
  package func at(_ places: some RandomAccessCollection<Int32>) -> [Element] {
    withUnsafeBufferPointer { elements in places.map { elements[Int($0)] } }
  }
}
