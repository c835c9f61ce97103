import GateCore

/// What `hygiene` under `table` asks for: checks of their own, each with its standard limits.
enum HygieneSet: String, Sendable, CaseIterable {
  /// All of them.
  case defaults
  /// Those of one table.
  case integrity
  /// Those that compare with the reference.
  case trainTest = "train_test"

  /// The key of a schema.
  package static let key = Parameter(
    "hygiene",
    "Asks for the checks on the data's hygiene with their standard limits: all (defaults), those of one table (integrity), or those against the reference (train_test); one that is written too keeps what is written.",
    .choice(allCases.map(\.rawValue)))

  /// The checks it asks for, in the order of the reports.
  package var checks: [SchemaCheck] {
    switch self {
    case .defaults: Self.integrity.checks + Self.trainTest.checks
    case .integrity:
      [
        .constantColumns, .specialCharacters, .mixedNulls, .mixedTypes, .stringVariants,
        .duplicateRows, .stringLengthOutliers, .conflictingLabels, .outliers,
        .featureLabelCorrelation, .featureCorrelation, .identifierLabel, .nullShareMax,
        .labelBalance,
      ]
    case .trainTest:
      [
        .sizeRatio, .newLabels, .newCategories, .newStringVariants, .dateDuplicates, .dateLeakage,
        .indexLeakage, .leakageRows, .featureLabelCorrelationChange,
      ]
    }
  }
}
