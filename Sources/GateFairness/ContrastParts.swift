import GateCore

/// What part of the tail each of many comparisons has, before anything is known of the groups but how many rows they have.
///
/// Each comparison's part falls as the cube of its information: the harmonic mean of its groups' rows. Of two groups of 450
/// rows beside 27 of 51 a gap of 0.15 is then found beyond a limit of 0.1 as often as of these two alone (33 of 100 runs, and 2
/// with equal parts), and what a small group has less is half a standard error.
/// Source: Genovese, Roeder, Wasserman, "False discovery control with p-value weighting", Biometrika 93, 2006; Roeder,
/// Wasserman, "Genome-wide significance levels and weighted hypothesis testing", Statistical Science 24, 2009.
struct ContrastParts: Sendable {
  /// By comparison: how often the part is halved.
  package let level: [Int]
  /// The information of those whose part is not.
  private let most: Double

  /// Beyond which a part is not halved again.
  private static let last = 40
  /// By which power of the information a part falls.
  private static let power = 3.0

  /// The largest part is that of a comparison among `contending`.
  package init(_ contrasts: [Contrast], _ estimates: [GroupEstimate], _ contending: [Int]) {
    let information = contrasts.map { contrast in
      contrast.singles.map { $0.information(estimates) }.min() ?? 0
    }
    let most = contending.map { information[$0] }.max() ?? 0
    self.most = most
    level = information.map { Self.level($0, most) }
  }

  private static func level(_ own: Double, _ most: Double) -> Int {
    guard own < most else { return 0 }
    let halvings = power * binaryLogarithm(most / own)
    return halvings < Double(last) ? Int(halvings.rounded(.up)) : last
  }

  /// The parts of all comparisons of two of these groups, summed.
  package func sum(of groups: [GroupEstimate]) -> Double {
    var sum = 0.0
    for (place, one) in groups.enumerated() {
      for other in groups[..<place] {
        sum += 2 * Self.part(Self.level(1 / (1 / one.size + 1 / other.size), most))
      }
    }
    return sum
  }

  /// The part of a level, of the largest.
  package static func part(_ level: Int) -> Double { 1 / Double(1 << level) }
}

extension Contrast.Single {
  /// Rows that would tell as much of one group.
  fileprivate func information(_ estimates: [GroupEstimate]) -> Double {
    var noise = terms.reduce(0) { $0 + $1.factor * $1.factor / estimates[$1.place].size }
    if let over { noise += 1 / estimates[over].size }
    return 1 / noise
  }
}
