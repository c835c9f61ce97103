package import GateCore

/// Every metric's way through the records, in words and tables.
extension History {
  /// The page.
  package var sheet: Sheet {
    let count = series.map(\.records.count).reduce(0, +)
    var lead = [
      "\(count.counted("record")) of \(series.count.counted("manifest")), the oldest first."
    ]
    let undated = series.flatMap(\.records).count { $0.time == nil }
    if undated > 0 {
      lead.append(
        "\(undated.counted("record")) \("have".agreeing(with: undated)) no times and "
          + "\("come".agreeing(with: undated)) first, by the file's name.")
    }
    return Sheet("History", lead: lead, sections: series.flatMap(\.sections))
  }

  /// Under the schema `gatewright/history@1`.
  package var json: JSON {
    ["schema": "gatewright/history@1", "series": .array(series.map(\.json))]
  }
}

extension History.Series {
  /// The checks, then the records.
  fileprivate var sections: [Sheet.Section] {
    let name = newest.report.manifest.name
    return [
      Sheet.Section(
        "Checks of \(name)",
        [
          .paragraph(
            "The verdict is \(newest.report.verdict.rawValue) since \(since.label)."),
          .table(
            Sheet.Table(
              caption: "Each check's values over the records, with its latest limit shaded",
              titles: [
                "outcome", "check", "trend", "latest", "change", "limit", "margin left", "since",
                "records",
              ], rows: trends.map(\.row))),
        ]),
      Sheet.Section(
        "Records of \(name)",
        [
          .table(
            Sheet.Table(
              caption: "What was judged, the newest first",
              titles: ["verdict", "time", "outcomes", "candidate", "SHA-256", "commit", "file"],
              rows: records.reversed().map(\.row)))
        ]),
    ]
  }

  fileprivate var json: JSON {
    [
      "manifest": .string(newest.report.manifest.name),
      "verdict": .string(newest.report.verdict.rawValue), "since": since.summary,
      "records": .array(records.map(\.summary)), "checks": .array(trends.map(\.json)),
    ]
  }
}

extension Trend {
  /// The check's row.
  fileprivate var row: [Sheet.Cell] {
    let line = Sparkline(self)
    return [
      isInNewest ? Sheet.Cell(outcomeOf: latest) : Sheet.Cell("gone, \(latest.outcome.rawValue)"),
      Sheet.Cell(name: latest.id), Sheet.Cell(text: line.signs, drawing: line.xml),
      Sheet.Cell(number: latest.judged), Sheet.Cell(number: change?.signed ?? ""),
      Sheet.Cell(latest.limitWords ?? ""), Sheet.Cell(number: latest.margin?.words ?? ""),
      Sheet.Cell(date: since.label), Sheet.Cell(number: "\(points.count)"),
    ]
  }

  fileprivate var json: JSON {
    [
      "check": .string(latest.id), "outcome": .string(latest.outcome.rawValue),
      "in_newest": .bool(isInNewest), "limit": latest.limit.map(JSON.limits) ?? .null,
      "change": .number(change), "since": since.summary,
      "points": .array(
        points.map { point in
          [
            "file": .string(point.record.path), "started": .text(point.record.time),
            "outcome": .string(point.check.outcome.rawValue), "value": .number(point.check.value),
            "margin_left": .number(point.check.margin?.left),
          ]
        }),
    ]
  }
}

extension StoredReport {
  /// Its time, or its file where it has none.
  var label: String { time ?? path }

  /// The record's row.
  fileprivate var row: [Sheet.Cell] {
    let candidate = report.models[.candidate]
    return [
      Sheet.Cell(report.verdict), Sheet.Cell(date: time ?? ""), Sheet.Cell(report.tally),
      Sheet.Cell(name: candidate?.uri ?? ""),
      Sheet.Cell(name: candidate?.sha256.map { String($0.prefix(12)) } ?? ""),
      Sheet.Cell(name: report.manifest.source.commit.map { String($0.prefix(12)) } ?? ""),
      Sheet.Cell(name: path),
    ]
  }
}
