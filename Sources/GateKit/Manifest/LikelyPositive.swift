extension [String] {
  /// Of two labels the one whose name says that it is the class looked for; nil: neither says so.
  package var likelyPositive: String? {
    let known: Set<String> = [
      "yes", "true", "y", "t", "positive", "pos", "bad", "default", "defaulted", "churn",
      "churned", "fraud", "spam", "malignant", "high", "good", "won", "converted",
    ]
    return first { known.contains($0.lowercased()) }
  }
}
