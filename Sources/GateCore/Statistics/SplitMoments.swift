/// Means of products of a split of rows into two sides, over rows that all differ: what permutation moments are made of.
///
/// A row counts m / N where it is of the first side (n rows) and -n / N where it is of the second (m rows), so that the sum
/// is 0. What is asked for is, say, the mean of x³ y² z over all triples of different rows.
struct SplitMoments {
  /// Rows of both sides.
  private let rows: Int
  /// The mean of the powers 0...6 of a row's number.
  private let powers: [Double]

  /// Both sides have a row.
  package init(first: Int, second: Int) {
    rows = first + second
    let (p, q) = (Double(first) / Double(rows), Double(second) / Double(rows))
    var powers = [1.0, 0]
    var (ofFirst, ofSecond) = (q, -p)
    for _ in 2...6 {
      ofFirst *= q
      ofSecond *= -p
      powers.append(p * ofFirst + q * ofSecond)
    }
    self.powers = powers
  }

  /// The mean over different rows, one an exponent; 0 where there are fewer rows than exponents.
  ///
  /// The sum over the last row is the sum over all rows, less those that the others have taken: no difference of large
  /// numbers, as inclusion and exclusion would have it.
  package func mean(_ exponents: Int...) -> Double { mean(of: exponents.sorted(by: >)) }

  private func mean(of exponents: [Int]) -> Double {
    guard let last = exponents.last else { return 1 }
    let rest = Array(exponents.dropLast())
    guard rows > rest.count else { return 0 }
    var sum = powers[last] == 0 ? 0 : Double(rows) * powers[last] * mean(of: rest)
    for place in rest.indices {
      var merged = rest
      merged[place] += last
      sum -= mean(of: merged.sorted(by: >))
    }
    return sum / Double(rows - rest.count)
  }

  /// The weights of a sum of squares of the matrix's diagonal, and of all its squares, in the second moment.
  var ofSecond: (diagonal: Double, all: Double) {
    (
      mean(4) - 4 * mean(3, 1) - 3 * mean(2, 2) + 12 * mean(2, 1, 1) - 6 * mean(1, 1, 1, 1),
      2 * (mean(2, 2) - 2 * mean(2, 1, 1) + mean(1, 1, 1, 1))
    )
  }

  /// The weights in the third moment of: the diagonal's cubes; all cubes, and half as often again d' B d; the diagonal
  /// times the squares of its row; the trace of the cube.
  var ofThird: (cubes: Double, pairs: Double, mixed: Double, trace: Double) {
    let ones = mean(1, 1, 1, 1, 1, 1)
    let (twos, threes) = (mean(2, 2, 1, 1), mean(2, 1, 1, 1, 1))
    let cubes =
      mean(6) - 6 * mean(5, 1) - 15 * mean(4, 2) - 10 * mean(3, 3) + 30 * mean(4, 1, 1)
      + 120 * mean(3, 2, 1) + 30 * mean(2, 2, 2) - 120 * mean(3, 1, 1, 1) - 270 * twos
      + 360 * threes - 120 * ones
    let pairs =
      mean(3, 3) - 6 * mean(3, 2, 1) + 4 * mean(3, 1, 1, 1) + 9 * twos - 12 * threes + 4 * ones
    let mixed =
      mean(4, 2) - mean(4, 1, 1) - 4 * (mean(3, 2, 1) - mean(3, 1, 1, 1))
      - 3 * (mean(2, 2, 2) - twos) + 12 * (twos - threes) - 6 * (threes - ones)
    let trace = mean(2, 2, 2) - 3 * twos + 3 * threes - ones
    return (cubes, 4 * pairs, 12 * mixed, 8 * trace)
  }
}
