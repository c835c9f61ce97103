import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Rows dealt to both sides anew: every choice as likely, and p-values that are right.
@Suite struct PermutationTests {
  /// How often each count of the reference's rows in the first three values comes, by every way to deal.
  @Test func `every way to deal has the same distribution`() throws {
    // 3, 1, 2 and 3 rows of four values, of which the reference gets 4.
    let column = DriftColumn(
      numbers: [1, 1, 2, 4], [1, 3, 3, 4, 4])
    let exact = Self.counts(column)
    let draws = 60_000
    var (whole, inPlace, lazy) = ([[Double]: Int](), [[Double]: Int](), [[Double]: Int]())
    let cells = column.categories
    let deals = try #require(CellPermutations(column, .values, cells))
    for draw in 0..<draws {
      let random = RandomSource(seed: 7, stream: UInt64(draw))
      let dealt = column.dealt(random)
      whole[dealt.reference.counts.map(Double.init), default: 0] += 1
      #expect(dealt.reference.total == 4)
      inPlace[deals.dealt(random).reference, default: 0] += 1
      var deal = PermutationSampler(reference: 4, of: 9, random)
      // Asked in an order that makes every branch of what is known.
      let middle = deal.reference(among: 6)
      let (low, high) = (deal.reference(among: 3), deal.reference(among: 4))
      lazy[[low, high - low, middle - high, 4 - middle].map(Double.init), default: 0] += 1
    }
    for found in [whole, inPlace, lazy] {
      #expect(Set(found.keys) == Set(exact.keys))
      let distance = exact.reduce(0) { sum, entry in
        let expected = entry.value * Double(draws)
        let difference = Double(found[entry.key] ?? 0) - expected
        return sum + difference * difference / expected
      }
      #expect(try ChiSquared(degrees: Double(exact.count - 1)).survival(distance) > 0.001)
    }
  }

  /// The chance of every outcome, from all choices of the reference's rows.
  private static func counts(_ column: DriftColumn) -> [[Double]: Double] {
    var values: [Int] = []
    for place in 0..<column.distinct {
      let rows = Int(column.reference.counts[place] + column.current.counts[place])
      values += [Int](repeating: place, count: rows)
    }
    var (outcomes, all) = ([[Double]: Double](), 0.0)
    for choice in 0..<(1 << values.count) where choice.nonzeroBitCount == column.reference.total {
      var counts = [Double](repeating: 0, count: column.distinct)
      for row in values.indices where choice >> row & 1 == 1 { counts[values[row]] += 1 }
      outcomes[counts, default: 0] += 1
      all += 1
    }
    return outcomes.mapValues { $0 / all }
  }

  @Test func `rows of the reference lie where counting them says`() {
    for draw in 0..<200 {
      let random = RandomSource(seed: 3, stream: UInt64(draw))
      var deal = PermutationSampler(reference: 30, of: 100, random)
      var generator = SplitMix(UInt64(draw))
      let places = (0..<30).shuffled(using: &generator).map { ($0, deal.place(ofReference: $0)) }
        .sorted { $0.0 < $1.0 }.map(\.1)
      #expect(places == places.sorted() && Set(places).count == 30)
      for rows in 0...100 {
        #expect(deal.reference(among: rows) == places.count { $0 < rows })
      }
    }
  }

  @Test(arguments: ["auto", "quantiles", "equal_width", "sturges", "doane"])
  func `the p-value is that of dealing whole columns`(_ binning: String) throws {
    let test = try #require(DriftTests.named("psi"))
    var arguments = Arguments(["permutations": 4000], texts: ["binning": binning])
    var simulation = Simulation(seed: 11, stream: 0)
    // Ties, so that an edge lies on many rows.
    let reference = (0..<120).map { _ in (simulation.normal() * 6).rounded() }
    let current = (0..<90).map { _ in (simulation.normal() * 6 + 1.5).rounded() }
    let column = DriftColumn(numbers: reference, current)
    let fast = try test.figure(on: .column(column), arguments, wantsPValue: true)
    arguments.numbers["seed"] = 1
    let whole = try Permutation(arguments).pValue(of: fast.value, column) {
      (dealt) throws(Undefined) in
      try test.figure(on: .column(dealt), arguments).value
    }
    let p = try #require(fast.pValue)
    // Two counts of 4,000 draws, three standard errors apart at most.
    #expect(abs(p - whole) < 3 * (2 * p * (1 - p) / 4000).squareRoot() + 1e-9, "\(p) \(whole)")
    #expect(p > 0.001 && p < 0.9)
  }

  @Test func `the p-value is the share of all choices`() throws {
    let column = DriftColumn(categories: ["a", "a", "a", "b"], ["a", "b", "b", "c", "c"])
    let exact = Self.counts(column)
    for id in ["total_variation", "psi", "hellinger", "jensen_shannon", "l_infinity"] {
      let test = try #require(DriftTests.named(id))
      let arguments = Arguments(["permutations": 20_000])
      let seen = try test.figure(on: .column(column), arguments, wantsPValue: true)
      var share = 0.0
      for (counts, chance) in exact {
        let dealt = DriftColumn(
          column.values, reference: DriftColumn.Side(counts: counts.map { Int32($0) }),
          current: DriftColumn.Side(
            counts: column.reference.counts.indices.map {
              column.reference.counts[$0] + column.current.counts[$0] - Int32(counts[$0])
            }))
        if try test.figure(on: .column(dealt), arguments).value >= seen.value - 1e-9 {
          share += chance
        }
      }
      let error = (share * (1 - share) / 20_000).squareRoot()
      #expect(abs(try #require(seen.pValue) - share) < 4 * error + 1e-4, "\(id)")
    }
  }

  /// Under one law a p-value is below a bound no oftener than the bound says, and nearly as often.
  @Test(arguments: [
    ("psi", "auto"), ("psi", "equal_width"), ("jensen_shannon", "sturges"), ("wasserstein", ""),
  ]) func `p-values are uniform where nothing has moved`(_ id: String, _ binning: String) throws {
    let test = try #require(DriftTests.named(id))
    var simulation = Simulation(seed: 5, stream: 1)
    let runs = 600
    var below = [0.05: 0, 0.2: 0, 0.5: 0]
    for run in 0..<runs {
      let numbers = (0..<100).map { _ in simulation.normal() }
      let column = DriftColumn(numbers: Array(numbers[..<60]), Array(numbers[60...]))
      var arguments = Arguments(["permutations": 99, "seed": Double(run)])
      if !binning.isEmpty { arguments.texts["binning"] = binning }
      let p = try #require(
        try test.figure(on: .column(column), arguments, wantsPValue: true).pValue)
      for bound in below.keys where p <= bound { below[bound, default: 0] += 1 }
    }
    for (bound, count) in below {
      let error = (bound * (1 - bound) / Double(runs)).squareRoot()
      #expect(
        abs(Double(count) / Double(runs) - bound) < 3.5 * error, "\(id) at \(bound): \(count)")
    }
  }

  @Test func `the same seed gives the same p-value, and another seed another`() throws {
    let test = try #require(DriftTests.named("psi"))
    var simulation = Simulation(seed: 2, stream: 2)
    let column = DriftColumn(
      numbers: (0..<300).map { _ in simulation.normal() },
      (0..<200).map { _ in simulation.normal() + 0.1 })
    func p(_ seed: Double) throws -> Double? {
      try test.figure(on: .column(column), Arguments(["seed": seed]), wantsPValue: true).pValue
    }
    #expect(try p(4) == p(4))
    #expect(try Set((0..<8).map { try p(Double($0)) }).count > 1)
  }
}
