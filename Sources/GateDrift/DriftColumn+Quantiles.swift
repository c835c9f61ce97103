import GateCore

extension DriftColumn {
  /// Quantiles of one side's numbers, at rising levels in 0...1, between ranks by a straight line (type 7 of Hyndman and Fan);
  /// between a finite and an infinite number the nearer one.
  package func quantiles(_ levels: [Double], of side: Side) -> [Double] {
    guard case .numbers(let numbers) = values, side.total > 0 else { return [] }
    var (place, passed) = (0, 0)
    // A level looks one rank ahead, and the next may still be of the rank before.
    var before = numbers[0]
    return side.counts.withUnsafeBufferPointer { counts in
      levels.quantiles(of: side.total) { rank in
        if rank < passed { return before }
        if passed + Int(counts[place]) <= rank { before = numbers[place] }
        while passed + Int(counts[place]) <= rank {
          passed += Int(counts[place])
          place += 1
        }
        return numbers[place]
      }
    }
  }
}

extension [Double] {
  /// Quantiles at these levels of `count` numbers, by the number of a rank from 0.
  package func quantiles(of count: Int, _ value: (Int) -> Double) -> [Double] {
    map { level in
      let position = level * Double(count - 1)
      let rank = Int(position)
      let low = value(rank)
      let fraction = position - Double(rank)
      return fraction == 0 ? low : low.between(value(rank + 1), at: fraction)
    }
  }
}

extension Double {
  /// The point a fraction of the way to another number, as numpy rounds it; of an infinite number the nearer one.
  fileprivate func between(_ other: Double, at fraction: Double) -> Double {
    if self == other { return self }
    guard isFinite, other.isFinite else { return fraction < 0.5 ? self : other }
    let step = other - self
    return fraction >= 0.5 ? other - step * (1 - fraction) : self + step * fraction
  }
}
