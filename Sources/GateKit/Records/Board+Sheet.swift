import GateCore
import GateDrift

/// The board, in words and tables.
extension Board {
  /// The page; `pages`: whether each model's own page stands beside it.
  package func sheet(pages: Bool) -> Sheet {
    let tally = Verdict.allCases.sorted { $0.gravity > $1.gravity }.compactMap { verdict in
      let count = models.count { $0.report.verdict == verdict }
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    return Sheet(
      "Models",
      lead: [
        "\(models.count.counted("model")): \(tally.joined(separator: ", ")).",
        "The newest record of each manifest, the worst verdict first, then the smallest margin left: how far the blocking "
          + "check nearest to its limit is from it, and what share of the limit that is. Below 0 the limit does not hold.",
      ],
      sections: [
        Sheet.Section(
          "All models",
          [
            .table(
              Sheet.Table(
                caption: "Each model by its newest record",
                titles: [
                  "verdict", "model", "since", "smallest margin left", "of check", "oldest waiver",
                  "drift", "judged",
                ], rows: models.map(\.row)))
          ])
      ] + models.map { $0.section(pages: pages) })
  }
}

extension Board.Model {
  /// The model's row.
  fileprivate var row: [Sheet.Cell] {
    let oldest = waived.first.map { check, since in
      "\(check.id), since \(since.label)" + (check.waivedUntil.map { ", until \($0)" } ?? "")
    }
    return [
      Sheet.Cell(report.verdict), Sheet.Cell(name: report.manifest.name, link: "#\(anchor)"),
      Sheet.Cell(date: series.since.label), Sheet.Cell(number: nearest?.margin.words ?? "unknown"),
      Sheet.Cell(name: nearest?.check.id ?? ""), Sheet.Cell(oldest ?? "none"),
      Sheet.Cell(driftWords), Sheet.Cell(date: series.newest.label),
    ]
  }

  /// Where the model's section stands on the board.
  private var anchor: String { "model-\(key)" }

  /// How much has drifted.
  private var driftWords: String {
    guard let drift else { return "not judged" }
    return "\(drift.drifted) of \(drift.judged.counted("check"))"
      + (drift.share.map { ", share \($0.short)" } ?? "")
  }

  /// What a reader who follows the link is told: what did not pass, and what is nearest to its limit.
  fileprivate func section(pages: Bool) -> Sheet.Section {
    var parts: [Sheet.Part] = [
      .paragraph(
        "\(report.verdict.rawValue) since \(series.since.label): "
          + "\(report.verdict.meaning(of: report.checks)) (\(report.tally))."),
      .paragraph(
        "Candidate \(report.models[.candidate]?.uri ?? "not found"), judged by \(report.manifest.path) in "
          + "\(series.newest.path)."),
    ]
    if pages {
      parts.append(
        .table(
          Sheet.Table(
            caption: "Pages of this model", titles: ["page", "what it shows"],
            rows: [
              [
                Sheet.Cell(name: "report", link: "\(key).html"),
                Sheet.Cell("the newest record, with everything that was judged"),
              ],
              [
                Sheet.Cell(name: "history", link: "\(key)-history.html"),
                Sheet.Cell("each check over \(series.records.count.counted("record"))"),
              ],
            ])))
    }
    let told = trends
    if !told.isEmpty {
      parts.append(
        .table(
          Sheet.Table(
            caption: "Checks to look at first",
            titles: ["outcome", "check", "trend", "latest", "limit", "margin left", "why"],
            rows: told.map(Self.row))))
    }
    return Sheet.Section(report.manifest.name, parts, anchor: anchor)
  }

  /// Those that did not pass, then those nearest to their limits: ten of them.
  private var trends: [Trend] {
    let current = series.trends.filter(\.isInNewest)
    let others = current.filter { $0.latest.outcome == .passed && $0.latest.margin != nil }
      .sorted { ($0.latest.margin?.share ?? 0) < ($1.latest.margin?.share ?? 0) }
    let first = current.filter { $0.latest.outcome.gravity > Outcome.skipped.gravity }
      .enumerated().sorted { one, other in
        func rank(_ trend: Trend) -> Int {
          -trend.latest.outcome.gravity - (trend.latest.blocking ? 10 : 0)
        }
        let (a, b) = (rank(one.element), rank(other.element))
        return a == b ? one.offset < other.offset : a < b
      }.map(\.element)
    return Array((first + others).prefix(10))
  }

  /// A check's row.
  private static func row(_ trend: Trend) -> [Sheet.Cell] {
    let line = Sparkline(trend)
    let check = trend.latest
    return [
      Sheet.Cell(outcomeOf: check), Sheet.Cell(name: check.id),
      Sheet.Cell(text: line.signs, drawing: line.xml), Sheet.Cell(number: check.judged),
      Sheet.Cell(check.limitWords ?? ""), Sheet.Cell(number: check.margin?.words ?? ""),
      Sheet.Cell(check.line),
    ]
  }
}

extension Check {
  /// Whether it is of a drift test, or of the share of features that drifted.
  var isOfDrift: Bool {
    metric == "share_drifted" || metric.map { DriftTests.named($0) != nil } ?? false
  }

  /// The last day of the waiver that covers it; nil where the record does not say.
  var waivedUntil: String? { evidence["waiver"]?["until"]?.string }
}
