import Foundation
import FoundationXML
import Testing

/// The same input gives the same bytes.
@Suite struct RepeatableTests {
  /// The bytes of the example's record and of its table.
  private func record(_ flags: [String]) throws -> (json: Data, table: String) {
    let folder = try Program.example()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ended = try Program.run(
      ["check", "--no-timings", "--report", "json=record.json"] + flags, in: folder)
    #expect(ended.status == 0, "\(ended.err)")
    return (try Data(contentsOf: folder.appending(path: "record.json")), ended.out)
  }

  @Test func `twice, and with one thread or two, the record is byte for byte the same`() throws {
    let first = try record([])
    #expect(!first.json.isEmpty)
    for flags in [[], ["--threads", "1"], ["--threads", "2"]] {
      let again = try record(flags)
      #expect(again.json == first.json, "\(flags)")
      #expect(again.table == first.table, "\(flags)")
    }
  }
}

/// The machine has no say in a verdict.
@Suite struct RepeatableElsewhereTests {
  @Test func `in any time zone and language the record is the same`() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = (0..<96).map { row -> String in
      let hour = (row % 24 < 10 ? "0" : "") + "\(row % 24)"
      let moment = "2024-01-0\(row / 24 + 1)T\(hour):30:00+00:00"
      return "\(row),\(row % 2),\(Double(row % 10) / 10),\(moment)"
    }
    try ("id,y,s,t\n" + rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "rows.csv"), atomically: true, encoding: .utf8)
    let more = rows + ["96,1,0.5,2024-01-05T00:30:00+00:00"]
    try ("id,y,s,t\n" + more.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "reference.csv"), atomically: true, encoding: .utf8)
    try """
    version: 1
    name: loans
    task: binary
    data:
      holdout:
        path: rows.csv
        label: y
      reference: {path: reference.csv}
      derive: {hour: hour(t), day: CAST(t AS DATE), word: "strftime(t, '%A %H')"}
    models:
      candidate: {predictions: rows.csv, score: s}
    slices: [{column: hour}, {column: day}, {column: word}, {name: late, where: "t > '2024-01-02'"}]
    gates:
      - gate: performance
        metrics:
          accuracy: {min: 0, slices: all}
      - gate: drift
        columns: [s]
        features: {ks: {max: 0.5}}
        windows: {column: t, every: day, min_rows: 5}
    """.write(
      to: folder.appending(path: "gatewright.yaml"), atomically: true, encoding: .utf8)
    let machines = [
      ["TZ": "UTC"], ["TZ": "Asia/Tokyo"], ["TZ": "America/New_York", "LC_ALL": "de_DE.UTF-8"],
      ["TZ": "Pacific/Apia", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"],
      ["TMPDIR": folder.path],
    ]
    var records: Set<Data> = []
    for machine in machines {
      let ended = try Program.run(
        ["check", "--no-timings", "--report", "json=record.json"], in: folder,
        environment: machine)
      #expect(ended.status == 3, "\(ended.out)\(ended.err)")
      records.insert(try Data(contentsOf: folder.appending(path: "record.json")))
    }
    #expect(records.count == 1)
  }
}

/// Draws, p-values and their correction depend on the seed alone.
@Suite struct RepeatableControlTests {
  @Test func `with error control too the record is the same whatever the threads`() throws {
    let source = Program.root.appending(
      path: "Tests/EndToEndTests/Cases/error-control-of-the-manifest")
    let records = try [[], ["--threads", "1"], ["--threads", "2"]].map { flags in
      let folder = try Program.scratch()
      defer { try? FileManager.default.removeItem(at: folder) }
      for name in ["gatewright.yaml", "holdout.csv", "scores.csv"] {
        try FileManager.default.copyItem(
          at: source.appending(path: name), to: folder.appending(path: name))
      }
      let ended = try Program.run(["check", "--no-timings"] + flags, in: folder)
      #expect(ended.status == 3, "\(ended.err)")
      return try Data(contentsOf: folder.appending(path: "build/report.json"))
    }
    #expect(records.count == 3 && records.allSatisfy { $0 == records[0] && !$0.isEmpty })
  }
}

/// What a CI system reads of the example.
@Suite struct JUnitOfTheExampleTests {
  /// Counts elements and the attributes of the outermost.
  private final class Counter: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]
    var root: [String: String] = [:]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      counts[name, default: 0] += 1
      if name == "testsuites" { root = attributes }
    }
  }

  @Test(arguments: [("gatewright.yaml", "passed"), ("gatewright-blocked.yaml", "failed")])
  func `it is XML, and its counts are those of the record`(
    manifest: String, verdict: String
  ) throws {
    let folder = try Program.example()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ended = try Program.run(
      [
        "check", "--manifest", manifest, "--report", "json=r.json", "--report", "junit=r.xml",
      ], in: folder)
    #expect(ended.status == (verdict == "passed" ? 0 : 1), "\(ended.err)")
    let record = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.appending(path: "r.json")))
    let report = try #require(record as? [String: Any])
    #expect(report["verdict"] as? String == verdict)
    let checks = try #require(report["checks"] as? [[String: Any]])
    func count(_ outcomes: String...) -> Int {
      checks.count { outcomes.contains($0["outcome"] as? String ?? "") }
    }
    let parser = XMLParser(data: try Data(contentsOf: folder.appending(path: "r.xml")))
    let counter = Counter()
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(counter.counts["testcase"] == checks.count)
    #expect(counter.counts["failure", default: 0] == count("failed"))
    #expect(counter.counts["error", default: 0] == count("error", "inconclusive"))
    #expect(counter.counts["skipped", default: 0] == count("skipped", "waived"))
    #expect(counter.counts["testsuite"] == 2)
    #expect(counter.root["tests"] == "\(checks.count)")
    #expect(counter.root["failures"] == "\(count("failed"))")
  }
}
