import GateCore

extension Reporter {
  /// SARIF, for code scanning and for viewers of it.
  static let sarif = Reporter(
    "sarif", summary: "SARIF 2.1.0: a rule a gate, a result a check that did not pass.",
    fileExtension: "sarif",
    marks: ["{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\""]
  ) { SARIF($0).document.text }
}

/// A report as SARIF 2.1.0.
private struct SARIF {
  let report: Report
  /// What GitHub takes of one run.
  private static let most = 5000

  init(_ report: Report) { self.report = report }

  var document: JSON {
    object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")), ("runs", .array([run])),
    ])
  }

  private var run: JSON {
    let gates = report.checks.map { $0.gate }.unique
    let results = report.concerns.prefix(Self.most).map { check, concern in
      result(check, concern, gates)
    }
    return object([
      (
        "tool",
        object([
          (
            "driver",
            object([
              ("name", .string("gatewright")), ("version", .string(report.tool.version)),
              ("rules", .array(gates.map(rule))),
            ])
          )
        ])
      ),
      (
        "automationDetails",
        object([("id", .string("gatewright/\(report.manifest.name.visible)/"))])
      ),
      (
        "invocations",
        .array([
          object([
            ("executionSuccessful", .bool(report.verdict != .error)),
            ("exitCode", .integer(Int(report.exitCode))),
            ("exitCodeDescription", .string(report.headline.visible)),
          ])
        ])
      ),
      ("columnKind", .string("unicodeCodePoints")), ("results", .array(Array(results))),
    ])
  }

  private func rule(_ gate: String) -> JSON {
    return object([
      ("id", .string("gatewright/\(gate.visible)")), ("name", .string(gate.visible)),
      ("shortDescription", text("The gate '\(gate.visible)' of a manifest.")),
      ("fullDescription", text("A gate of the manifest: checks that a candidate must pass.")),
      ("help", text("Run 'gatewright explain \(gate.visible)', and see the report's record.")),
    ])
  }

  private func result(_ check: Check, _ concern: Concern, _ gates: [String]) -> JSON {
    let place = check.location
    let region = object([
      ("startLine", .integer(max(1, place?.line ?? 1))),
      ("startColumn", .integer(max(1, place?.column ?? 1))),
    ])
    let file = (place?.file ?? report.manifest.path).visible
    return object([
      ("ruleId", .string("gatewright/\(check.gate.visible)")),
      ("ruleIndex", .integer(gates.firstIndex(of: check.gate) ?? 0)),
      ("level", .string(concern == .stops ? "error" : "warning")),
      ("message", text("\(check.id.visible): \(check.line)")),
      (
        "locations",
        .array([
          object([
            (
              "physicalLocation",
              object([
                ("artifactLocation", object([("uri", .string(Self.uri(file)))])),
                ("region", region),
              ])
            )
          ])
        ])
      ),
      (
        "partialFingerprints",
        object([("gatewrightCheck/v1", .string("\(report.manifest.path) \(check.id)".visible))])
      ),
      ("properties", object([("outcome", .string(check.outcome.rawValue))])),
    ])
  }

  private func text(_ text: String) -> JSON { object([("text", .string(text))]) }

  private func object(_ members: [(String, JSON)]) -> JSON {
    .object(members.map { JSON.Member($0, $1) })
  }

  /// A path as a URI reference.
  private static func uri(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return path.utf8.reduce(into: "") { text, byte in
      let isPlain =
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        || "-._~/".utf8.contains(byte)
      if isPlain {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}
