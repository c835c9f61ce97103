import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Records that tests make by hand.
enum Stored {
  /// A check on roc_auc-like values with a min of 0.8 unless told otherwise.
  static func check(
    _ id: String, _ outcome: Outcome = .passed, value: Double? = 0.9, blocking: Bool = true,
    metric: String? = nil, champion: Double? = nil, limit: [LimitName: Double]? = ["min": 0.8],
    evidence: [String: JSON] = [:]
  ) -> Check {
    Check(
      id: id, gate: String(id.prefix { $0 != "/" }), outcome: outcome, blocking: blocking,
      message: "\(id) is \(outcome.rawValue)", metric: metric, value: value, champion: champion,
      limit: limit, evidence: evidence)
  }

  /// A record of these checks; its verdict follows from them.
  static func record(
    _ checks: [Check], name: String = "loan-default", path: String = "a.json",
    day: Int? = 1, candidate: String = "ab"
  ) -> StoredReport {
    var report = Report(
      tool: .init(name: "gatewright", version: "0.1.0"), verdict: Verdict(of: checks),
      manifest: .init(
        name: name, path: "gatewright.yaml", sha256: String(repeating: "cd", count: 32),
        source: .init(kind: "worktree")),
      models: [
        .candidate: .init(
          uri: "models/candidate.onnx", sha256: String(repeating: candidate, count: 32))
      ], data: [:], checks: checks)
    report.timings = day.map {
      .init(started: "2026-11-\($0 < 10 ? "0" : "")\($0)T08:00:00Z", seconds: [])
    }
    return StoredReport(report, path: path)
  }
}

/// How far figures are from their limits.
@Suite struct MarginTests {
  @Test(
    "each kind of limit has its margin in its own terms, the smallest by its share of the limit")
  func kinds() throws {
    let check = Stored.check(
      "champion/roc_auc", value: 0.9, metric: "roc_auc", champion: 0.92,
      limit: ["min": 0.8, "max_drop": 0.025, "max": 0.95])
    #expect(check.margins.map(\.limit.rawValue) == ["min", "max", "max_drop"])
    #expect(check.margins.map { ($0.left * 1e6).rounded() } == [100_000, 50_000, 5_000])
    #expect(check.margin?.limit == "max")
    // Of a loss a drop in quality is a rise of the value.
    let loss = Stored.check(
      "champion/log_loss", value: 0.30, metric: "log_loss", champion: 0.25,
      limit: ["max_drop": 0.01])
    #expect(abs(try #require(loss.margin).left + 0.04) < 1e-12)
    #expect(abs(try #require(loss.margin).share + 4) < 1e-9)
    let gain = Stored.check(
      "champion/roc_auc", value: 0.9, metric: "roc_auc", champion: 0.9, limit: ["min_gain": 0])
    #expect(gain.margin?.left == 0)
    #expect(gain.margin?.share == 0)
  }

  @Test("a margin that the record does not hold is none")
  func unknown() {
    #expect(Stored.check("a/b", value: nil).margin == nil)
    #expect(Stored.check("a/b", limit: nil).margin == nil)
    #expect(Stored.check("a/b", metric: "own", champion: 1, limit: ["max_drop": 1]).margin == nil)
    #expect(Stored.check("a/b", limit: ["max": 1, "or.ks.min_p_value": 0.1]).margin == nil)
    #expect(Stored.check("a/b", metric: "roc_auc", limit: ["max_drop": 1]).margin == nil)
  }
}

/// What changed between two records.
@Suite struct ComparisonTests {
  @Test("outcomes that got worse stand first, what blocks before what advises, the gravest first")
  func order() {
    let before = Stored.record([
      Stored.check("g/better", .failed), Stored.check("g/advice"), Stored.check("g/error"),
      Stored.check("g/failed"), Stored.check("g/same"), Stored.check("g/rows"),
    ])
    let after = Stored.record([
      Stored.check("g/better"), Stored.check("g/advice", .failed, blocking: true),
      Stored.check("g/error", .error), Stored.check("g/failed", .failed), Stored.check("g/same"),
      Stored.check("g/rows", .inconclusive),
    ])
    let comparison = Comparison(before, after)
    #expect(
      comparison.changed.map(\.after.id) == [
        "g/advice", "g/failed", "g/error", "g/rows", "g/better",
      ])
    #expect(comparison.new.isEmpty && comparison.gone.isEmpty && comparison.rules.isEmpty)
    var advisory = after.report
    advisory.checks[1].blocking = false
    let other = Comparison(before, StoredReport(advisory, path: "b.json"))
    #expect(
      other.changed.map(\.after.id) == ["g/failed", "g/error", "g/rows", "g/advice", "g/better"])
    #expect(other.rules.map(\.after.id) == ["g/advice"])
  }

  @Test("new and gone checks, other limits, moved values by the margin they lost, other inputs")
  func parts() throws {
    let before = Stored.record([
      Stored.check("g/gone"), Stored.check("g/little", value: 0.9),
      Stored.check("g/much", value: 0.9), Stored.check("g/limit"),
      Stored.check("g/none", value: 1, limit: nil),
    ])
    let after = Stored.record(
      [
        Stored.check("g/little", value: 0.89), Stored.check("g/much", value: 0.81),
        Stored.check("g/limit", limit: ["min": 0.7]), Stored.check("g/new"),
        Stored.check("g/none", value: 2, limit: nil),
      ], path: "b.json", candidate: "ef")
    let comparison = Comparison(before, after)
    #expect(comparison.new.map(\.id) == ["g/new"])
    #expect(comparison.gone.map(\.id) == ["g/gone"])
    #expect(comparison.rules.map(\.after.id) == ["g/limit"])
    #expect(comparison.moved.map(\.after.id) == ["g/much", "g/little", "g/none"])
    #expect(comparison.inputs.map(\.name) == ["candidate"])
    let text = comparison.sheet.text
    #expect(text.contains("0 checks are worse, 0 better, 1 new, 1 gone"))
    #expect(text.contains("+0.0100 (1.25%)"))
    #expect(text.contains("SHA-256 efefefefefef..."))
    let json = comparison.json
    let sha256 = json["inputs"]?.items?.first?["after"]?["sha256"]
    #expect(sha256 == .string(String(repeating: "ef", count: 32)))
    #expect(json["moved"]?.items?.count == 3)
  }

  @Test("the same record twice: nothing changed, and the page says so")
  func same() {
    let comparison = Comparison(
      StoredReport(.hostile, path: "a"), StoredReport(.hostile, path: "b"))
    #expect(comparison.isSame)
    #expect(comparison.sheet.text.contains("Nothing else changed."))
    #expect(comparison.sheet.sections.isEmpty)
  }

  @Test("checks of one id, which only a forged record has, are told apart by their order")
  func repeated() {
    let before = Stored.record([Stored.check("g/a"), Stored.check("g/a", value: 0.7)])
    let after = Stored.record([Stored.check("g/a"), Stored.check("g/a", .failed, value: 0.7)])
    #expect(Comparison(before, after).changed.map(\.after.value) == [0.7])
    #expect(Comparison(before, Stored.record([Stored.check("g/a")])).gone.map(\.value) == [0.7])
  }
}

/// Each check over many records.
@Suite struct HistoryTests {
  @Test("records stand by time, those without one first by name; values, changes and since when")
  func trends() throws {
    let history = History([
      Stored.record([Stored.check("g/a", .failed, value: 0.7)], path: "3.json", day: 12),
      Stored.record(
        [Stored.check("g/a", value: 0.9), Stored.check("g/old")], path: "1.json", day: 9),
      Stored.record([Stored.check("g/a", .failed, value: 0.6)], path: "2.json", day: 10),
      Stored.record([Stored.check("g/a", value: nil)], path: "z.json", day: nil),
      Stored.record([Stored.check("g/a")], name: "churn", path: "4.json", day: 1),
    ])
    #expect(history.series.map { $0.newest.report.manifest.name } == ["churn", "loan-default"])
    let series = history.series[1]
    #expect(series.records.map(\.path) == ["z.json", "1.json", "2.json", "3.json"])
    #expect(series.since.path == "2.json")
    #expect(series.trends.map(\.latest.id) == ["g/a", "g/old"])
    let trend = series.trends[0]
    #expect(trend.values == [nil, 0.9, 0.6, 0.7])
    #expect(abs(try #require(trend.change) - 0.1) < 1e-12)
    #expect(trend.since.path == "2.json")
    #expect(trend.isInNewest)
    #expect(series.trends[1].isInNewest == false)
    #expect(Sparkline(trend).signs == " █▁▃")
    #expect(history.sheet.text.contains("1 record has no times and comes first"))
    #expect(history.sheet.text.contains("gone, passed"))
    let points = history.json["series"]?.items?[1]["checks"]?.items?[0]["points"]?.items
    #expect(points?.map { $0["value"] } == [.null, .number(0.9), .number(0.6), .number(0.7)])
  }

  @Test("a line of ten thousand values keeps its peak and its end, and is small")
  func thinned() throws {
    let records = (0..<10_000).map { place in
      let value = place == 4321 ? 0.5 : 0.9
      return Trend.Point(
        record: Stored.record([], path: "\(place).json", day: nil),
        check: Stored.check("g/a", value: value))
    }
    let line = Sparkline(try #require(Trend(records, isInNewest: true)))
    var text = ""
    try #require(line.xml).writeHTML(to: &text)
    #expect(text.utf8.count < 4000)
    // The lowest value is at the lower edge, all others at the upper.
    #expect(text.contains(" 21") && text.contains("class=\"mark\""))
    #expect(try #require(Trend([records[0]], isInNewest: true)).values.count == 1)
    #expect(Trend([], isInNewest: true) == nil)
  }

  @Test("values as far apart as numbers can be draw within the picture, or not at all")
  func extreme() throws {
    for values in [[-1.7e308, 1.7e308], [0, Double.leastNonzeroMagnitude], [1e300, 1e300]] {
      let points = values.map {
        Trend.Point(record: Stored.record([]), check: Stored.check("g/a", value: $0))
      }
      let line = Sparkline(try #require(Trend(points, isInNewest: true)))
      var text = ""
      line.xml?.writeHTML(to: &text)
      #expect(!text.contains("nan") && !text.contains("inf"))
      _ = line.signs
    }
  }
}

/// Many models at a glance.
@Suite struct BoardTests {
  @Test("the worst verdict first, then the smallest margin; waivers by how long they are open")
  func order() throws {
    let waiver: JSON = ["until": "2027-01-31"]
    let board = Board([
      Stored.record([Stored.check("g/a", value: 0.95)], name: "wide", day: 2),
      Stored.record([Stored.check("g/a", value: 0.81)], name: "narrow", day: 2),
      Stored.record([Stored.check("g/a", .failed, value: 0.7)], name: "bad", day: 3),
      Stored.record([Stored.check("g/a", value: 0.9)], name: "bad", day: 1),
      Stored.record(
        [
          Stored.check("g/young", .waived, evidence: ["waiver": waiver]),
          Stored.check("g/long", .waived, evidence: ["waiver": waiver]),
          Stored.check("drift/psi/age", .failed, blocking: false, metric: "psi", limit: ["max": 1]),
        ], name: "waived", day: 6),
      Stored.record(
        [Stored.check("g/long", .waived), Stored.check("g/young")], name: "waived", day: 4),
    ])
    #expect(board.models.map(\.report.manifest.name) == ["bad", "narrow", "wide", "waived"])
    #expect(board.models[3].waived.map(\.check.id) == ["g/long", "g/young"])
    #expect(board.models[3].waived[0].since.time == "2026-11-04T08:00:00Z")
    let drift = try #require(board.models[3].drift)
    #expect((drift.judged, drift.drifted) == (1, 1))
    #expect(board.models[0].drift == nil)
    let page = board.sheet(pages: true).html
    #expect(page.contains("g/long, since 2026-11-04T08:00:00Z, until 2027-01-31"))
    #expect(page.contains("href=\"bad-history.html\""))
    #expect(!board.sheet(pages: false).html.contains("-history.html"))
  }

  @Test("each model has a name of its own for its pages, whatever the manifests are called")
  func keys() {
    let long = String(repeating: "x", count: 100)
    let names = ["Index", "a", "A", "", "../../etc", long + "1", long + "2", "\u{1F600}"]
    let board = Board(names.map { Stored.record([Stored.check("g/a")], name: $0) })
    let keys = board.models.map(\.key)
    #expect(Set(keys.map { $0.lowercased() }).count == names.count)
    #expect(!keys.contains { $0.lowercased() == "index" })
    #expect(
      keys.allSatisfy { key in
        key.utf8.count <= 80 && !key.hasPrefix("-")
          && key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      })
  }
}

/// What records hold cannot break out of any format.
@Suite struct HostileSheetTests {
  static let sheets: [(name: String, sheet: Sheet)] = {
    var other = Report.hostile
    other.checks = other.checks.map { check in
      var check = check
      check.outcome = check.outcome == .failed ? .passed : .failed
      check.value = check.value.map { $0 + 1 }
      return check
    }
    other.manifest.name = "::error::other ##[error]"
    other.verdict = .failed
    let (one, two) = (StoredReport(.hostile, path: "a.json"), StoredReport(other, path: "b.json"))
    let stories = Report.hostile.checks.compactMap {
      try? CheckStory($0.id, in: one) { _ in nil }.sheet
    }
    return [
      ("compare", Comparison(one, two).sheet), ("history", History([one, two]).sheet),
      ("board", Board([one, two]).sheet(pages: true)),
    ] + stories.map { ("story", $0) }
  }()

  @Test("no markup, no command and no control character of the data is one of the page's")
  func inert() {
    #expect(Self.sheets.count == 3 + Report.hostile.checks.count)
    for (name, sheet) in Self.sheets {
      for text in [sheet.text, sheet.markdown, sheet.html] {
        #expect(
          !text.unicodeScalars.contains { $0 != "\n" && $0.isUnsafe }, "\(name)")
      }
      for line in sheet.text.split(separator: "\n") {
        #expect(!line.drop { $0.isWhitespace }.hasPrefix("::"), "\(name): \(line.prefix(80))")
        #expect(!line.contains("##["), "\(name): \(line.prefix(80))")
      }
      #expect(!sheet.html.contains("<script") && !sheet.html.contains("<?xml"), "\(name)")
      #expect(sheet.markdown.utf8.count <= 65_000, "\(name)")
    }
    #expect(Self.sheets[0].sheet.html.contains("&lt;script&gt;alert"))
  }

  @Test(
    "what is written of the hostile sample is the committed text", arguments: ["txt", "md", "html"])
  func snapshot(ending: String) throws {
    let sheet = Self.sheets[0].sheet
    let text = ending == "txt" ? sheet.text : ending == "md" ? sheet.markdown : sheet.html
    try Recorded.expect(text, in: "Tests/GateKitTests/Snapshots/compare.\(ending)")
  }

  @Test("names of manifests have marks of their own, which end no comment")
  func marks() {
    let names = [
      "a-b", "a_b", "a--b", "a-%2Db", "-a", "a-", "a", "<a>", "a-->", "(a)", "a\nb", "a b",
    ]
    let marks = names.map(Markdown.plain)
    #expect(Set(marks).count == names.count)
    for mark in marks {
      #expect(!mark.contains("--") && !mark.hasSuffix("-") && !mark.contains(">"), "\(mark)")
    }
    #expect(Markdown.plain("loan-default") == "loan-default")
  }
}

/// One check's whole story.
@Suite struct CheckStoryTests {
  @Test("it tells the check's figures, margins, tests, evidence and what it was judged on")
  func told() throws {
    let record = StoredReport(.hostile, path: "r.json")
    let text = try CheckStory("performance/log_loss", in: record) { "what \($0) is" }.sheet.text
    for part in [
      "Check performance/log_loss", "failed: log_loss is 1234567.891, above 0.35",
      "what log_loss is", "margin left of max: -1234568 (", "holm",
      "candidate: models/candidate.onnx",
      "it is asked for at gate wright.yaml:12:7", "holdout: data/holdout.csv, 5000 rows",
    ] { #expect(text.contains(part), "\(part)\n\(text)") }
  }

  @Test("a check that is not there is an error with the nearest")
  func unknown() throws {
    let record = StoredReport(.hostile, path: "r.json")
    let mistake = try #require(throws: Diagnostic.self) {
      _ = try CheckStory("performance/log_los", in: record) { _ in nil }
    }
    #expect(mistake.message == "'r.json' has no check 'performance/log_los'")
    #expect(mistake.hint == "did you mean 'performance/log_loss'")
  }
}

/// Stored records are read without trust.
@Suite struct StoredReportTests {
  @Test("a time that is none is refused, and the message names the file")
  func times() throws {
    let text = Report.hostile.json.text
    #expect(try StoredReport(parsing: text, path: "a.json").time == "2026-11-20T10:41:10Z")
    for time in ["", "yesterday", "2026-11-20T10:41:10+00:00", "2026-11-20 10:41:10Z"] {
      let other = text.replacing("2026-11-20T10:41:10Z", with: time)
      let mistake = try #require(throws: Diagnostic.self) {
        _ = try StoredReport(parsing: other, path: "a.json")
      }
      #expect(mistake.message.hasPrefix("in 'a.json': timings.started is '\(time)', wanted"))
    }
  }
}
