import GateCore

extension Reporter {
  /// Gauges for node_exporter's textfile collector or a Pushgateway.
  static let prometheus = Reporter(
    "prometheus", summary: "Prometheus text: gauges of the verdict, the checks and every figure.",
    fileExtension: "prom", marks: ["# HELP gatewright_verdict "]
  ) { Exposition($0, isOpen: false).text }

  /// The same figures as GitLab's metrics report reads them.
  package static let openmetrics = Reporter(
    "openmetrics",
    summary: "OpenMetrics text, which GitLab's metrics report compares between branches.",
    fileExtension: "txt", marks: ["# TYPE gatewright_verdict gauge\n"]
  ) { Exposition($0, isOpen: true).text }
}

/// A report as metrics for monitoring.
private struct Exposition {
  let report: Report
  /// Whether it is OpenMetrics, which ends with a mark and tells no time of its own.
  let isOpen: Bool

  init(_ report: Report, isOpen: Bool) { (self.report, self.isOpen) = (report, isOpen) }

  /// A gauge with a value for each set of labels.
  private struct Gauge {
    let name: String
    let help: String
    var samples: [(labels: [(String, String)], value: Double)]
  }

  var text: String {
    var text = gauges.filter { !$0.samples.isEmpty }.map(lines).joined()
    if isOpen { text += "# EOF\n" }
    return text
  }

  private var gauges: [Gauge] {
    let name = report.manifest.name
    var gauges = [
      Gauge(
        name: "gatewright_verdict", help: "1 for the verdict of the last run, 0 for the others.",
        samples: Verdict.allCases.map {
          ([("manifest", name), ("verdict", $0.rawValue)], $0 == report.verdict ? 1 : 0)
        }),
      Gauge(
        name: "gatewright_checks", help: "Checks of the last run by outcome.",
        samples: Outcome.allCases.map { outcome in
          (
            [("manifest", name), ("outcome", outcome.rawValue)],
            Double(report.checks.count { $0.outcome == outcome })
          )
        }),
      Gauge(
        name: "gatewright_check_passed",
        help: "1 for a check that holds or is waived, 0 for others.",
        samples: report.checks.filter { $0.outcome != .skipped }.map { check in
          (labels(check), [.passed, .waived].contains(check.outcome) ? 1 : 0)
        }),
    ]
    for (suffix, help, figure) in figures {
      gauges.append(
        Gauge(
          name: "gatewright_\(suffix)", help: help,
          samples: report.checks.compactMap { check in figure(check).map { (labels(check), $0) } }))
    }
    if !isOpen, let started = report.timings?.started, let seconds = Self.seconds(started) {
      gauges.append(
        Gauge(
          name: "gatewright_last_run_timestamp_seconds", help: "When the last run started.",
          samples: [([("manifest", name)], seconds)]))
    }
    return gauges
  }

  private var figures: [(String, String, (Check) -> Double?)] {
    [
      ("value", "The candidate's figure.", { $0.value }),
      ("champion_value", "The champion's figure.", { $0.champion }),
      ("interval_low", "The lower end of the confidence interval.", { $0.interval?.low }),
      ("interval_high", "The upper end of the confidence interval.", { $0.interval?.high }),
    ]
  }

  private func labels(_ check: Check) -> [(String, String)] {
    [("manifest", report.manifest.name), ("check", check.id), ("gate", check.gate)]
  }

  private func lines(_ gauge: Gauge) -> String {
    let help = "# HELP \(gauge.name) \(gauge.help)\n"
    let type = "# TYPE \(gauge.name) gauge\n"
    return (isOpen ? type + help : help + type)
      + gauge.samples.map { labels, value in
        let text = labels.map { "\($0)=\"\(Self.label($1))\"" }.joined(separator: ",")
        return "\(gauge.name){\(text)} \(Self.number(value))\n"
      }.joined()
  }

  private static func label(_ text: String) -> String {
    text.visible.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  private static func number(_ value: Double) -> String {
    value.isNaN ? "NaN" : value.isInfinite ? (value > 0 ? "+Inf" : "-Inf") : value.exact
  }

  /// Seconds since 1970 of `2026-11-20T10:41:10Z`; days are counted as the Gregorian calendar has them.
  private static func seconds(_ moment: String) -> Double? {
    let parts = moment.split { !$0.isNumber }.compactMap { Int($0) }
    guard parts.count >= 6 else { return nil }
    let (year, month, day) = (parts[0] - (parts[1] <= 2 ? 1 : 0), parts[1], parts[2])
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let days = 365 * year + year / 4 - year / 100 + year / 400 + ofYear - 719_468
    return Double(days * 86_400 + parts[3] * 3600 + parts[4] * 60 + parts[5])
  }
}
