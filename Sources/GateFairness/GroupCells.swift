package import GateCore

/// How the rows of every group fall into the confusion matrix: what most fairness metrics are a function of.
package struct GroupCells: Sendable {
  /// Of each group; of no stratum in particular.
  package let groups: [Confusion]
  /// Of each stratum of the rows the same groups; empty where none are asked for.
  package let strata: [[Confusion]]
  /// What the strata are called; empty where nobody asks.
  package let stratumNames: [String]
  /// The group the others are compared with; nil: none is named.
  package let reference: Int?

  /// Takes them; every stratum has as many groups.
  package init(
    _ groups: [Confusion], strata: [[Confusion]] = [], named names: [String] = [],
    reference: Int? = nil
  ) {
    (self.groups, self.strata, self.reference) = (groups, strata, reference)
    stratumNames = names
  }

  /// The rows of all groups.
  package var all: Confusion { groups.reduce(.empty, +) }

  /// The reference group's rows and those of all others; throws where none is named, or either has none.
  package func facets() throws(Undefined) -> (reference: Confusion, others: Confusion) {
    guard let reference else {
      throw Undefined("no group is named as the 'reference' that the others are compared with")
    }
    return try Self.facets(groups, reference)
  }

  /// The same within every stratum; a facet may have no rows in one.
  package func facetsByStratum() throws(Undefined) -> [(reference: Confusion, others: Confusion)] {
    guard let reference else {
      throw Undefined("no group is named as the 'reference' that the others are compared with")
    }
    return strata.map { groups in
      (groups[reference], Self.rest(groups, reference))
    }
  }

  /// The group `reference` and all others, of which each has rows.
  static func facets(
    _ groups: [Confusion], _ reference: Int
  ) throws(Undefined) -> (reference: Confusion, others: Confusion) {
    let others = rest(groups, reference)
    guard groups[reference].total > 0, others.total > 0 else {
      throw Undefined("one side of the comparison has no rows of any weight")
    }
    return (groups[reference], others)
  }

  /// All groups but one.
  private static func rest(_ groups: [Confusion], _ reference: Int) -> Confusion {
    groups.indices.reduce(.empty) { $1 == reference ? $0 : $0 + groups[$1] }
  }
}

/// The paired cells of both models by stratum and group, with what the uncertainty of a weighted share needs.
struct JointCounts: Sendable {
  /// Groups.
  package let groups: Int
  /// Strata; 1 where none are asked for.
  package let strata: Int
  /// What they are called; empty where none are asked for.
  let stratumNames: [String]
  /// By stratum, group and cell: the sum of the weights.
  package let sums: [Double]
  /// The sum of their squares.
  package let squares: [Double]

  /// One pass over the rows. `codes` says for each row which group (negative: none) it is of, `control` which stratum.
  package init(_ joint: JointCells, _ codes: [Int32], groups: Int, control: SlicedRows? = nil) {
    self.groups = groups
    strata = control?.groups.count ?? 1
    stratumNames = control?.groups.map(\.name) ?? []
    let width = JointCells.width
    // A cell more, for rows that take no part, keeps the loop free of branches.
    var counts = [Int](repeating: 0, count: strata * groups * (width + 1))
    var sums = [Double](repeating: 0, count: joint.weights == nil ? 0 : counts.count)
    var squares = sums
    let rows = min(joint.cells.count, codes.count)
    joint.cells.withUnsafeBufferPointer { cells in
      codes.withUnsafeBufferPointer { codes in
        for row in 0..<rows where codes[row] >= 0 {
          var group = Int(codes[row])
          if let control {
            guard control.codes[row] >= 0 else { continue }
            group += Int(control.codes[row]) * groups
          }
          let place = group * (width + 1) + Int(cells[row])
          if let weights = joint.weights {
            sums[place] += weights[row]
            squares[place] += weights[row] * weights[row]
          } else {
            counts[place] += 1
          }
        }
      }
    }
    if joint.weights == nil {
      sums = counts.map(Double.init)
      squares = sums
    }
    self.sums = Self.kept(sums)
    self.squares = Self.kept(squares)
  }

  /// Without the cells of rows that take no part.
  private static func kept(_ values: [Double]) -> [Double] {
    values.indices.filter { $0 % (JointCells.width + 1) < JointCells.width }.map { values[$0] }
  }

  /// One group's paired cells, of all strata together.
  func joint(_ group: Int, of values: [Double]) -> [Double] {
    (0..<JointCells.width).map { cell in
      (0..<strata).reduce(0) {
        $0 + values[($1 * groups + group) * JointCells.width + cell]
      }
    }
  }

  /// What a fairness metric is measured on, of one model.
  package func cells(_ role: Role, reference: Int?) -> GroupCells {
    Self.cells(
      sums, role, groups: groups, strata: strata, named: stratumNames, reference: reference)
  }

  /// The same of other counts in the same order: those of a draw.
  package static func cells(
    _ sums: [Double], _ role: Role, groups: Int, strata: Int, named names: [String] = [],
    reference: Int?
  ) -> GroupCells {
    let width = JointCells.width
    let all = (0..<strata).map { stratum in
      (0..<groups).map { group in
        let start = (stratum * groups + group) * width
        return Confusion(joint: sums[start..<(start + width)], role)
      }
    }
    let together = (0..<groups).map { group in all.reduce(Confusion.empty) { $0 + $1[group] } }
    return GroupCells(
      together, strata: strata > 1 ? all : [], named: names, reference: reference)
  }
}
