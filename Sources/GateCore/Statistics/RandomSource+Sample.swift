extension RandomSource {
  /// Some of the places 0..<`count`, rising, each choice as likely; all of them where no more than `wanted` are there.
  ///
  /// Source: Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S.
  package static func sample(_ wanted: Int, of count: Int, seed: UInt64, stream: UInt64) -> [Int32]
  {
    if count <= wanted { return Array(0..<Int32(count)) }
    var random = RandomSource(seed: seed, stream: stream)
    var places: [Int32] = []
    places.reserveCapacity(wanted)
    for place in 0..<count where random.index(below: UInt32(count - place)) < wanted - places.count
    {
      places.append(Int32(place))
    }
    return places
  }
}

extension RandomSource {
  /// The places 0..<`count` in an order in which each is as likely as any other.
  ///
  /// Source: Durstenfeld, "Algorithm 235: Random permutation", Communications of the ACM 7, 1964.
  package static func order(of count: Int, seed: UInt64, stream: UInt64) -> [Int32] {
    var random = RandomSource(seed: seed, stream: stream)
    var places = (0..<Int32(count)).map { $0 }
    for place in places.indices.dropFirst().reversed() {
      places.swapAt(place, random.index(below: UInt32(place + 1)))
    }
    return places
  }
}
