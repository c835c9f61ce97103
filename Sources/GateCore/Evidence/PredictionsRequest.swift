/// A file of scores made elsewhere, as a table, and how it joins the rows that are judged.
package struct PredictionsRequest: Sendable {
  /// What the file holds.
  package enum Content: Sendable {
    /// Binary, regression and ranking: the column of the score.
    case score(String)
    /// Regression: the column of the value, those of an interval and of quantiles by level.
    case spread(
      String, interval: (low: String, high: String)?, [(level: Double, column: String)])
    /// Text: the column of what the model wrote.
    case texts(String)
    /// Multilabel: each label with the column of its probability; a row's need not sum to 1.
    case flags([(name: String, column: String)])
    /// Multiclass: each class with the column of its probability, in the order of the classes.
    case probabilities([(name: String, column: String)])
    /// The column of the predicted class, and the classes in order.
    case decisions(column: String, classes: [String])
  }

  /// Whose predictions these are.
  package var role: Role
  /// The table of the predictions, and what its file is called in messages.
  package var table: String
  package var file: String
  /// The table of the rows that are judged, and what its file is called in messages.
  package var holdout: String
  package var holdoutFile: String
  /// The column both tables have; nil: row by row.
  package var id: String?
  package var content: Content
  /// The columns of the labels.
  package var labels: [String] = []
  /// Columns of the holdout that say of a row what they say in any file: weight and query.
  package var told: [String] = []
  /// Columns that hold what any of the models answered.
  package var answers: [String] = []
  /// The scores that may be: 0 to 1 for a probability; nil: any finite number.
  package var range: ClosedRange<Double>?

  package init(
    role: Role, table: String, file: String, holdout: String = "holdout", holdoutFile: String,
    id: String?, content: Content, range: ClosedRange<Double>?
  ) {
    self.role = role
    self.table = table
    self.file = file
    self.holdout = holdout
    self.holdoutFile = holdoutFile
    self.id = id
    self.content = content
    self.range = range
  }
}
