extension [String] {
  /// Of two labels the one whose name says that it is the class looked for; nil: neither says so.
  package var likelyPositive: String? {
    let known: Set<String> = [
      "yes", "true", "y", "t", "positive", "pos", "bad", "default", "defaulted", "churn",
      "churned", "fraud", "spam", "malignant", "high", "good", "won", "converted",
    ]
    let negative: Set<String> = [
      "no", "false", "n", "f", "negative", "neg", "ok", "normal", "legit", "benign", "ham", "none",
      "low", "lost", "stayed",
      "active", "paid", "nein", "non", "nei", "nej", "nee", "não", "nao", "nie", "ne", "нет", "ні",
      "否", "いいえ", "아니요",
    ]
    if let named = first(where: { known.contains($0.lowercased()) }) { return named }
    // Beside a label that says no, the other is the one looked for.
    let others = filter { !negative.contains($0.lowercased()) }
    return count == 2 && others.count == 1 ? others[0] : nil
  }
}
