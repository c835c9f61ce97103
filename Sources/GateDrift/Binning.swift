package import GateCore

/// How a column's values become cells; categories are a cell each in any case.
package enum Binning: Sendable {
  /// At the reference's quantiles, each once, and where those are its least or greatest number alone, at that number.
  case auto(Int)
  /// At the reference's quantiles, each once.
  case quantiles(Int)
  /// A step apart between the reference's least and greatest value.
  case even(Int)
  /// A step apart, as many as Sturges' rule has for the rows of both sides.
  case sturges
  /// A step apart, as many as Doane's rule has for the reference.
  case doane
  /// A cell a value.
  case values

  /// What a test in cells takes beside its limits.
  package static let parameters = [
    Parameter("bins", "Bins of a column of numbers.", .integer(2...1000), standard: "10"),
    Parameter(
      "binning",
      "Where bins of numbers end: at the reference's quantiles; a step apart over its range, so many as 'bins' or Doane's rule says, or over both sides' range by Sturges' rule; auto is at quantiles, and at the number that fills all of them where one does.",
      .choice(["auto", "quantiles", "equal_width", "sturges", "doane"]), standard: "auto"),
  ]

  /// As a manifest asks; throws `Undefined` where it says how many bins a rule is to find.
  package init(_ arguments: Arguments) throws(Undefined) {
    let bins = Int(arguments["bins"] ?? 10)
    let name = arguments.text("binning") ?? "auto"
    if name == "sturges" || name == "doane", arguments.has("bins") {
      throw Undefined("'bins: \(bins)' is not for 'binning: \(name)', which finds their number")
    }
    self =
      switch name {
      case "equal_width": .even(bins)
      case "sturges": .sturges
      case "doane": .doane
      case "quantiles": .quantiles(bins)
      default: .auto(bins)
      }
  }

  /// For the report.
  package var settings: [JSON.Member] {
    let name =
      switch self {
      case .auto: "auto"
      case .quantiles: "quantiles"
      case .even: "equal_width"
      case .sturges: "sturges"
      case .doane: "doane"
      case .values: "values"
      }
    return [JSON.Member("binning", .string(name))]
  }
}

extension DriftColumn {
  /// The column in cells; throws `Undefined` where bins a step apart meet infinite values.
  ///
  /// A reference of one number has three bins: below it, it, and above it.
  package func cells(_ binning: Binning) throws(Undefined) -> DriftCells {
    guard case .numbers(let numbers) = values else { return categories }
    switch binning {
    case .auto(let bins):
      return cells(numbers, edges: quantiles(Self.levels(bins), of: reference).asEdgesOrTies)
    case .quantiles(let bins):
      return cells(numbers, edges: quantiles(Self.levels(bins), of: reference).asEdges)
    case .even(let bins):
      return cells(numbers, edges: try ends(of: reference).asEdges(bins))
    case .sturges:
      let ends = try ends(of: nil)
      return cells(
        numbers, edges: ends.asEdges(ends.sturges(rows: reference.total + current.total)))
    case .doane:
      let ends = try ends(of: reference)
      return cells(numbers, edges: ends.asEdges(try doaneBins(ends)))
    case .values: return categories
    }
  }

  /// 0, 1/bins, … 1, as numpy.linspace has them, so that an edge that is a value of the data lies on the same side of it.
  package static func levels(_ bins: Int) -> [Double] {
    let step = 1 / Double(bins)
    return (0...bins).map { $0 == bins ? 1 : Double($0) * step }
  }

  /// The least and the greatest value of a side, or of both.
  ///
  /// Throws `Undefined` where one of either side is infinite, or the step between them is.
  package func ends(of side: Side?) throws(Undefined) -> Ends {
    let numbers = try finiteNumbers()
    var (first, last) = (0, numbers.count - 1)
    if let counts = side?.counts {
      while first < last, counts[first] == 0 { first += 1 }
      while first < last, counts[last] == 0 { last -= 1 }
    }
    guard (numbers[last] - numbers[first]).isFinite else {
      throw Undefined("the values lie further apart than a number can say")
    }
    return Ends(least: numbers[first], most: numbers[last])
  }

  /// Bins by Doane's rule for the reference: more of them the more skewed it is.
  ///
  /// Source: Doane, The American Statistician 30, 1976, as `numpy.histogram_bin_edges(x, 'doane')`.
  func doaneBins(_ ends: Ends) throws(Undefined) -> Int {
    let n = Double(reference.total)
    guard n > 2, ends.least < ends.most else { return 1 }
    let numbers = try finiteNumbers()
    func mean(_ term: (Double) -> Double) -> Double {
      var sum = 0.0
      numbers.withUnsafeBufferPointer { numbers in
        reference.counts.withUnsafeBufferPointer { counts in
          for place in 0..<numbers.count where counts[place] > 0 {
            sum += Double(counts[place]) * term(numbers[place])
          }
        }
      }
      return sum / n
    }
    let centre = mean { $0 }
    let deviation = mean { ($0 - centre) * ($0 - centre) }.squareRoot()
    guard deviation > 0, deviation.isFinite else {
      throw Undefined("the values are too large or too near to each other to be squared")
    }
    let skewness = mean {
      let scaled = ($0 - centre) / deviation
      return scaled * scaled * scaled
    }
    let spread = (6 * (n - 2) / ((n + 1) * (n + 3))).squareRoot()
    return ends.bins(
      of: ends.width
        / (1 + binaryLogarithm(n) + binaryLogarithm(1 + skewness.magnitude / spread)))
  }

  /// The least and the greatest of some numbers, both finite.
  package struct Ends {
    package let least: Double
    package let most: Double
    package var width: Double { most - least }

    /// Bins by Sturges' rule: 1 + log2 of the rows, rounded up.
    ///
    /// Source: Sturges, Journal of the American Statistical Association 21, 1926, as `numpy.histogram_bin_edges(x,
    /// 'sturges')`.
    func sturges(rows: Int) -> Int { bins(of: width / (binaryLogarithm(Double(rows)) + 1)) }

    /// Bins of a width, rounded up; of none one.
    package func bins(of step: Double) -> Int {
      step > 0 && width > 0 ? Int((width / step).rounded(.up)) : 1
    }

    /// All edges, the outer ones too, as numpy.linspace has them; half a unit to both sides of a single number.
    package func edges(_ bins: Int) -> [Double] {
      let (low, high) = least == most ? (least - 0.5, most + 0.5) : (least, most)
      let step = (high - low) / Double(bins)
      return (0...bins).map { $0 == bins ? high : Double($0) * step + low }
    }

    /// The edges between bins; of a single number below it and above it.
    func asEdges(_ bins: Int) -> [Double] {
      least == most ? [least, least.nextUp] : Array(edges(bins).dropFirst().dropLast())
    }
  }
}

extension [Double] {
  /// Quantiles as edges between bins: each once, and neither the least nor the greatest; of a single number below it and
  /// above it.
  ///
  /// Source: the scorecard practice, as `numpy.histogram(x, numpy.unique(numpy.quantile(reference, …)))` with the outer
  /// edges moved to infinity.
  var asEdges: [Double] {
    guard let least = first, let most = last else { return [] }
    if least == most { return [least, least.nextUp] }
    var edges: [Double] = []
    for quantile in dropFirst().dropLast()
    where quantile > (edges.last ?? least) && quantile < most {
      edges.append(quantile)
    }
    return edges
  }

  /// The same; where that leaves one bin for all rows, the least and the greatest number, whichever is a quantile within, is
  /// a bin of its own: such a column is not looked past, be it of zeros nine times in ten.
  var asEdgesOrTies: [Double] {
    let edges = asEdges
    guard edges.isEmpty, let least = first, let most = last else { return edges }
    let inner = dropFirst().dropLast()
    return [least, most].filter(inner.contains).flatMap { [$0, $0.nextUp] }
  }
}
