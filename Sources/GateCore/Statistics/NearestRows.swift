internal import CNearest

/// Points of the same number of coordinates, of which equal ones stand once.
package struct DistinctPoints: Sendable {
  package let width: Int
  /// One point after another, in the order in which they are first met.
  package let values: [Double]
  /// Which of them each row is.
  package let codes: [Int32]
  /// Points.
  package var count: Int { values.count / width }

  /// `width` finite numbers a row, at least one.
  package init(_ rows: [Double], width: Int) {
    self.width = width
    var known: [[Double]: Int32] = [:]
    var values: [Double] = []
    var codes: [Int32] = []
    codes.reserveCapacity(rows.count / width)
    for start in stride(from: 0, to: rows.count, by: width) {
      let point = Array(rows[start..<(start + width)])
      if let code = known[point] {
        codes.append(code)
      } else {
        let code = Int32(truncatingIfNeeded: known.count)
        known[point] = code
        codes.append(code)
        values += point
      }
    }
    (self.values, self.codes) = (values, codes)
  }
}

/// Rows as points, and which of them lie nearest to others: exactly, by Euclid's distance.
///
/// Source: nanoflann 1.4, a kd-tree; of rows equally far those that come first.
package struct NearestRows: Sendable {
  private let tree: Tree
  private let points: DistinctPoints
  private let members: Grouping

  /// Throws `Undefined` where there is no row, or not enough memory.
  package init(_ points: DistinctPoints) throws(Undefined) {
    self.points = points
    tree = try Tree(points)
    members = Grouping(points.codes, groups: points.count)
  }

  /// The `wanted` rows nearest to each query, as many as there are rows at most: so many places a query, the nearest
  /// first. Queries are points of the same coordinates, one after another.
  package func places(_ wanted: Int, nearestTo queries: [Double]) async throws(Undefined) -> [Int32]
  {
    let width = points.width
    let size = 256
    let starts = Array(stride(from: 0, to: queries.count / width, by: size))
    let parts = await starts.concurrentMap { start -> [Int32]? in
      let end = min(start + size, queries.count / width)
      return found(wanted, nearestTo: queries[(start * width)..<(end * width)])
    }
    var places: [Int32] = []
    places.reserveCapacity(queries.count / width * wanted)
    for part in parts {
      guard let part else { throw Undefined("there is not enough memory to look for like rows") }
      places += part
    }
    return places
  }

  /// Of some queries; nil: there is not enough memory.
  private func found(_ wanted: Int, nearestTo queries: ArraySlice<Double>) -> [Int32]? {
    let count = queries.count / points.width
    // Points in order of distance and first row: the nearest rows are among as many points.
    let most = min(wanted, points.count)
    var found = [Int32](repeating: -1, count: count * most)
    var squares = [Double](repeating: 0, count: count * most)
    guard tree.find(queries, count, most, &found, &squares) else { return nil }
    var places: [Int32] = []
    places.reserveCapacity(count * wanted)
    for query in 0..<count {
      let end = (query + 1) * most
      var next = query * most
      let full = places.count + wanted
      while next < end, places.count < full {
        var last = next + 1
        while last < end, squares[last] == squares[next] { last += 1 }
        var tied: [Int32] = []
        for place in next..<last { tied += members.places(of: Int(found[place])) }
        if last > next + 1 { tied.sort() }
        places += tied.prefix(full - places.count)
        next = last
      }
    }
    return places
  }

  /// The library's tree with the points it reads.
  // Unchecked: nothing writes to the tree or to its points once they are made.
  private final class Tree: @unchecked Sendable {
    private let points: UnsafeMutableBufferPointer<Double>
    private let handle: OpaquePointer

    /// Throws `Undefined` where there is no point, or not enough memory.
    package init(_ distinct: DistinctPoints) throws(Undefined) {
      if distinct.count == 0 { throw Undefined("there are no rows to compare with") }
      points = .allocate(capacity: distinct.values.count)
      _ = points.initialize(fromContentsOf: distinct.values)
      guard
        let made = nearest_make(points.baseAddress, Int64(distinct.count), Int64(distinct.width))
      else {
        points.deallocate()
        throw Undefined("there is not enough memory to look for like rows")
      }
      handle = made
    }

    deinit {
      nearest_free(handle)
      points.deallocate()
    }

    /// Writes places and squares of distances, `wanted` a query; false: there is not enough memory.
    package func find(
      _ queries: ArraySlice<Double>, _ count: Int, _ wanted: Int, _ found: inout [Int32],
      _ squares: inout [Double]
    ) -> Bool {
      queries.withUnsafeBufferPointer {
        nearest_find(handle, $0.baseAddress, Int64(count), Int64(wanted), &found, &squares)
      }
    }
  }
}
