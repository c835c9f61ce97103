import GateCore

/// Inequality of benefits among all rows, and between groups.
extension FairnessMetrics {
  /// By their own names, as AIF360 has them, and Clarify's.
  static let entropies: [FairnessMetric] =
    Source.allCases.flatMap { source in
      of(.rows, source) + of(.groups, source) + (source == .aif360 ? of(.facets, source) : [])
    }
    + FairnessMetric.cells(
      "generalized_entropy@clarify", summary: "GE. How unevenly rows are benefited by decisions.",
      formula: index + ", b = 1 + decision - label of each row, m their mean",
      source: clarifySource("GE"), undefined: undefined, parameters: [.entropyOrder],
      examples: [.applied(gives: (1.5 / 1.21 - 1) / 2)]
    ) { cells, arguments throws(Undefined) in
      try Benefits(cells.all).index(alpha: arguments["alpha"] ?? 2)
    }

  /// Whose definitions.
  private enum Source: CaseIterable { case own, aif360 }

  /// Whose benefits are set against each other.
  private enum Among { case rows, groups, facets }

  private static let index =
    "sum w ((b / m)^alpha - 1) / (alpha (alpha - 1)) / sum w; alpha 1: sum w (b / m) ln(b / m) / sum w; "
    + "alpha 0: -sum w ln(b / m) / sum w"

  private static let undefined = [
    "Every row is positive and decided negative.",
    "alpha is 0 or below, and a positive row is decided negative.",
  ]

  /// The index, Theil's, and the coefficient of variation.
  private static func of(_ among: Among, _ source: Source) -> [FairnessMetric] {
    let prefix: String =
      switch among {
      case .rows: ""
      case .groups: source == .own ? "between_group_" : "between_all_groups_"
      case .facets: "between_group_"
      }
    let indices: [(String, String, [Parameter], Order)] = [
      ("generalized_entropy_index", index, [.entropyOrder], .alpha),
      ("theil_index", "sum w (b / m) ln(b / m) / sum w", [], .theil),
      ("coefficient_of_variation", "standard deviation of b / m", [], .variation),
    ]
    return indices.flatMap { name, formula, parameters, order in
      FairnessMetric.cells(
        prefix + name + (source == .aif360 ? "@aif360" : ""), summary: summary(among, order),
        formula: "\(formula), b = \(benefit(among)), m their mean"
          + (source == .aif360 && order == .alpha ? "; over m as well where alpha is 0" : ""),
        source: source == .own
          ? "Speicher et al.: A Unified Approach to Quantifying Algorithmic Unfairness, KDD 2018"
          : classes + prefix + name,
        undefined: undefined, parameters: parameters,
        reference: among == .facets ? .named : .none,
        weightless: source == .own
          ? nil : "AIF360 leaves weights out of it; \(plain(among) + name) takes them",
        examples: examples(among, order)
      ) { cells, arguments throws(Undefined) in
        let benefits = try benefits(among, cells)
        switch order {
        case .alpha:
          return try benefits.index(
            alpha: arguments["alpha"] ?? 2, isDivided: source == .aif360)
        case .theil: return try benefits.index(alpha: 1)
        case .variation: return try benefits.variation()
        }
      }
    }
  }

  /// Which index.
  private enum Order { case alpha, theil, variation }

  /// The start of the name of the own definition that is nearest.
  private static func plain(_ among: Among) -> String { among == .rows ? "" : "between_group_" }

  private static func benefits(
    _ among: Among, _ cells: GroupCells
  ) throws(Undefined) -> Benefits {
    switch among {
    case .rows: return Benefits(cells.all)
    case .groups: return Benefits(between: cells.groups)
    case .facets:
      guard let reference = cells.reference else {
        throw Undefined("no group is named as the 'reference' that the others are compared with")
      }
      let own = cells.groups[reference]
      let others = cells.groups.indices.filter { $0 != reference }.map { cells.groups[$0] }
      return Benefits(between: [own, others.reduce(.empty, +)])
    }
  }

  private static func benefit(_ among: Among) -> String {
    switch among {
    case .rows: "1 + decision - label of each row"
    case .groups: "the mean of 1 + decision - label in each row's group"
    case .facets: "the mean of 1 + decision - label on each row's side, the reference or all others"
    }
  }

  private static func summary(_ among: Among, _ order: Order) -> String {
    let measure =
      switch order {
      case .alpha: "by the generalized entropy index"
      case .theil: "by Theil's index"
      case .variation: "by the coefficient of variation"
      }
    return switch among {
    case .rows: "How unevenly rows are benefited by decisions, \(measure)."
    case .groups: "How unevenly groups are benefited by decisions, \(measure)."
    case .facets: "How unevenly the reference group and all others are benefited, \(measure)."
    }
  }

  /// Benefits of 0, 1 and 2 for one, seven and two of ten rows; on average 1.2 for one group and 1 for the other.
  private static func examples(_ among: Among, _ order: Order) -> [FairnessMetric.Example] {
    let squares = among == .rows ? 1.5 / 1.21 - 1 : 1.22 / 1.21 - 1
    let value: Double =
      switch order {
      case .alpha: squares / 2
      case .theil: among == .rows ? 0.15674334039929158 : 0.004137942083286705
      case .variation: squares.squareRoot()
      }
    let reference = among == .facets ? "a" : nil
    let missed = Sample.binary(BinarySample(scores: [0.1, 0.2], positives: [true, true]))
    return [
      .applied(reference: reference, gives: value),
      FairnessMetric.Example(missed, ["a", "b"], reference: reference, gives: nil),
    ]
  }
}

extension Parameter {
  /// How much the index weighs those who have the most.
  fileprivate static let entropyOrder = Parameter(
    "alpha", "The order of the index: the higher, the more it weighs those who have most.",
    .number(-10...10), standard: "2")
}
