import GateCore

extension SliceSearch {
  /// Leaves out what a better one says already, until there are `most`.
  package func distinct(
    _ ranked: [FoundSlice], _ most: Int, _ total: SliceCells.Sums
  ) async -> [FoundSlice] {
    var kept: [Kept] = []
    var union = [UInt64](repeating: 0, count: (values.count + 63) / 64)
    let compared = Array(ranked.prefix(max(Self.mostCompared, most)))
    for start in stride(from: 0, to: compared.count, by: Self.together) where kept.count < most {
      let some = compared[start..<min(start + Self.together, compared.count)]
      for new in await some.concurrentMap({ candidate($0) }) where kept.count < most {
        guard
          !kept.contains(where: { $0.members.overlap(with: new.members) > Self.mostOverlap }),
          isNews(new, beside: kept, union, total)
        else { continue }
        kept.append(new)
        for word in union.indices { union[word] |= new.members[word] }
      }
    }
    return kept.map(\.slice)
  }

  /// A slice with its rows and what they lose.
  private func candidate(_ slice: FoundSlice) -> Kept {
    let members = slice.members(of: columns, 0..<values.count)
    let sums = sums(members)
    return Kept(slice: slice, members: members, mean: sums[1] / sums[0])
  }

  /// A slice that is to be tested.
  private struct Kept {
    package let slice: FoundSlice
    package let members: [UInt64]
    /// What its rows lose.
    let mean: Double
  }

  /// Whether a slice is worse on rows that no better one has, or much worse than the better one that it lies in.
  private func isNews(
    _ slice: Kept, beside kept: [Kept], _ union: [UInt64], _ total: SliceCells.Sums
  ) -> Bool {
    let rest = sums(zip(slice.members, union).map { $0 & ~$1 })
    if let t = t(rest, total) { return t >= Self.leastOfRest }
    return kept.allSatisfy { other in
      slice.members.share(in: other.members) < 0.8 || slice.mean >= Self.sharper * other.mean
    }
  }

  /// The sums over the rows whose bits are set.
  private func sums(_ members: [UInt64]) -> SliceCells.Sums {
    var sums = SliceCells.Sums.zero
    for (word, bits) in members.enumerated() {
      var rest = bits
      while rest != 0 {
        let value = values[word * 64 + rest.trailingZeroBitCount]
        sums += SliceCells.Sums(1, value, value * value, 0)
        rest &= rest - 1
      }
    }
    return sums
  }
}
