package import GateCore

/// Many models at a glance: the newest record of each manifest's name, with what the older ones say of it.
package struct Board: Sendable {
  /// The worst verdict first, then the smallest margin.
  package let models: [Model]

  /// One manifest's name.
  package struct Model: Sendable {
    let series: History.Series
    /// The blocking check that is nearest to its limit, or furthest beyond it; nil: no margin is known.
    let nearest: (check: Check, margin: Margin)?
    /// The waived checks, the one that has been waived longest first.
    let waived: [(check: Check, since: StoredReport)]
    /// A name for files and anchors that no other model of the board has.
    package let key: String

    /// The newest record.
    package var report: Report { series.newest.report }
    /// The history of this model alone.
    package var history: History { History(series.records) }
  }

  /// What is known of each manifest's name in these records.
  package init(_ records: [StoredReport]) {
    var taken: Set<String> = []
    let unsorted = History(records).series.map { series in
      var key = String(HTMLPage.plain(series.newest.report.manifest.name).prefix(60))
      if key.isEmpty || key.hasPrefix("-") { key = "model" + key }
      // Cut names may be the same, and so may names that differ in case alone where files are concerned.
      var place = 2
      let start = key
      while !taken.insert(key.lowercased()).inserted || key.lowercased() == "index" {
        key = "\(start)-\(place)"
        place += 1
      }
      return Model(series, key: key)
    }
    models = unsorted.enumerated().sorted { one, other in
      let (a, b) = (one.element.rank, other.element.rank)
      return a == b ? one.offset < other.offset : a < b
    }.map(\.element)
  }
}

extension Board.Model {
  fileprivate init(_ series: History.Series, key: String) {
    (self.series, self.key) = (series, key)
    nearest = series.newest.report.checks.filter(\.blocking).compactMap { check in
      guard [.passed, .failed, .inconclusive].contains(check.outcome) else { return nil }
      return check.margin.map { (check, $0) }
    }.min { $0.1.share < $1.1.share }
    waived = series.trends.filter { $0.isInNewest && $0.latest.outcome == .waived }
      .map { ($0.latest, $0.since) }.sorted { StoredReport.precedes($0.since, $1.since) }
  }

  /// What stands first is the least.
  fileprivate var rank: (Int, Double) {
    (-report.verdict.gravity, nearest?.margin.share ?? .infinity)
  }

  /// The checks of drift that were judged, and how many of them did not pass.
  var drift: (judged: Int, drifted: Int, share: Double?)? {
    let checks = report.checks.filter(\.isOfDrift).filter { $0.outcome != .skipped }
    guard !checks.isEmpty else { return nil }
    let columns = checks.filter { $0.metric != "share_drifted" }
    return (
      columns.count, columns.count { $0.outcome == .failed || $0.outcome == .waived },
      checks.first { $0.metric == "share_drifted" }?.value
    )
  }
}
