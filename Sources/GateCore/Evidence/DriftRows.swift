/// How many rows of each side have no value in a column.
package struct DriftNulls: Sendable, Hashable {
  package let reference: Side
  package let current: Side

  /// Of one side.
  package struct Side: Sendable, Hashable {
    package let nulls: Int
    package let rows: Int
    /// Takes both; `nulls` is at most `rows`.
    package init(_ nulls: Int, of rows: Int) { (self.nulls, self.rows) = (nulls, rows) }
  }

  package init(reference: Side, current: Side) {
    (self.reference, self.current) = (reference, current)
  }
}

/// The texts of one column on both sides, row by row, nulls left out.
package struct DriftTexts: Sendable {
  package let reference: [String]
  package let current: [String]

  package init(reference: [String], current: [String]) {
    (self.reference, self.current) = (reference, current)
  }
}

/// The vectors of one column on both sides, row after row, nulls left out.
package struct DriftVectors: Sendable {
  /// Numbers a vector; at least 1.
  package let width: Int
  /// `width` finite numbers a row.
  package let reference: [Double]
  package let current: [Double]

  package init(width: Int, reference: [Double], current: [Double]) {
    (self.width, self.reference, self.current) = (width, reference, current)
  }

  /// Rows of each side.
  package var counts: (reference: Int, current: Int) {
    (reference.count / width, current.count / width)
  }
}

/// All features of both sides, row by row.
package struct DriftRows: Sendable {
  /// One a feature, in the order of the features.
  package let features: [Feature]

  package init(features: [Feature]) { self.features = features }

  /// One feature on both sides.
  package struct Feature: Sendable {
    package let name: String
    package let values: Values

    package init(name: String, values: Values) { (self.name, self.values) = (name, values) }
  }

  /// A feature's values by row.
  package enum Values: Sendable {
    /// NaN for a null.
    case numbers(reference: [Double], current: [Double])
    /// An index into the names; -1 for a null.
    case categories(reference: [Int32], current: [Int32], names: [String])
  }

  /// Rows of each side.
  package var counts: (reference: Int, current: Int) {
    switch features.first?.values {
    case .numbers(let reference, let current)?: (reference.count, current.count)
    case .categories(let reference, let current, _)?: (reference.count, current.count)
    case nil: (0, 0)
    }
  }
}
