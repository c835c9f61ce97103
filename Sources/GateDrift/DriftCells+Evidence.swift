package import GateCore

extension DriftCells {
  /// The most cells that a report shows.
  private static let most = 40

  /// The cells of both sides: bins in their order, or the categories that moved most.
  package var evidence: [JSON.Member] {
    let (p, q) = shares
    if case .edges(let edges) = labels {
      let bins = p.indices.map { place in
        JSON.object([
          JSON.Member("low", .number(place == 0 ? nil : edges[place - 1])),
          JSON.Member("high", .number(place == edges.count ? nil : edges[place])),
          JSON.Member("reference", .number(p[place])), JSON.Member("current", .number(q[place])),
        ])
      }
      return [JSON.Member("bins", .array(bins))]
    }
    let moved = Self.largest(p.indices.map { abs(q[$0] - p[$0]) }).map { place in
      JSON.object([
        JSON.Member("value", .string(name(place))),
        JSON.Member("reference", .number(p[place])), JSON.Member("current", .number(q[place])),
        JSON.Member("difference", .number(q[place] - p[place])),
      ])
    }
    return [JSON.Member("categories", .array(moved))]
  }

  /// The places of the largest numbers, falling; of equal ones the first.
  ///
  /// A column may have hundreds of thousands of categories, and few of them are wanted.
  package static func largest(_ numbers: [Double]) -> [Int] {
    var places: [Int] = []
    for place in numbers.indices {
      if places.count == most, let last = places.last, numbers[place] <= numbers[last] { continue }
      let rank = places.firstIndex { numbers[$0] < numbers[place] } ?? places.count
      places.insert(place, at: rank)
      if places.count > most { places.removeLast() }
    }
    return places
  }
}
