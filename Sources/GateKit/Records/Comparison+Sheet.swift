package import GateCore

/// What changed, in words and tables.
extension Comparison {
  /// The page.
  package var sheet: Sheet {
    let (old, now) = (before.report, after.report)
    let verdict =
      old.verdict == now.verdict
      ? "The verdict is \(now.verdict.rawValue) in both records."
      : "The verdict was \(old.verdict.rawValue) and is \(now.verdict.rawValue)."
    let worse = changed.count { $0.decline > 0 }
    var lead = [
      verdict + " \(worse.counted("check")) \("are".agreeing(with: worse)) worse, "
        + "\(changed.count - worse) better, \(new.count) new, \(gone.count) gone.",
      "Before: \(told(before)). After: \(told(after)).",
    ]
    if before.name != after.name {
      lead.append("The records are of two manifests, so checks of one id may not be the same.")
    }
    if isSame { lead.append("Nothing else changed.") }
    return Sheet(
      "Comparison of \(old.manifest.name)"
        + (before.name == after.name ? "" : " and \(now.manifest.name)"),
      verdict: now.verdict, lead: lead, sections: sections)
  }

  /// A record by its file, its time and its outcomes.
  private func told(_ record: StoredReport) -> String {
    "\(record.path)" + (record.time.map { " of \($0)" } ?? "") + " (\(record.report.tally))"
  }

  private var sections: [Sheet.Section] {
    [
      section("Outcomes that changed", ["before", "after", "check", "why"], changed) { pair in
        [
          Sheet.Cell(outcomeOf: pair.before), Sheet.Cell(outcomeOf: pair.after),
          Sheet.Cell(name: pair.after.id), Sheet.Cell(pair.after.line),
        ]
      },
      section("Limits that changed", ["check", "before", "after"], rules) { pair in
        [
          Sheet.Cell(name: pair.after.id), Sheet.Cell(Self.rule(pair.before)),
          Sheet.Cell(Self.rule(pair.after)),
        ]
      },
      section("New checks", ["outcome", "check", "value", "limit"], new, Self.row),
      section("Checks that are gone", ["outcome", "check", "value", "limit"], gone, Self.row),
      section(
        "Values that moved",
        ["check", "before", "after", "change", "limit", "margin left before", "margin left after"],
        moved,
        Self.movement),
      section("What was judged", ["input", "before", "after"], inputs) { input in
        [
          Sheet.Cell(input.name), Sheet.Cell(name: input.before.words),
          Sheet.Cell(name: input.after.words),
        ]
      },
    ].compactMap(\.self)
  }

  /// A table of these; nil where there are none.
  private func section<T>(
    _ title: String, _ titles: [String], _ items: [T], _ row: (T) -> [Sheet.Cell]
  ) -> Sheet.Section? {
    guard !items.isEmpty else { return nil }
    return Sheet.Section(
      title, [.table(Sheet.Table(caption: title, titles: titles, rows: items.map(row)))])
  }

  /// The limits of a check, and whether it blocks.
  private static func rule(_ check: Check) -> String {
    (check.limitWords ?? "no limit") + (check.blocking ? "" : ", advisory")
  }

  /// A check that the other record does not have.
  private static func row(_ check: Check) -> [Sheet.Cell] {
    [
      Sheet.Cell(outcomeOf: check), Sheet.Cell(name: check.id), Sheet.Cell(number: check.judged),
      Sheet.Cell(check.limitWords ?? ""),
    ]
  }

  /// A value in both records.
  private static func movement(_ pair: Pair) -> [Sheet.Cell] {
    let change = pair.after.value.flatMap { now in pair.before.value.map { now - $0 } }
    return [
      Sheet.Cell(name: pair.after.id), Sheet.Cell(number: pair.before.judged),
      Sheet.Cell(number: pair.after.judged), Sheet.Cell(number: change?.signed ?? ""),
      Sheet.Cell(pair.after.limitWords ?? ""), Sheet.Cell(number: pair.before.margin?.words ?? ""),
      Sheet.Cell(number: pair.after.margin?.words ?? ""),
    ]
  }
}

/// What changed, for programs.
extension Comparison {
  /// Under the schema `gatewright/compare@1`.
  package var json: JSON {
    [
      "schema": "gatewright/compare@1", "before": before.summary, "after": after.summary,
      "changed": .array(
        changed.map { pair in
          [
            "check": .string(pair.after.id), "blocking": .bool(pair.after.blocking),
            "before": .string(pair.before.outcome.rawValue),
            "after": .string(pair.after.outcome.rawValue), "message": .string(pair.after.message),
          ]
        }),
      "rules": .array(
        rules.map { pair in
          [
            "check": .string(pair.after.id), "before": pair.before.rule, "after": pair.after.rule,
          ]
        }),
      "new": .array(new.map(\.brief)), "gone": .array(gone.map(\.brief)),
      "moved": .array(
        moved.map { pair in
          [
            "check": .string(pair.after.id), "before": .number(pair.before.value),
            "after": .number(pair.after.value),
            "margin_left_before": .number(pair.before.margin?.left),
            "margin_left_after": .number(pair.after.margin?.left),
          ]
        }),
      "inputs": .array(
        inputs.map { input in
          [
            "name": .string(input.name), "before": input.before.json, "after": input.after.json,
          ]
        }),
    ]
  }
}

extension Comparison.Fact {
  fileprivate var json: JSON { ["text": .string(text), "sha256": .text(sha256)] }
}

extension StoredReport {
  /// What tells the record from others, and what came of it.
  var summary: JSON {
    [
      "file": .string(path), "started": .text(time), "manifest": .string(report.manifest.name),
      "verdict": .string(report.verdict.rawValue), "exit_code": .integer(Int(report.exitCode)),
    ]
  }
}

extension Check {
  /// What it came to, in few words.
  fileprivate var brief: JSON {
    [
      "check": .string(id), "outcome": .string(outcome.rawValue), "blocking": .bool(blocking),
      "value": .number(value), "limit": limit.map(JSON.limits) ?? .null,
    ]
  }

  /// Its limits, and whether it blocks.
  fileprivate var rule: JSON {
    ["blocking": .bool(blocking), "limit": limit.map(JSON.limits) ?? .null]
  }
}

extension Double {
  /// As it is shown, with its sign.
  var signed: String { self > 0 ? "+" + short : short }
}

extension Margin {
  /// The room in its unit, and its share of the limit: `0.0041 (0.48%)`.
  var words: String {
    guard bound != 0 else { return left.signed }
    let percent = (share * 10_000).rounded() / 100
    return "\(left.signed) (\(percent.brief)%)"
  }
}
