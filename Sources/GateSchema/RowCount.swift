package import GateCore

/// Rows that break a check, of those that take part.
struct RowCount: Sendable {
  private let question: CheckContext
  private let good: String
  private let among: String
  private let shown: String
  private let what: String
  private let note: String?

  package init(
    _ question: CheckContext, good: String, among: String?, shown: String?, what: String,
    note: String? = nil
  ) {
    self.question = question
    self.good = good
    self.shown = shown ?? question.x
    self.what = what
    self.note = note.map { "; \($0)" }
    let parts =
      [among ?? "\(question.x) IS NOT NULL"]
      + (question["where"]?.text.map { ["coalesce(\n\($0)\n, false)"] } ?? [])
    self.among = parts.filter { $0 != "true" }.map { "(\($0))" }.joined(separator: " AND ")
  }

  private var bad: String {
    (among.isEmpty ? [] : [among]).appending("NOT coalesce(\n\(good)\n, false)")
      .joined(separator: " AND ")
  }

  /// The rows that take part, as an aggregate; a FILTER takes the engine several times as long as `count_if`.
  var amongSQL: String {
    if among.isEmpty { return "count(*)" }
    return among == "(\(question.x) IS NOT NULL)" ? "count(\(question.x))" : "count_if(\(among))"
  }
  /// The rows of them that break the check.
  var badSQL: String {
    // A null is none of the rows that take part, and no comparison of it is true.
    good == "\(question.x) IS NOT NULL" && among.isEmpty
      ? "count(*) - count(\(question.x))" : "count_if(\(bad))"
  }

  /// What the counts mean.
  ///
  /// `examples` and `sql`, where they are known: values with counts, and how to see the rest.
  package func judge(
    among total: Double, bad count: Double, examples: [Column]? = nil, sql: String? = nil
  ) throws(Diagnostic) -> QueryPlan {
    let rule = question.rule
    if total == 0 {
      guard !rule.flag("allow_empty") else {
        return .answered(Finding(.passed, "has no row that takes part, which is allowed", n: 0))
      }
      throw Diagnostic(
        "no row takes part, so '\(rule.check.id)' cannot be judged",
        hint: "set 'allow_empty: true' where that may be")
    }
    let limit = limit
    let holds =
      (total - count) / total >= limit["mostly"] ?? 0 && count <= limit["max_count"] ?? count
    let allowed = limit.sorted { $0.key < $1.key }.map { "\($0.key.rawValue): \($0.value.brief)" }
      .joined(separator: ", ")
    var finding = Finding(
      holds: holds, "", value: count, n: Int(total), limit: limit,
      evidence: [
        "unexpected_count": .integer(Int(count)), "unexpected_share": .number(count / total),
        "element_count": .integer(Int(total)),
      ])
    if count == 0 {
      finding.message = "\(Int(total).counted("row")) of \(Int(total)) hold" + (note ?? "")
      return .answered(finding)
    }
    if holds, count == total, limit["mostly"] == nil, let most = limit["max_count"] {
      throw Diagnostic(
        "every one of the \(Int(total).counted("row")) \(what), and 'max_count: \(Int(most))' lets them",
        hint: "write a number below that of the rows, or a share, such as 'mostly: 0.95'")
    }
    finding.message =
      "\(Int(count)) of \(Int(total).counted("row")) (\((count / total * 100).brief)%) \(what), "
      + "\(holds ? "allowed by" : "against") \(allowed)\(note ?? "")"
    finding.evidence["sql"] = .string(sql ?? rowsSQL)
    if let examples { return .answered(finding.showing(examples)) }
    let found = finding
    return .asking([.rows(examplesSQL)]) { answers in
      .answered(found.showing(answers[0].columns))
    }
  }

  /// What the check allows: all rows hold unless it says otherwise.
  private var limit: [LimitName: Double] {
    let mostly = question.rule["mostly"]?.number
    let most = question.rule["max_count"]?.integer.map(Double.init)
    var limit: [LimitName: Double] = [:]
    limit["max_count"] = most
    limit["mostly"] = mostly ?? (most == nil ? 1 : nil)
    return limit
  }

  /// The rows to look at.
  private var rowsSQL: String {
    "SELECT * FROM \(question.table.name.sqlName) WHERE \(bad)"
  }

  /// The ten values that break it most often, and of the rows the first by id.
  private var examplesSQL: String {
    let id = question.roles.id.flatMap { question.table.column($0) }?.name.sqlName
    let first = id.map { ", CAST(min(\($0)) AS VARCHAR) AS id" } ?? ""
    return "SELECT left(CAST(\(shown) AS VARCHAR), 200) AS value, count(*) AS count\(first) "
      + "FROM \(question.table.name.sqlName) WHERE \(bad) "
      + "GROUP BY 1 ORDER BY 2 DESC, 1 NULLS FIRST LIMIT 10"
  }
}

extension Finding {
  /// The finding with example values, in the order given: value, count and perhaps an id.
  fileprivate func showing(_ columns: [Column]) -> Finding {
    var finding = self
    guard columns.count >= 2, let counts = columns[1].doubles?.map({ Int64($0) }) else {
      return self
    }
    let values = columns[0].textsOrNull
    let ids = columns.count > 2 ? columns[2].textsOrNull : []
    finding.evidence["examples"] = .array(
      values.indices.map { row in
        .object(
          [
            JSON.Member("value", values[row].map(JSON.string) ?? .null),
            JSON.Member("count", .integer(Int(counts[row]))),
          ]
            + (ids.isEmpty ? [] : [JSON.Member("first_id", ids[row].map(JSON.string) ?? .null)]))
      })
    let told = values.indices.prefix(3).map { row in
      "\(values[row].map { "'\($0.prefix(40))'" } ?? "null")"
        + (counts[row] > 1 ? " (\(counts[row]) times)" : "")
    }
    finding.message +=
      ": \(told.joined(separator: ", "))"
      + (values.count > 3 ? " and others" : "")
    return finding
  }
}

extension Column {
  /// The values as texts, nil for null.
  package var textsOrNull: [String?] {
    (0..<count).map { row in
      if isNull(row) { return nil }
      return switch values {
      case .strings(let codes, let dictionary): dictionary[Int(codes[row])]
      case .integers(let values), .timestamps(let values): String(values[row])
      case .doubles(let values): values[row].description
      case .booleans(let values): values[row] ? "true" : "false"
      }
    }
  }
}

extension Array {
  /// The array with one more element.
  fileprivate func appending(_ element: Element) -> [Element] { self + [element] }
}
