import GateCore

/// The rows of a query that a list of k shows: the highest scored, and of those that tie for the last ranks a share.
struct RecommendedList: Sendable {
  /// The query.
  package let query: RankedQuery
  /// Rows that are shown whatever the order of equal scores.
  package let certain: Int
  /// Where the rows that tie for what is left end; `certain` where nothing ties.
  package let end: Int
  /// How many of those that tie are shown.
  let picked: Int

  /// The first `length` rows of a query, all of them where it has fewer.
  package init(_ query: RankedQuery, _ length: Int) {
    self.query = query
    let size = min(length, query.count)
    var certain = 0
    var end = 0
    query.forEachTie { tie in
      end = tie.upperBound
      if tie.upperBound <= size { certain = tie.upperBound }
      return end < size
    }
    self.certain = certain
    self.end = end
    picked = size - certain
  }

  /// Rows shown.
  package var size: Int { certain + picked }
  /// The share of the orders of equal scores in which the row at a rank is shown.
  package func share(_ rank: Int) -> Double {
    rank < certain ? 1 : Double(picked) / Double(end - certain)
  }

  /// The mean of a figure of the rows shown, over the orders of equal scores.
  package func mean(_ figure: (_ rank: Int) throws(Undefined) -> Double) throws(Undefined) -> Double
  {
    var sum = 0.0
    for rank in 0..<end { sum += share(rank) * (try figure(rank)) }
    return sum / Double(size)
  }
}

/// How the lists of all queries share the items out.
struct Exposure: Sendable {
  /// The chance that an item stands in no list, by code.
  package private(set) var missed: [Double]
  /// The weight of the lists an item stands in, by code.
  package private(set) var shown: [Double]
  /// The sum over lists of weight / sqrt(size) that an item has, by code, and of its square.
  private(set) var directions: [(sum: Double, squares: Double)]
  /// Whether an item is among the rows, by code.
  private(set) var isOffered: [Bool]

  /// Reads `item` and `k`; throws `Undefined` where an item stands twice among the best rows of one query.
  package init(_ rows: RankedRows, _ arguments: Arguments) throws(Undefined) {
    let items = try arguments.items("item", rows)
    let length = try arguments.listLength()
    let count = Int(rows.rows.map { items[Int($0)] }.max() ?? -1) + 1
    missed = [Double](repeating: 1, count: count)
    shown = [Double](repeating: 0, count: count)
    directions = [(sum: Double, squares: Double)](repeating: (0, 0), count: count)
    isOffered = [Bool](repeating: false, count: count)
    var lastQuery = [Int](repeating: -1, count: count)
    for query in 0..<rows.count where rows.weights[query] > 0 {
      let (ranked, weight) = (rows[query], rows.weights[query])
      for rank in 0..<ranked.count { isOffered[Int(items[ranked.row(rank)])] = true }
      let list = RecommendedList(ranked, length)
      let scale = weight / Double(list.size).squareRoot()
      for rank in 0..<list.end {
        let code = Int(items[ranked.row(rank)])
        guard lastQuery[code] != query else {
          throw Undefined(
            "the item '\(arguments.called("item", Int32(code)))' stands twice among the best rows "
              + "of one query (row \(ranked.row(rank) + 1)), and a list shows an item once")
        }
        lastQuery[code] = query
        let share = list.share(rank)
        missed[code] *= 1 - share
        shown[code] += weight * share
        directions[code].sum += scale * share
        directions[code].squares += scale * share * scale * share
      }
    }
  }
}

extension Arguments {
  /// A list of two, of items that the places of six rows name.
  static let listOfTwo = Arguments(
    ["k": 2], columns: ["item": .codes([0, 1, 2, 0, 2, 3], ["loan", "card", "lease", "fund"])])

  /// The same with one more column.
  static func listOfTwo(_ name: String, _ values: RowValues) -> Arguments {
    var arguments = listOfTwo
    arguments.columns[name] = values
    return arguments
  }
}
