package import GateCore

/// A fairness metric that is the mean of a number a row.
package struct RowFairness: Sendable {
  /// What it reads beside the models' answers.
  package enum Source: Sendable {
    /// Numbers that say which rows are alike; their names' parameters are those of `RowFeatures`.
    case features(Scaling)
    /// What the models answer when a row's attribute is another one.
    case counterfactuals
  }

  /// What becomes of features before rows are compared by them.
  package enum Scaling: String, Sendable, CaseIterable {
    /// Less their mean, over their standard deviation; of rows that take part.
    case standard
    case none
  }

  /// What it reads beside the models' answers.
  package let source: Source
  /// Whether it compares with a group that the gate must name.
  package let wantsReference: Bool
  /// The number of each row that takes part.
  package let terms: @Sendable (FairRows) async throws(Undefined) -> RowTerms

  /// Takes what it reads, and the number of each row.
  package init(
    _ source: Source, wantsReference: Bool = false,
    terms: @escaping @Sendable (FairRows) async throws(Undefined) -> RowTerms
  ) {
    (self.source, self.wantsReference, self.terms) = (source, wantsReference, terms)
  }

  /// What stands beside its limits for what it reads.
  package var parameters: [Parameter] {
    switch source {
    case .features(let scaling): RowFeatures.parameters(scaling)
    case .counterfactuals: []
    }
  }

  /// Whether it reads numbers of the rows.
  package var wantsFeatures: Bool { if case .features = source { true } else { false } }
}

/// The rows of all groups of an attribute, with what is known of each.
package struct FairRows: Sendable {
  package let groups: FairGroups
  /// The reference group's place; nil: none is named.
  package let reference: Int?
  package let arguments: Arguments
  /// The candidate's answers, then the champion's where there are any: of the same rows of the holdout.
  package let models: [Model]
  /// By row of the holdout; nil: the metric reads none.
  package var features: RowFeatures?

  /// One model's answers.
  package struct Model: Sendable {
    package let sample: Sample
    /// What it would answer; nil: the metric does not ask.
    package var counterfactuals: Counterfactuals?
  }

  /// The rows of the holdout that take part, rising.
  package var rows: [Int32] {
    groups.codes.indices.filter { groups.codes[$0] >= 0 }.map { Int32(truncatingIfNeeded: $0) }
  }

  /// What each row weighs, by row of the holdout; nil: each counts once.
  package var weights: [Double]? {
    guard let sample = models.first?.sample, let weights = sample.rowWeightsByPlace else {
      return nil
    }
    return sample.byRow(weights, else: 0)
  }
}

/// A number for each row that takes part, by each model.
package struct RowTerms: Sendable {
  /// Rows of the holdout, rising, each once.
  package var rows: [Int32]
  /// By model, then row; finite.
  package var values: [[Double]]
  /// Whether the mean goes by the rows' weights.
  package var isWeighted = true
  /// By model: why its value is what it is whatever the rows; nil or none: it depends on them.
  var certainties: [String?] = []
  /// What a person needs to act on it.
  package var evidence: [String: JSON] = [:]
  /// What stands behind the verdict.
  package var note = ""
}

extension Sample {
  /// What stands at each place, by row of the holdout; `missing` for rows that are none of the sample's.
  func byRow<T>(_ values: [T], else missing: T) -> [T] {
    var ordered = [T](repeating: missing, count: Int(rows.max() ?? -1) + 1)
    for (place, row) in rows.enumerated() { ordered[Int(row)] = values[place] }
    return ordered
  }

  /// Whether each row of the holdout is decided positive; throws where the answers are no decisions of two classes.
  func decidedByRow(_ arguments: Arguments) throws(Undefined) -> [Bool] {
    guard case .binary = self else {
      throw Undefined("the answers of this task are no decisions of two classes")
    }
    return byRow(decidedByPlace(at: arguments["threshold"]), else: false)
  }

  /// Whether each row of the holdout is of the positive class; throws as `decidedByRow`.
  func positiveByRow() throws(Undefined) -> [Bool] {
    guard case .binary(let sample) = self else {
      throw Undefined("the labels of this task are none of two classes")
    }
    return byRow(sample.positives, else: false)
  }
}
