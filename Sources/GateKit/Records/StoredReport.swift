package import GateCore

/// A record of a run with the file it was read from.
package struct StoredReport: Sendable {
  /// The file, as people are told of it.
  package let path: String
  package let report: Report

  /// Reads the text of a record.
  ///
  /// Throws a `Diagnostic` that names the file where it is no record of this version, or has a time that is none.
  package init(parsing text: String, path: String) throws(Diagnostic) {
    self.path = path
    do throws(Diagnostic) {
      report = try Report(json: JSON(parsing: text, name: path))
      if let started = report.timings?.started, !Self.isTime(started) {
        throw Diagnostic(
          "timings.started is '\(started.shortened)', wanted a time such as 2026-12-01T09:30:00Z",
          hint: "the record was changed after it was written; run the check again")
      }
    } catch {
      guard error.location == nil else { throw error }
      var named = error
      named.message = "in '\(path)': \(error.message)"
      throw named
    }
  }

  /// A report that is at hand.
  init(_ report: Report, path: String) { (self.report, self.path) = (report, path) }

  /// When it was judged, ISO 8601 in UTC, whose texts stand in the order of time; nil: the record has no times.
  package var time: String? { report.timings?.started }

  /// The manifest's own name.
  package var name: ExactText { ExactText(report.manifest.name) }

  /// By time, those without one first; of equal times by the file's name.
  package static func precedes(_ one: StoredReport, _ other: StoredReport) -> Bool {
    let times = (one.time ?? "", other.time ?? "")
    if times.0 != times.1 { return times.0 < times.1 }
    return ExactText(one.path) < ExactText(other.path)
  }

  /// Whether it reads as `2026-12-01T09:30:00Z`.
  private static func isTime(_ text: String) -> Bool {
    let wanted = Array("0000-00-00T00:00:00Z".utf8)
    let bytes = Array(text.utf8)
    return bytes.count == wanted.count
      && zip(bytes, wanted).allSatisfy { byte, form in
        form == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : byte == form
      }
  }
}

extension [StoredReport] {
  /// The records of each manifest's name in the order of time, the names in their order.
  package var byName: [[StoredReport]] {
    let groups = Dictionary(grouping: self, by: \.name)
    return groups.keys.sorted().map { (groups[$0] ?? []).sorted(by: StoredReport.precedes) }
  }
}

extension Outcome {
  /// How bad it is, by which checks are put in order: 0 passed, 5 failed.
  var gravity: Int {
    switch self {
    case .passed: 0
    case .skipped: 1
    case .waived: 2
    case .inconclusive: 3
    case .error: 4
    case .failed: 5
    }
  }
}

extension Verdict {
  /// The same of a verdict.
  var gravity: Int {
    switch self {
    case .passed: 0
    case .inconclusive: 3
    case .error: 4
    case .failed: 5
    }
  }
}

/// A check's id with its place among checks of the same id, which a record may hold though a run makes none.
struct CheckKey: Hashable, Sendable {
  let id: ExactText
  let occurrence: Int
}

extension Report {
  /// The checks in order, each with what tells it from all others.
  var keyed: [(key: CheckKey, check: Check)] {
    var seen: [ExactText: Int] = [:]
    return checks.map { check in
      let id = ExactText(check.id)
      defer { seen[id, default: 0] += 1 }
      return (CheckKey(id: id, occurrence: seen[id] ?? 0), check)
    }
  }
}
