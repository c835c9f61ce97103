import GateCore
import GateSchema

extension [Discovery.Finding] {
  /// Which findings say something of their own, the most harmful first, and which do not.
  ///
  /// One whose rows outside of those that are surer to be much worse are not worse (`isWorse`) only contains them. One
  /// that lies in another that is surer to be worse at all, and is so outside of it too, is a piece of it.
  func apart(
    _ isWorse: ([Int32]) -> Bool
  ) -> (named: [Discovery.Finding], overlapping: [Discovery.Finding]) {
    var kept: [Int] = []
    let last = compactMap(\.places.last).max() ?? -1
    var isCovered = [Bool](repeating: false, count: Int(last) + 1)
    for place in order(by: \.sureDifference) {
      let rest = self[place].places.filter { !isCovered[Int($0)] }
      guard kept.isEmpty || isWorse(rest) else { continue }
      kept.append(place)
      for row in rest { isCovered[Int(row)] = true }
    }
    let whole = kept.filter { place in
      !kept.contains { other in
        other != place && self[other].test.pValue < self[place].test.pValue
          && self[place].liesIn(self[other])
      }
    }
    let named = order(by: \.harm).filter(whole.contains)
    return (
      named.map { self[$0] }, indices.filter { !named.contains($0) }.map { self[$0] }
    )
  }

  /// The places, those of the largest figure first, equal ones as they stand.
  private func order(by figure: (Discovery.Finding) -> Double) -> [Int] {
    let figures = map(figure)
    return indices.sorted {
      figures[$0] == figures[$1] ? $0 < $1 : figures[$0] > figures[$1]
    }
  }
}

extension Discovery.Finding {
  /// The difference that the test leaves at the least, at one in twenty: less 1.64 standard errors, as its p-value has
  /// them.
  fileprivate var sureDifference: Double {
    guard let z = try? -StandardNormal.quantile(Swift.max(test.pValue, 1e-300)), z > 0 else {
      return 0
    }
    return test.difference * (1 - 1.645 / z)
  }

  /// Whether four of five of its rows are another's too.
  fileprivate func liesIn(_ other: Discovery.Finding) -> Bool {
    var next = other.places.startIndex
    var shared = 0
    for place in places {
      while next < other.places.endIndex, other.places[next] < place { next += 1 }
      if next < other.places.endIndex, other.places[next] == place { shared += 1 }
    }
    return shared * 5 >= places.count * 4
  }
}

extension SliceTest {
  /// Whether more is lost, and at least so much.
  package func isWorse(by least: Double) -> Bool { difference > 0 && difference >= least }
}
