import GateCore

extension Reporter {
  /// One page that a person reads and signs.
  package static let html = Reporter(
    "html",
    summary: "HTML: one page without script or remote parts, for a browser, a mail or paper.",
    fileExtension: "html", marks: [HTMLPage.mark]
  ) { HTMLPage($0).text }
}

/// A report as one page; what comes from data is escaped where the page is written.
struct HTMLPage {
  /// How a page begins.
  static let mark = "<!DOCTYPE html>\n<html lang=\"en\" data-made-by=\"gatewright\">"

  let report: Report
  /// The most checks whose evidence is shown, and the most rows of a plot.
  private static let most = (told: 200, plotted: 60)

  init(_ report: Report) { self.report = report }

  /// The whole page.
  var text: String {
    Self.document(
      "\(report.manifest.name): \(report.verdict.rawValue)", [header] + sections)
  }

  /// A page of these parts, which needs nothing from elsewhere and may load nothing.
  static func document(_ title: String, _ parts: [XML]) -> String {
    var text = Self.mark + "\n<head>\n<meta charset=\"utf-8\">\n"
    text += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    text +=
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    XML("title", text: title).writeHTML(to: &text)
    text += "<style>\n\(Self.style)</style>\n</head>\n<body>\n"
    for part in parts { part.writeHTML(to: &text) }
    text += "</body>\n</html>\n"
    return text
  }

  /// The verdict, why, and who was compared on what: what fits on the first screen.
  private var header: XML {
    let verdict = report.verdict.rawValue
    var parts = [
      XML(
        "p", [("class", "badge \(verdict)")],
        text: "\(Self.sign(report.verdict)) \(verdict)"),
      XML("h1", text: report.manifest.name),
      XML("p", [("class", "lead")], text: report.verdict.meaning(of: report.checks) + "."),
      XML("p", text: report.tally + ". Exit code \(report.exitCode)."),
    ]
    if let first = report.concerns.first(where: { $0.concern == .stops })?.check {
      parts.append(
        XML(
          "p", [("class", "next")],
          [
            XML("strong", text: "First to look at: "),
            XML("a", [("href", "#\(Self.anchor(first))")], text: first.id),
            XML("span", text: " - \(first.line)"),
          ]))
    }
    return XML("header", [], parts + [compared])
  }

  /// Who compared what on which rows.
  private var compared: XML {
    var rows: [[String]] = []
    for role in Role.allCases {
      guard let model = report.models[role] else { continue }
      let runtime = model.runtime.map { "\($0.name) \($0.version)" } ?? "not scored"
      rows.append([role.rawValue, model.uri, runtime])
    }
    for name in ["holdout", "reference", "current"] {
      guard let data = report.data[name] else { continue }
      let size = [data.rows.map { "\($0) rows" }, data.columns.map { "\($0) columns" }]
      rows.append([name, data.uri, size.compactMap(\.self).joined(separator: ", ")])
    }
    return Self.table("What was compared", ["", "from", ""], rows.map { $0.map { Cell($0) } })
  }

  private var sections: [XML] {
    [glance, concerned, gates, multipleTesting, provenance, again].compactMap(\.self)
  }

  /// Every figure with its interval and its limit, on one axis a row.
  private var glance: XML? {
    let plotted = (report.concerns.map(\.check) + report.checks.filter { Concern($0) == nil })
      .compactMap(ForestRow.init).prefix(Self.most.plotted)
    guard !plotted.isEmpty else { return nil }
    return Self.section(
      "At a glance",
      [
        XML(
          "p",
          text:
            "Each row has an axis of its own: the mark is the candidate's figure, the bar its confidence interval, the "
            + "hollow mark the champion, the dashed line the limit with the side that fails shaded. A circle passes, a square "
            + "fails, a triangle could not be told."),
        ForestRow.plot(Array(plotted)),
      ])
  }

  /// What did not pass, each with what a person needs to act.
  private var concerned: XML? {
    let concerns = report.concerns
    guard !concerns.isEmpty else { return nil }
    var parts = concerns.prefix(Self.most.told).map { article($0.check, $0.concern) }
    if concerns.count > Self.most.told {
      parts.append(
        XML("p", text: "\(concerns.count - Self.most.told) more stand in the tables below."))
    }
    return Self.section("Not passed", parts)
  }

  private func article(_ check: Check, _ concern: Concern) -> XML {
    let advisory = concern == .advises ? ", advisory" : ""
    var parts = [
      XML("h3", text: check.id),
      XML(
        "p", [("class", "tag \(check.outcome.rawValue)")],
        text: "\(Self.sign(check.outcome)) \(check.outcome.rawValue)\(advisory)"),
      XML("p", text: check.line),
      XML("ul", [], report.facts(of: check).map { XML("li", text: $0) }),
    ]
    if let diagram = ReliabilityPlot(check.evidence["reliability"]) { parts.append(diagram.xml) }
    if !check.evidence.isEmpty {
      let evidence = JSON.ordered(check.evidence) { $0 }.text
      parts.append(
        XML(
          "details", [],
          [
            XML("summary", text: "Evidence"),
            XML("pre", text: String(evidence.prefix(8000)) + (evidence.count > 8000 ? "…" : "")),
          ]))
    }
    return XML("article", [("id", Self.anchor(check))], parts)
  }

  /// All checks, a table a gate.
  private var gates: XML {
    let concerned = Set(report.concerns.prefix(Self.most.told).map(\.check.id))
    let names = report.checks.map(\.gate).unique
    let titles = [
      "outcome", "check", "candidate", "champion", "difference", "interval", "limit", "n",
    ]
    return Self.section(
      "All checks",
      names.map { gate in
        let checks = report.checks.filter { $0.gate == gate }
        let failing = checks.contains { Concern($0) != nil }
        let rows = checks.map { check -> [Cell] in
          let name =
            check.id.hasPrefix(gate + "/") ? String(check.id.dropFirst(gate.count + 1)) : check.id
          return [
            Cell(
              "\(Self.sign(check.outcome)) \(check.outcome.rawValue)", style: check.outcome.rawValue
            ),
            Cell(name, link: concerned.contains(check.id) ? "#\(Self.anchor(check))" : nil),
            Cell(number: check.judged), Cell(number: check.champion?.short ?? ""),
            Cell(number: check.difference == nil ? "" : check.shownDifference),
            Cell(check.interval == nil ? "" : check.shownInterval), Cell(check.limitWords ?? ""),
            Cell(number: check.n.map { "\($0)" } ?? ""),
          ]
        }
        return XML(
          "details", failing ? [("open", "open")] : [],
          [
            XML("summary", text: "\(gate): \(checks.count) checks"),
            Self.table("Checks of the gate \(gate)", titles, rows),
          ])
      })
  }

  /// What was done about many limits at once.
  private var multipleTesting: XML? {
    let rows = report.multipleTesting.flatMap { family in
      family.tests.map { test in
        [
          Cell(family.family), Cell(family.method.rawValue), Cell(test.check), Cell(test.limit),
          Cell(number: test.pValue.short), Cell(number: test.adjustedPValue.short),
          Cell(test.statement.rawValue), Cell(test.isDecided ? "yes" : "no"),
        ]
      }
    }
    guard !rows.isEmpty else { return nil }
    return Self.section(
      "Many limits at once",
      [
        Self.table(
          "Error control",
          ["family", "method", "check", "limit", "p", "adjusted p", "limit is", "decided"],
          rows)
      ])
  }

  /// Which bytes were judged, by what.
  private var provenance: XML {
    let source = report.manifest.source
    var rows = [
      ["manifest", report.manifest.path, report.manifest.sha256],
      [
        "commit", source.commit ?? "not in a repository",
        source.dirty == true ? "with changes that are not committed" : "",
      ],
      ["judged by", "\(report.tool.name) \(report.tool.version)", report.timings?.started ?? ""],
    ]
    for role in Role.allCases {
      guard let model = report.models[role] else { continue }
      rows.append([role.rawValue, model.uri, model.sha256 ?? ""])
      for (key, value) in model.provenance.sorted(by: { $0.key < $1.key }) {
        rows.append(["\(role.rawValue) \(key)", value, ""])
      }
    }
    for (name, data) in report.data.sorted(by: { $0.key < $1.key }) {
      rows.append([name, data.uri, data.sha256 ?? ""])
    }
    for file in report.manifest.files { rows.append(["read", file.path, file.sha256]) }
    return Self.section(
      "Provenance",
      [
        Self.table(
          "What was judged, by digest", ["", "from", "SHA-256"], rows.map { $0.map { Cell($0) } })
      ])
  }

  /// How to see the same.
  private var again: XML {
    let commit = report.manifest.source.commit.map { "git checkout \($0)\n" } ?? ""
    return Self.section(
      "On your own machine",
      [XML("pre", text: "\(commit)gatewright check --manifest \(report.manifest.path.visible)")])
  }
}
