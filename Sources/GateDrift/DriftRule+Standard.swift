package import GateCore

extension DriftRule {
  /// What holds where a manifest says nothing else: some rows have moved in one of several ways, and chance does not explain
  /// it. A new way is a line here.
  ///
  /// The effect of most is the least share of rows that would have to change for the sides to agree in that sense; the
  /// p-values are corrected by Benjamini and Hochberg over all columns and tests. A number of at most `mostFew` values in
  /// the reference is tested as a category is, so that 0 and 1 give the verdict of false and true, and where it has three
  /// at least by its order besides. The tests are the same for ten rows and for ten million.
  static let standards: [Standard] = [
    Standard(.ks, numbers: many, max: 0.02),
    Standard(
      .totalVariation, [.category], numbers: few, max: 0.02, .chiSquare,
      Arguments(texts: ["law": "moments"])),
    Standard(.mannWhitney, numbers: ordered, max: 0.51, isDetail: true),
    Standard(.scaleShift, numbers: ordered, max: 0.05, isDetail: true),
    Standard(.tailShare, numbers: many, max: 0.005, isDetail: true),
    Standard(.farOut, numbers: many, max: 0.002, isDetail: true),
    Standard(.clipping, numbers: many, max: 0.01, isDetail: true),
    Standard(.valueShare, [.category], numbers: 1...Int.max, max: 0.01, isDetail: true),
    Standard(.newValue, [.category], numbers: few, max: 0.005, isDetail: true),
    Standard(.unseenShare, [.category], numbers: few, max: 0.01, isDetail: true),
    Standard(.textLength, [.text], max: 0.02),
    Standard(.driftedComponents, [.embedding], max: 0.1),
    Standard(.nullShare, Set(DriftKind.allCases), max: 0.02),
  ]

  /// The most distinct values of a number that is tested as a category.
  static let mostFew = 20
  private static let few = 1...mostFew
  private static let ordered = 3...Int.max
  private static let many = (mostFew + 1)...Int.max
  /// The p-value that chance is left.
  private static let pValue = 0.01

  /// One of the rules that hold where a manifest says nothing else.
  struct Standard: Sendable {
    package let test: DriftTest
    package let kinds: Set<DriftKind>
    /// Columns of numbers, by the reference's distinct values; nil: their kind decides.
    package let numbers: ClosedRange<Int>?
    package let max: Double
    /// What chance is judged by; nil: the value alone decides.
    package let significance: DriftTest?
    package let arguments: Arguments
    let isDetail: Bool

    package init(
      _ test: DriftTest, _ kinds: Set<DriftKind> = [.number], numbers: ClosedRange<Int>? = nil,
      max: Double, _ significance: DriftTest? = nil, _ arguments: Arguments = Arguments(),
      isDetail: Bool = false
    ) {
      (self.test, self.kinds, self.numbers, self.max) = (test, kinds, numbers, max)
      self.significance = significance ?? (test.pValueMethod == .none ? nil : test)
      (self.arguments, self.isDetail) = (arguments, isDetail)
    }
  }

  /// The standard rules, as a manifest's `standard` changes them; nil: as they are.
  package static func standard(at mark: Mark, changed: Node? = nil) -> [DriftRule] {
    standards.compactMap { standard in
      let change = changed?[standard.test.id]
      if change?.boolean == false { return nil }
      return DriftRule(
        columns: nil, kinds: standard.kinds, numbers: standard.numbers,
        isDetail: standard.isDetail,
        requests: [
          DriftRequest(
            standard.test, max: change?["max"]?.number ?? standard.max,
            mark: changed?.key(standard.test.id)?.mark ?? mark)
        ],
        conditions: standard.significance.map {
          [
            DriftRequest(
              $0, standard.arguments, minPValue: change?["min_p_value"]?.number ?? pValue,
              mark: mark)
          ]
        } ?? [],
        blocking: change?["blocking"]?.boolean ?? true, mark: mark)
    }
  }

  /// What a manifest may write under `standard`.
  package static var standardShape: Shape {
    .record(
      standards.map { standard in
        let test = standard.test
        let pValues =
          standard.significance == nil
          ? []
          : [
            Parameter(
              "min_p_value", "The smallest p-value that passes, after the correction.",
              .number(1e-12...0.5), standard: pValue.brief)
          ]
        return Parameter(
          test.id, test.summary,
          .either([
            .boolean,
            .record(
              [
                Parameter(
                  "max", "The largest value that passes.",
                  .number(
                    test.range.lowerBound...min(test.range.upperBound, .greatestFiniteMagnitude)),
                  standard: standard.max.brief)
              ] + pValues + [
                Parameter(
                  "blocking", "Whether it can block the merge.", .boolean, standard: "true")
              ]),
          ]))
      })
  }
}
