import Foundation
import FoundationXML
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// JUnit as readers see it.
@Suite struct JUnitTests {
  /// An element as it was read.
  final class Element {
    let name: String
    let attributes: [String: String]
    var children: [Element] = []
    var text = ""
    init(name: String, attributes: [String: String]) {
      self.name = name
      self.attributes = attributes
    }
    /// Children of that name.
    func all(_ name: String) -> [Element] { children.filter { $0.name == name } }
  }

  /// Reads a document; nil when it is not well-formed.
  final class Reader: NSObject, XMLParserDelegate {
    var open: [Element] = []
    var root: Element?

    static func read(_ text: String) -> Element? {
      let reader = Reader()
      let parser = XMLParser(data: Data(text.utf8))
      parser.delegate = reader
      return parser.parse() ? reader.root : nil
    }

    func parser(
      _: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let element = Element(name: name, attributes: attributes)
      open.last?.children.append(element)
      if root == nil { root = element }
      open.append(element)
    }
    func parser(_: XMLParser, foundCharacters text: String) { open.last?.text += text }
    func parser(_: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?)
    {
      open.removeLast()
    }
  }

  private func read(_ report: Report, _ id: String = "junit") throws -> Element {
    let reporter = try #require(Reporters.named(id))
    return try #require(Reader.read(reporter.render(report)))
  }

  @Test(
    "counts are those of the cases, a case a check, a suite a gate",
    arguments: ["junit", "junit-strict"])
  func counts(id: String) throws {
    let root = try read(.hostile, id)
    let suites = root.all("testsuite")
    #expect(
      suites.map { $0.attributes["name"] } == [
        "performance", "drift", "fairness", "plugin", "champion",
      ])
    #expect(root.attributes["tests"] == "\(Report.hostile.checks.count)")
    for (attribute, element) in [
      ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"),
    ] {
      var total = 0
      for suite in suites {
        let count = suite.all("testcase").count { !$0.all(element).isEmpty }
        #expect(suite.attributes[attribute] == "\(count)")
        total += count
      }
      if attribute != "skipped" { #expect(root.attributes[attribute] == "\(total)") }
      #expect(total > 0)
    }
    for testcase in suites.flatMap({ $0.all("testcase") }) { #expect(testcase.children.count <= 1) }
  }

  @Test(
    "what the multiple testing report says of a check that passed is output, of another part of its text"
  )
  func corrected() throws {
    var report = Report.hostile
    report.multipleTesting[0].tests.append(
      MultipleTestingReport.Test(
        check: "performance/roc_auc", limit: "min", statement: .satisfied, pValue: 0.001,
        adjustedPValue: 0.003, level: 0.025, isDecided: true))
    let cases = try read(report).all("testsuite").flatMap { $0.all("testcase") }
    #expect(cases[0].children.map(\.name) == ["system-out"])
    #expect(
      cases[0].children.first?.text
        == "min satisfied: p-value 0.001, by Holm over 3 limits 0.003, decided at level 0.025")
    #expect(
      cases[1].children.first?.text.hasSuffix(
        "\nmax violated: p-value 1.25e-05, by Holm over 3 limits 2.5e-05, decided at level 0.025")
        == true)
  }

  @Test("each outcome is the element the contract names, with its message twice")
  func outcomes() throws {
    let cases = try read(.hostile).all("testsuite").flatMap { $0.all("testcase") }
    var found: [String: String] = [:]
    for testcase in cases {
      found[testcase.attributes["name"] ?? ""] = testcase.children.first?.name ?? "none"
    }
    #expect(found["performance/roc_auc"] == "none")
    #expect(found["performance/log_loss"] == "failure")
    #expect(found["performance/recall/sex=f"] == "error")
    #expect(found["performance/recall/sex=m"] == "error")
    #expect(found["drift/psi/age"] == "skipped")
    #expect(found["fairness/demographic_parity_difference/region"] == "skipped")
    #expect(found["plugin/expectations"] == "system-out")
    #expect(found["plugin/timeout"] == "system-out")
    let loss = try #require(cases[1].children.first)
    #expect(loss.attributes["message"] == "log_loss is 1234567.891, above 0.35")
    #expect(loss.text.hasPrefix("log_loss is 1234567.891, above 0.35\nvalue: 1234567.891\n"))
    #expect(loss.text.contains("\nlimit: <= 0.35, increase <= 0.01 of the champion's, zeta = 2\n"))
    #expect(loss.text.contains("\ncandidate model: models/candidate.onnx\n"))
    #expect(cases[1].attributes["classname"] == "performance")
    #expect(cases[1].attributes["file"] == "gate wright.yaml")
    #expect(cases[1].attributes["line"] == "12")
    #expect(cases[3].children.first?.attributes["message"] == "error")
  }

  @Test("strict has only what junit-10.xsd allows")
  func strict() throws {
    let allowed = [
      "testsuites": ["name", "time", "tests", "failures", "errors"],
      "testsuite": ["name", "tests", "failures", "errors", "time", "skipped", "timestamp"],
      "properties": [], "property": ["name", "value"], "testcase": ["name", "time", "classname"],
      "failure": ["type", "message"], "error": ["type", "message"],
      "skipped": ["type", "message"], "system-out": [],
    ]
    var rest = [try read(.hostile, "junit-strict")]
    while let element = rest.popLast() {
      let known = try #require(allowed[element.name])
      #expect(element.attributes.keys.allSatisfy(known.contains), "\(element.name)")
      rest += element.children
    }
  }

  @Test("times stand there only with timings")
  func times() throws {
    let timed = try read(.hostile)
    #expect(timed.attributes["time"] == "1.235")
    #expect(timed.all("testsuite")[0].attributes["timestamp"] == "2026-11-20T10:41:10")
    var report = Report.hostile
    report.timings = nil
    let plain = try read(report)
    #expect(plain.attributes["time"] == "0.000")
    #expect(plain.all("testsuite").allSatisfy { $0.attributes["timestamp"] == nil })
  }

  @Test("a verdict that no case shows gets a case of its own")
  func nothingJudged() throws {
    var report = Report.hostile
    report.checks = report.checks.filter { $0.outcome == .skipped || !$0.blocking }
    report.verdict = Verdict(of: report.checks)
    let root = try read(report)
    #expect(root.attributes["errors"] == "1")
    #expect(root.all("testsuite").last?.all("testcase").first?.attributes["name"] == "verdict")
    report.verdict = .passed
    #expect(try read(report).attributes["errors"] == "0")
  }

  @Test("neither long messages nor many checks make a file that readers refuse")
  func caps() throws {
    var report = Report.hostile
    let long = String(repeating: "é&", count: 200_000)
    report.checks = [Check(id: "a/b", gate: "a", outcome: .failed, message: long)]
    let testcase = try read(report).all("testsuite")[0].all("testcase")[0]
    let failure = try #require(testcase.children.first)
    #expect(failure.text.utf8.count <= 64 << 10)
    #expect(failure.attributes["message"]?.utf8.count ?? .max <= 4 << 10)
    #expect(failure.text.contains("more bytes]"))
    report.checks = (0..<50_010).map {
      Check(
        id: "a/\($0)", gate: "a", outcome: $0 < 20 || $0 > 50_000 ? .failed : .passed,
        message: String(repeating: "&", count: 2000))
    }
    let text = try #require(Reporters.named("junit").map { $0.render(report) })
    #expect(text.utf8.count < 25_000_000)
    let root = try #require(Reader.read(text))
    #expect(root.attributes["tests"] == "50000")
    #expect(root.attributes["failures"] == "29")
  }
}
