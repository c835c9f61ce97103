/// What the positive outcome is called where a metric has no value.
package enum PositiveClass {
  /// The positive class of a binary task.
  case positive
  /// One class of several against the others.
  case named(String)
  /// All classes of several at once, each against the others.
  case pooled
  /// One label of several that a row may have.
  case label(String)
  /// All labels that a row may have at once.
  case labels
  /// The labels of one row, by the number of the row.
  case row(Int)

  /// There is no row of it.
  package var hasNoRows: String {
    switch self {
    case .positive: "no row is positive"
    case .named(let name): "class '\(name)' has no rows"
    case .pooled: "no class has rows"
    case .label(let name): "no row has the label '\(name)'"
    case .labels: "no row has any label"
    case .row(let number): "row \(number) has no label"
    }
  }

  /// There is no row of any other.
  package var hasAllRows: String {
    switch self {
    case .positive: "no row is negative"
    case .named(let name): "every row is of class '\(name)'"
    case .pooled: "there is one class only"
    case .label(let name): "every row has the label '\(name)'"
    case .labels: "every row has every label"
    case .row(let number): "row \(number) has every label"
    }
  }

  /// It was never decided.
  package var isNeverPredicted: String {
    switch self {
    case .positive: "no row was predicted positive"
    case .named(let name): "no row was predicted '\(name)'"
    case .pooled: "no row was predicted"
    case .label(let name): "no row was predicted to have the label '\(name)'"
    case .labels: "no row was predicted to have any label"
    case .row(let number): "row \(number) was predicted to have no label"
    }
  }

  /// No other was ever decided.
  package var isAlwaysPredicted: String {
    switch self {
    case .positive: "no row was predicted negative"
    case .named(let name): "every row was predicted '\(name)'"
    case .pooled: "there is one class only"
    case .label(let name): "every row was predicted to have the label '\(name)'"
    case .labels: "every label was predicted of every row"
    case .row(let number): "row \(number) was predicted to have every label"
    }
  }
}
