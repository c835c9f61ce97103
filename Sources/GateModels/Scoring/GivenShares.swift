import GateCore

/// Numbers that are probabilities of classes as they stand, so that no link is to be taken of them.
enum GivenShares {
  /// Whether the numbers of a row lie from 0 to 1 and sum to 1, as no row of margins does but by chance.
  static func holds(_ row: ArraySlice<Double>) -> Bool {
    row.count > 1 && row.allSatisfy { (0...1).contains($0) } && abs(row.reduce(0, +) - 1) < 1e-5
  }

  /// Refuses a link that has nothing to make probabilities of: labels (a width of 0), or such rows.
  static func refuseLink(
    _ model: ModelSource, width: Int, areShares: Bool
  ) throws(Diagnostic) {
    guard let link = model.options.link, link != .none, model.task != .multilabel else { return }
    let what: String
    if width == 0 {
      what = "labels only, of which 'link: \(link.rawValue)' makes nothing"
    } else if areShares {
      what =
        "numbers from 0 to 1 that sum to 1 in every row, which are probabilities already, and 'link: "
        + "\(link.rawValue)' would make others of them"
    } else {
      return
    }
    throw Diagnostic(
      "\(model.role) gives \(what)", hint: "leave 'link' out of models.\(model.role)")
  }
}
