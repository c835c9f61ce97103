package import GateCore

extension Terminal {
  /// The corrected of one family: a line a statement, the longest tables cut.
  package func lines(_ corrected: MultipleTestingReport) -> [String] {
    let titles = ["decided", "check", "limit", "statement", "p-value", "adjusted", "level"]
    let rows = corrected.tests.prefix(Self.longest).map { test in
      [
        test.isDecided ? "yes" : "no", test.check.loggable(200), test.limit.loggable(40),
        test.statement.rawValue, test.pValue.short, test.adjustedPValue.short, test.level.short,
      ]
    }
    var widths = titles.indices.map { column in
      ([titles] + rows).map(\.[column].displayWidth).max() ?? 0
    }
    if let width {
      let all = widths.reduce(2, +) + 2 * (widths.count - 1)
      widths[1] = max(min(widths[1], 20), widths[1] - max(0, all - width))
    }
    let table = ([titles] + rows).map { cells in
      var line = "  "
      for (column, cell) in cells.enumerated() {
        line +=
          (column == 0 ? "" : "  ")
          + cell.shortened(widths[column]).padded(
            widths[column], right: column > 3)
      }
      return line
    }
    let more = corrected.tests.count - rows.count
    let family =
      corrected.family == "manifest" ? "the manifest" : "gate \(corrected.family.loggable(100))"
    return [
      bold("error control") + " by \(corrected.method.title) over \(corrected.limits) of \(family)"
    ] + table + (more > 0 ? ["  ... and \(more) more"] : [])
  }
}

extension MultipleTestingReport {
  /// How many there are, in words.
  package var limits: String { tests.count == 1 ? "1 limit" : "\(tests.count) limits" }
}

extension Report {
  /// What the multipleTesting say of each check, by its id, a line a limit.
  var multipleTestingLines: [String: [String]] {
    var lines: [String: [String]] = [:]
    for corrected in multipleTesting {
      for test in corrected.tests {
        lines[test.check, default: []].append(
          "\(test.limit) \(test.statement.rawValue): p-value \(test.pValue.exact), by "
            + "\(corrected.method.title) over \(corrected.limits) \(test.adjustedPValue.exact), "
            + "\(test.isDecided ? "decided" : "not decided") at level \(test.level.exact)")
      }
    }
    return lines
  }
}
