import GateCore

/// How many rows of each input hold a category that the model has never seen.
struct UnseenShares {
  /// What was found of one input: the first, and how many.
  private struct Found {
    var first: String
    var row: Int
    var count: Int
  }

  private var found: [Int: Found] = [:]

  /// Takes in those of a batch that starts at `row`.
  mutating func add(_ unseen: [UnseenCategories], from row: Int) {
    for item in unseen {
      found[item.input, default: Found(first: item.first, row: row + item.row, count: 0)].count +=
        item.count
    }
  }

  /// Refuses a share above the limit, and says the others for the record.
  func check(
    _ inputs: ModelInputs, _ model: ModelSource, _ answers: AnswerDescription, rows: Int
  ) throws(Diagnostic) -> [String: String] {
    let limit = model.options.unseen ?? answers.unseen
    var words: [String: String] = [:]
    if !answers.uncounted.isEmpty {
      words["unseen"] = "not counted for " + answers.uncounted.joined(separator: ", ")
    }
    for (place, item) in found.sorted(by: { $0.key < $1.key }) {
      let share = Double(item.count) / Double(max(1, rows))
      guard share <= limit else {
        throw Diagnostic(
          "\(model.role) has never seen what '\(inputs.names[place])' holds in \(item.count) of "
            + "\(rows) rows, first '\(item.first.prefix(60))' in row \(item.row + 1), and "
            + (limit == 0 ? "none may" : "at most \(limit) of them may"),
          hint: (item.count == rows
            ? "the whole column holds what the model never saw, so it is most likely written in another way than in "
              + "training, such as 'Male' against 'male' or a code against a name: write it as it was there; "
            : "")
            + "where it is right that they are missing values to it, say "
            + "'unseen: \(min(1, (share * 100).rounded(.up) / 100))' under models.\(model.role)")
      }
      words["unseen/" + inputs.names[place]] =
        "\(item.count) of \(rows) rows, first '\(item.first.prefix(60))' in row \(item.row + 1)"
    }
    return words
  }
}
