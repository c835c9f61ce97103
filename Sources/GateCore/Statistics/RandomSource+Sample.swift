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
