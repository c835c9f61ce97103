import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

@Suite struct BootstrapTests {
  @Test func `intervals agree with numpy and scipy's formulas on the same replicates`() throws {
    let golden = try StatisticsGolden.read().bootstrap
    let values = BootstrapValues(
      estimate: golden.estimate, replicates: golden.replicates, units: 60,
      jackknife: golden.jackknife,
      jackknifeWeights: [Double](repeating: 1, count: golden.jackknife.count))
    #expect(agree(values.acceleration, golden.acceleration))
    #expect(
      agree(try values.percentileInterval(confidence: 0.95, isPlain: true), golden.percentile))
    #expect(agree(try values.bcaInterval(confidence: 0.95, isPlain: true), golden.bca))
  }

  @Test func `on draws of its own BCa comes near scipy's`() async throws {
    let golden = try StatisticsGolden.read().bca
    let rows = golden.values.indices.map(Int32.init)
    let resampling = Resampling.rows(rows, seed: 20)
    let units = try resampling.units(of: rows)
    let mean = await bootstrap(resampling, replicates: 20_000) {
      { draw in [zip(golden.values, units).reduce(0) { $0 + $1.0 * Double(draw[$1.1]) } / 60] }
    }[0]
    let interval = try mean.bcaInterval(confidence: 0.95, isPlain: true)
    #expect(abs(interval.low - golden.interval[0]) < 0.05 * golden.error)
    #expect(abs(interval.high - golden.interval[1]) < 0.05 * golden.error)
  }

  @Test func `a draw has as many rows as there are, in every stratum, whatever their order`() {
    let rows = (0..<1000).map { Int32($0 * 3) }
    var codes = [Int32](repeating: 0, count: 3000)
    for row in rows { codes[Int(row)] = row % 7 == 0 ? 1 : 0 }
    let straight = Resampling.stratified(rows, by: codes, seed: 4)
    let turned = Resampling.stratified(rows.reversed(), by: codes, seed: 4)
    let ones = rows.filter { codes[Int($0)] == 1 }
    var draws = (straight.asIs, turned.asIs)
    for replicate in 0..<50 {
      straight.draw(replicate, into: &draws.0)
      turned.draw(replicate, into: &draws.1)
      #expect(draws.0.counts == draws.1.counts)
      #expect(draws.0.counts.reduce(0) { $0 + Int($1) } == 1000)
      let inStratum = ones.reduce(0) { $0 + Int(draws.0[straight.unitOfRow[Int($1)]]) }
      #expect(inStratum == ones.count)
    }
  }

  @Test func `counts of a draw have a multinomial's mean, variance and covariance`() {
    let resampling = Resampling.rows([0, 1, 2, 3, 4], seed: 9)
    var draw = resampling.asIs
    var (sum, squares, products) = (0.0, 0.0, 0.0)
    for replicate in 0..<20_000 {
      resampling.draw(replicate, into: &draw)
      let (a, b) = (Double(draw[2]), Double(draw[4]))
      sum += a
      squares += (a - 1) * (a - 1)
      products += (a - 1) * (b - 1)
    }
    #expect(abs(sum / 20_000 - 1) < 0.03)
    #expect(abs(squares / 20_000 - 0.8) < 0.04)
    #expect(abs(products / 20_000 + 0.2) < 0.03)
  }

  /// Of any size, as whole blocks of counts and what is left over are drawn otherwise.
  @Test(arguments: [1, 2, 15, 16, 17, 1000])
  func `a unit's count has the binomial's distribution, and counts sum to the units`(size: Int) {
    let resampling = Resampling.rows((0..<Int32(size)).map { $0 }, seed: 31)
    var draw = resampling.asIs
    let draws = 400_000 / size
    var found = [Int](repeating: 0, count: 256)
    var first = [Int](repeating: 0, count: 256)
    for replicate in 0..<draws {
      resampling.draw(replicate, into: &draw)
      #expect(draw.counts.reduce(0) { $0 + Int($1) } == size)
      for count in draw.counts { found[Int(count)] += 1 }
      first[Int(draw.counts[size - 1])] += 1
    }
    let share = 1 / Double(size)
    var chance = pow(1 - share, Double(size))
    for count in 0...min(size, 9) {
      if size == 1 { chance = count == 1 ? 1 : 0 }
      for (number, of) in [(found[count], draws * size), (first[count], draws)] {
        let error = (chance * (1 - chance) / Double(of)).squareRoot()
        #expect(abs(Double(number) / Double(of) - chance) <= 4.5 * error)
      }
      chance *= Double(size - count) / Double(count + 1) * share / (1 - share)
    }
  }

  @Test func `rows of a cluster are drawn together, and rows without one alone`() throws {
    let rows = (0..<8).map(Int32.init)
    let resampling = Resampling.clusters(rows, by: [5, 5, 2, 2, 2, 5, -1, -1], seed: 1)
    #expect(resampling.count == 4)
    #expect(try resampling.units(of: rows) == [0, 0, 1, 1, 1, 0, 2, 3])
    #expect(throws: Undefined.self) { try resampling.units(of: [8]) }
  }

  @Test func `the same bytes come out in pieces of any size`() async throws {
    let resampling = Resampling.rows((0..<200).map(Int32.init), seed: 77)
    var all: [[UInt8]] = []
    for size in [1, 7, 32, 500] {
      let draws = await inPieces(of: 60, size: size) {
        var draw = resampling.asIs
        return { job in
          resampling.draw(job, into: &draw)
          return draw.counts
        }
      }
      if all.isEmpty { all = draws }
      #expect(draws == all)
    }
    #expect(Set(all).count == 60)
    var other = resampling.asIs
    Resampling.rows((0..<200).map(Int32.init), seed: 78).draw(0, into: &other)
    #expect(other.counts != all[0])
  }

  @Test func `too many undefined resamples refuse the interval and say so`() async throws {
    let resampling = Resampling.rows((0..<20).map(Int32.init), seed: 5)
    // Row 3 is the only positive: about a third of the resamples have none.
    let values = await bootstrap(resampling, replicates: 500) {
      { draw in draw[3] == 0 ? [nil, 1] : [Double(draw[3]), Double(draw[0])] }
    }
    #expect(values[0].undefined > 120 && values[0].undefined < 240)
    #expect(values[0].replicates.count + values[0].undefined == 500)
    let error = #expect(throws: Undefined.self) {
      try values[0].percentileInterval(confidence: 0.95)
    }
    #expect(error?.reason.contains("\(values[0].undefined) of 500 resamples") == true)
  }

  @Test func `replicates that say nothing give no interval`() {
    let equal = BootstrapValues(
      estimate: 1, replicates: [Double?](repeating: 1, count: 100), units: 9)
    let few = BootstrapValues(estimate: 1, replicates: [0, 1, 2], units: 9)
    let aside = BootstrapValues(
      estimate: 5, replicates: (0..<100).map { Double($0) / 100 }, units: 9)
    let none = BootstrapValues(estimate: nil, replicates: (0..<100).map(Double.init), units: 9)
    let nan = BootstrapValues(estimate: .nan, replicates: (0..<100).map(Double.init), units: 9)
    for values in [equal, few, none, nan] {
      #expect(throws: Undefined.self) { try values.percentileInterval(confidence: 0.95) }
      #expect(throws: Undefined.self) { try values.bcaInterval(confidence: 0.95) }
    }
    #expect(throws: Undefined.self) { try aside.bcaInterval(confidence: 0.95) }
    #expect(throws: Undefined.self) { try aside.percentileInterval(confidence: 0.95) }
    #expect(throws: Never.self) { try aside.percentileInterval(confidence: 0.95, isPlain: true) }
  }

  @Test func `a quantile is where a new replicate falls below with that chance`() {
    let sorted = (1...39).map(Double.init)
    #expect(sorted.quantile(0.025) == 1 && sorted.quantile(0.975) == 39)
    #expect(sorted.quantile(0.5) == 20 && sorted.quantile(0.5, isPlain: true) == 20)
    #expect(abs(sorted.quantile(0.1) - 4) < 1e-9)
    #expect(abs(sorted.quantile(0.1, isPlain: true) - 4.8) < 1e-9)
    #expect(sorted.quantile(0.001) == 1 && [].quantile(0.5).isNaN)
  }

  @Test func `few units, and units of which few count, widen the tails`() throws {
    func width(_ units: Int, _ influences: [Double]) throws -> Double {
      try BootstrapValues(
        estimate: 0, replicates: [], units: units, jackknife: influences,
        jackknifeWeights: [Double](repeating: 1, count: influences.count)
      ).width(0.95)
    }
    let even = (0..<40).map { Double($0 % 2) }
    let student = try StudentT(degrees: 39).width(0.95)
    #expect(agree(try width(40, even), student * (40.0 / 39).squareRoot()))
    // One in 40 carries all: a kurtosis of (39^4 + 39) / 40 over ((39^2 + 39) / 40)^2, about 38.
    let one = (0..<40).map { $0 == 7 ? 1.0 : 0 }
    let few = try StudentT(degrees: 80 / ((39.0 * 39 * 39 + 1) / (39 * 40) - 1)).width(0.95)
    #expect(agree(try width(40, one), few * (40.0 / 39).squareRoot()))
    #expect(try width(1_000_000, (0..<200).map(Double.init)) < 1.961)
    #expect(try width(1_000_000, (0..<200).map { $0 == 7 ? 1.0 : 0 }) > 1.97)
    #expect(throws: Undefined.self) { try width(1, []) }
  }

  @Test func `a sum of absolute values is refused, a mean is not`() async throws {
    let rows = (0..<300).map(Int32.init)
    let resampling = Resampling.rows(rows, seed: 6)
    var source = RandomSource(seed: 1, stream: 1)
    let noise = rows.map { _ in source.uniform() - 0.5 }
    let values = await bootstrap(resampling) {
      { draw in
        var bins = [0.0, 0, 0, 0, 0, 0]
        for row in rows { bins[Int(row) % 6] += noise[Int(row)] * Double(draw[row]) }
        return [bins.reduce(0) { $0 + abs($1) }, bins.reduce(0, +)]
      }
    }
    let error = #expect(throws: Undefined.self) { try values[0].bcaInterval(confidence: 0.95) }
    #expect(error?.reason.contains("higher than on the rows") == true)
    #expect(throws: Undefined.self) { try values[0].percentileInterval(confidence: 0.95) }
    #expect(throws: Never.self) { try values[1].bcaInterval(confidence: 0.95) }
  }

  /// Drawn row by row, and by binomials.
  @Test(arguments: [1, 300])
  func `cells move inside their strata, as rows would`(scale: Int) throws {
    let resampling = try CellResampling(
      cells: [30, 10, 0, 5, 155].map { $0 * scale }, strata: [0..<3, 3..<5], seed: 3)
    var (sum, squares) = ([0.0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0])
    let draws = 2000
    for replicate in 0..<draws {
      let cells = try resampling.draw(replicate)
      #expect(cells[0] + cells[1] + cells[2] == 40 * scale)
      #expect(cells[3] + cells[4] == 160 * scale)
      for cell in cells.indices {
        let distance = Double(cells[cell] - resampling.cells[cell])
        sum[cell] += distance
        squares[cell] += distance * distance
      }
    }
    #expect(squares[2] == 0)
    for (cell, share, rows) in [(0, 0.75, 40.0), (1, 0.25, 40), (3, 5.0 / 160, 160)] {
      let variance = rows * Double(scale) * share * (1 - share)
      #expect(abs(sum[cell] / Double(draws)) < 4 * (variance / Double(draws)).squareRoot())
      #expect(abs(squares[cell] / Double(draws) / variance - 1) < 0.15)
    }
    #expect(throws: Undefined.self) { try CellResampling(cells: [1, -1], seed: 0) }
    #expect(throws: Undefined.self) { try CellResampling(cells: [1, 1], strata: [0..<1], seed: 0) }
  }

  @Test func `the bootstrap of cells has the spread of a share`() async throws {
    let resampling = try CellResampling(cells: [80, 20], seed: 8)
    let values = await bootstrap(resampling, replicates: 4000) { [Double($0[0]) / 100] }[0]
    let interval = try values.percentileInterval(confidence: 0.95)
    #expect(values.estimate == 0.8)
    #expect(abs(interval.low - 0.72) < 0.015 && abs(interval.high - 0.87) < 0.015)
    // The share's own skewness: (1 - 2p) / (6 sqrt(n p (1 - p))).
    #expect(abs(values.acceleration - (1 - 2 * 0.8) / (6 * 16.0.squareRoot())) < 1e-9)
  }
}
