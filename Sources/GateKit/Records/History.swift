import GateCore

/// What became of each check over many records.
package struct History: Sendable {
  /// One a manifest's name, by name.
  package let series: [Series]

  /// The records of one manifest's name, the oldest first.
  package struct Series: Sendable {
    /// At least one, in the order of time.
    let records: [StoredReport]
    /// In the order of the newest record, then those that it does not have.
    let trends: [Trend]

    var newest: StoredReport { records[records.count - 1] }

    /// The first record since which every one has the newest's verdict.
    var since: StoredReport {
      records[records.lastIndex { $0.report.verdict != newest.report.verdict }.map { $0 + 1 } ?? 0]
    }
  }

  /// Sorts the records by manifest and time.
  package init(_ records: [StoredReport]) { series = records.byName.map(Series.init) }
}

extension History.Series {
  /// Takes records of one manifest's name in the order of time.
  init(_ records: [StoredReport]) {
    self.records = records
    let keyed = records.map { Dictionary($0.report.keyed.map { ($0.key, $0.check) }) { $1 } }
    // The newest record's order first; what it lacks is found in older ones.
    let keys = records.reversed().flatMap { $0.report.keyed.map(\.key) }.unique
    trends = keys.compactMap { key in
      let points = zip(records, keyed).compactMap { record, checks in
        checks[key].map { Trend.Point(record: record, check: $0) }
      }
      return Trend(points, isInNewest: keyed.last?[key] != nil)
    }
  }
}

/// One check over the records that have it.
package struct Trend: Sendable {
  /// In the order of time, at least one.
  let points: [Point]
  /// Whether the newest record of all still has it.
  let isInNewest: Bool

  /// The check in one record.
  struct Point: Sendable {
    let record: StoredReport
    let check: Check
  }

  /// Nil without points.
  init?(_ points: [Point], isInNewest: Bool) {
    guard !points.isEmpty else { return nil }
    (self.points, self.isInNewest) = (points, isInNewest)
  }

  var latest: Check { points[points.count - 1].check }

  /// The check in the record before the latest that has it.
  var previous: Check? { points.count > 1 ? points[points.count - 2].check : nil }

  /// The latest value less the one before; nil: one of them is missing.
  var change: Double? {
    guard let now = latest.value, let before = previous?.value else { return nil }
    return now - before
  }

  /// The first record since which every one has the latest outcome.
  var since: StoredReport {
    let other = points.lastIndex { $0.check.outcome != latest.outcome }
    return points[other.map { $0 + 1 } ?? 0].record
  }

  /// The values, nil where a record has the check without one.
  var values: [Double?] { points.map { $0.check.value.flatMap { $0.isFinite ? $0 : nil } } }
}
