package import GateCore

extension Reporter {
  /// A testcase a check, in the dialect that all readers of JUnit accept, with `file` and `line`.
  package static let junit = Reporter(
    "junit",
    summary: "JUnit XML: a suite a gate, a testcase a check, with the place in the manifest.",
    fileExtension: "xml", marks: [JUnit.mark]
  ) { JUnit($0, strict: false).document.document }

  /// The same, valid against Jenkins' junit-10.xsd.
  static let junitStrict = Reporter(
    "junit-strict", summary: "JUnit XML that is valid against Jenkins' junit-10.xsd.",
    fileExtension: "xml", marks: [JUnit.mark]
  ) { JUnit($0, strict: true).document.document }
}

/// A report as JUnit XML.
///
/// Times: the report times steps and gates, not checks. The root's `time` is the sum of the steps, a suite's that of
/// its gate, a testcase's always `0.000`; `timestamp` stands there only with timings.
struct JUnit {
  /// How a document begins.
  package static let mark =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"gatewright\" "
  /// Limits of the readers, in bytes of UTF-8 or elements.
  enum Cap {
    /// Of an attribute that holds a message.
    package static let message = 4 << 10
    /// Of an element's text.
    package static let body = 64 << 10
    /// Of all texts together: readers refuse files of 30 MB.
    package static let texts = 3 << 20
    /// Testcases of one file.
    package static let cases = 50_000
  }

  /// What is rendered.
  private let report: Report
  /// Whether only what junit-10.xsd allows is written.
  private let strict: Bool
  /// What the multipleTesting say of each check, by its id.
  private let multipleTesting: [String: [String]]
  /// The bytes each text of this report may have.
  private let body: Int

  /// Chooses how long each text may be.
  package init(_ report: Report, strict: Bool) {
    self.report = report
    self.strict = strict
    let multipleTesting = report.multipleTestingLines
    self.multipleTesting = multipleTesting
    let silent = report.checks.count {
      $0.result == .passed && $0.blocking && multipleTesting[$0.id] == nil
        && $0.alternatives.isEmpty
    }
    body = max(256, min(Cap.body, Cap.texts / max(1, report.checks.count - silent)))
  }

  /// The whole document.
  package var document: XML {
    let kept = Self.within(report.checks, Cap.cases)
    var gates: [String] = []
    var cases: [String: [Case]] = [:]
    for check in kept {
      if cases[check.gate] == nil { gates.append(check.gate) }
      cases[check.gate, default: []].append(self.case(of: check))
    }
    if let verdict = unshownVerdict(kept) {
      gates.append("gatewright")
      cases["gatewright", default: []].append(verdict)
    }
    let all = cases.values.joined()
    let total = report.timings?.seconds.reduce(0) { $0 + $1.seconds } ?? 0
    return XML(
      "testsuites",
      [
        ("name", "gatewright"), ("tests", "\(all.count)"),
        ("failures", "\(all.count { $0.result == .failure })"),
        ("errors", "\(all.count { $0.result == .error })"), ("time", Self.seconds(total)),
      ],
      gates.map { suite($0, cases[$0] ?? [], left: report.checks.count - kept.count) })
  }

  /// One testcase, with what its result counts as.
  private struct Case {
    /// What the counts are made from.
    package let result: Check.JUnitResult
    /// The element.
    package let xml: XML
  }

  /// One suite: the testcases of a gate.
  private func suite(_ gate: String, _ cases: [Case], left: Int) -> XML {
    let time = report.timings?.gates.first { $0.step == gate }?.seconds ?? 0
    var attributes = [
      ("name", gate), ("tests", "\(cases.count)"),
      ("failures", "\(cases.count { $0.result == .failure })"),
      ("errors", "\(cases.count { $0.result == .error })"),
      ("skipped", "\(cases.count { $0.result == .skipped })"), ("time", Self.seconds(time)),
    ]
    if let timings = report.timings {
      attributes.append(("timestamp", String(timings.started.prefix(19))))
    }
    var properties = [
      ("gatewright.verdict", report.verdict.rawValue),
      ("gatewright.manifest.sha256", report.manifest.sha256),
    ]
    if left > 0 { properties.append(("gatewright.cases_left_out", "\(left)")) }
    let elements = properties.map { XML("property", [("name", $0.0), ("value", $0.1)], []) }
    return XML("testsuite", attributes, [XML("properties", [], elements)] + cases.map(\.xml))
  }

  /// The testcase of a check.
  private func `case`(of check: Check) -> Case {
    let result = check.result
    var attributes = [
      ("classname", check.gate), ("name", check.id), ("time", Self.seconds(0)),
    ]
    if !strict, let location = check.location {
      attributes += [("file", location.file), ("line", "\(location.line)")]
    }
    let message = check.message.isEmpty ? check.outcome.rawValue : check.message
    let said = multipleTesting[check.id] ?? []
    let text = Self.cut(
      ([message] + report.facts(of: check) + said).joined(separator: "\n"), to: body)
    var children: [XML] = []
    if let element = result.element {
      children = [
        XML(
          element,
          [
            ("type", check.junitType),
            ("message", Self.cut(message, to: min(body, Cap.message))),
          ], text: text)
      ]
    } else if check.outcome != .passed {
      children = [XML("system-out", text: "advisory, \(check.outcome.rawValue): \(text)")]
    } else if !check.alternatives.isEmpty {
      children = [XML("system-out", text: text)]
    } else if !said.isEmpty {
      children = [XML("system-out", text: Self.cut(said.joined(separator: "\n"), to: body))]
    }
    return Case(result: result, xml: XML("testcase", attributes, children))
  }

  /// A testcase for a verdict that no other testcase shows: without it a run that judged nothing looks green.
  private func unshownVerdict(_ kept: [Check]) -> Case? {
    guard report.verdict != .passed,
      !kept.contains(where: { [.failure, .error].contains($0.result) })
    else { return nil }
    let result: Check.JUnitResult = report.verdict == .failed ? .failure : .error
    let text = "the verdict is \(report.verdict.rawValue), exit code \(report.exitCode)"
    let element = XML(
      result.element ?? "error", [("type", "gatewright.Verdict"), ("message", text)], text: text)
    return Case(
      result: result,
      xml: XML(
        "testcase",
        [("classname", "gatewright"), ("name", "verdict"), ("time", Self.seconds(0))], [element]))
  }

  /// At most `count` checks, those that passed left out first, in their order.
  private static func within(_ checks: [Check], _ count: Int) -> [Check] {
    guard checks.count > count else { return checks }
    var room = max(0, count - checks.count { $0.result != .passed })
    return Array(
      checks.filter { check in
        guard check.result == .passed else { return true }
        room -= 1
        return room >= 0
      }.prefix(count))
  }

  /// At most `bytes` of UTF-8, with a word on what was cut.
  private static func cut(_ text: String, to bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    var kept = ""
    var size = 0
    for scalar in text.unicodeScalars {
      size += UTF8.width(scalar)
      guard size <= bytes - 40 else { break }
      kept.unicodeScalars.append(scalar)
    }
    return "\(kept) [\(text.utf8.count - kept.utf8.count) more bytes]"
  }

  /// Seconds with three decimals, never an exponent.
  private static func seconds(_ value: Double) -> String {
    guard value.isFinite, value >= 0, value < 1e9 else { return "0.000" }
    let milliseconds = Int((value * 1000).rounded())
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

extension Check {
  /// What JUnit knows of a check.
  package enum JUnitResult {
    /// Named as the elements are.
    case passed, failure, error, skipped

    /// The element's name; nil for a pass.
    package var element: String? {
      switch self {
      case .passed: nil
      case .failure: "failure"
      case .error: "error"
      case .skipped: "skipped"
      }
    }
  }

  /// An advisory check that did not pass is a pass, since it does not change the verdict.
  package var result: JUnitResult {
    switch outcome {
    case .passed: .passed
    case .skipped, .waived: .skipped
    case .failed: blocking ? .failure : .passed
    case .error, .inconclusive: blocking ? .error : .passed
    }
  }

  /// A name with a dot: some readers take a plain word for the type to convert the text to.
  fileprivate var junitType: String {
    switch outcome {
    case .passed: "gatewright.Passed"
    case .failed: "gatewright.ThresholdFailure"
    case .error: "gatewright.Error"
    case .inconclusive: "gatewright.Inconclusive"
    case .skipped: "gatewright.Skipped"
    case .waived: "gatewright.Waived"
    }
  }
}
