package import GateCore

extension Terminal {
  /// The ledger of one family: a line a statement, the longest tables cut.
  package func lines(_ ledger: Ledger) -> [String] {
    let titles = ["decided", "check", "limit", "statement", "p-value", "adjusted", "level"]
    let rows = ledger.tests.prefix(Self.longest).map { test in
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
    let more = ledger.tests.count - rows.count
    let family =
      ledger.family == "manifest" ? "the manifest" : "gate \(ledger.family.loggable(100))"
    return [
      bold("error control") + " by \(ledger.method.title) over \(ledger.limits) of \(family)"
    ] + table + (more > 0 ? ["  ... and \(more) more"] : [])
  }
}

extension Ledger {
  /// How many there are, in words.
  package var limits: String { tests.count == 1 ? "1 limit" : "\(tests.count) limits" }
}

extension Report {
  /// What the ledgers say of each check, by its id, a line a limit.
  var ledgerLines: [String: [String]] {
    var lines: [String: [String]] = [:]
    for ledger in ledgers {
      for test in ledger.tests {
        lines[test.check, default: []].append(
          "\(test.limit) \(test.statement.rawValue): p-value \(test.pValue.exact), by "
            + "\(ledger.method.title) over \(ledger.limits) \(test.adjustedPValue.exact), "
            + "\(test.isDecided ? "decided" : "not decided") at level \(test.level.exact)")
      }
    }
    return lines
  }
}
