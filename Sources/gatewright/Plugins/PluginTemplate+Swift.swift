import GateCore

extension PluginTemplate {
  /// The program in Swift, run as a script.
  static func swift(_ kind: Plugin.Kind) -> String { swiftHead + swiftBody(kind) }

  /// Reads the request, and tables without quotes.
  private static let swiftHead = #"""
    import Foundation

    let ask = try JSONSerialization.jsonObject(with: FileHandle.standardInput.readDataToEndOfFile()) as! [String: Any]
    func read(_ path: Any?) throws -> [[String: String]] {
      let lines = try String(contentsOfFile: path as! String, encoding: .utf8).split(whereSeparator: \.isNewline)
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    }
    func stop(_ reason: String) -> Never { FileHandle.standardError.write(Data(reason.utf8)); exit(1) }
    func answer(_ object: [String: Any]) throws {
      let file = ProcessInfo.processInfo.environment["GATEWRIGHT_ANSWER"]!
      try JSONSerialization.data(withJSONObject: object).write(to: URL(filePath: file))
    }
    let scratch = ask["scratch"] as! String

    """#

  /// What comes after it.
  private static func swiftBody(_ kind: Plugin.Kind) -> String {
    switch kind {
    case .gate: swiftGate
    case .metric: swiftMetric
    case .runtime: swiftRuntime
    case .source: swiftSource
    }
  }

  /// A gate that looks at one column.
  private static let swiftGate = #"""
    let parameters = ask["parameters"] as! [String: Any]
    let (column, least) = (parameters["column"] as! String, parameters["least"] as! Double)
    let rows = try read((ask["tables"] as! [String: Any])["holdout"])
    if rows.isEmpty { stop("there are no rows, so there is nothing to judge") }
    let bad = rows.count { ($0[column].flatMap(Double.init) ?? -.infinity) < least }
    try answer([
      "checks": [[
        "id": column, "outcome": bad > 0 ? "failed" : "passed", "value": bad, "n": rows.count,
        "message": "\(bad) of \(rows.count) rows have no \(column) of at least \(least)",
      ]]
    ])

    """#

  /// A metric that gives a figure a row.
  private static let swiftMetric = #"""
    let rows = try read((ask["predictions"] as! [String: Any])[ask["model"] as! String])
    if rows.isEmpty { stop("there are no rows, so there is nothing to measure") }
    let values = rows.map { row -> String in
      guard let label = Double(row["label"]!), let score = Double(row["score"]!) else { stop("a row has no score") }
      return "\(abs(label - score))"
    }
    try ("value\n" + values.joined(separator: "\n") + "\n").write(toFile: scratch + "/values.csv", atomically: false, encoding: .utf8)
    try answer(["file": "values.csv"])

    """#

  /// A runtime of a logistic regression.
  private static let swiftRuntime = #"""
    let model = (ask["models"] as! [String: Any])[ask["model"] as! String] as! [String: Any]
    let weights = Dictionary(uniqueKeysWithValues: try read(model["path"]).map { ($0["input"]!, Double($0["weight"]!)!) })
    let scores = try read((ask["tables"] as! [String: Any])["rows"]).map { row -> String in
      let total = (ask["features"] as! [String]).reduce(weights["intercept"]!) { total, name in
        guard let value = Double(row[name]!) else { stop("a row has no \(name)") }
        return total + weights[name]! * value
      }
      return "\(1 / (1 + exp(-total)))\n"
    }
    try ("score\n" + scores.joined()).write(toFile: scratch + "/scores.csv", atomically: false, encoding: .utf8)
    try answer(["file": "scores.csv"])

    """#

  /// A source of files beside it.
  private static let swiftSource = #"""
    let name = String((ask["uri"] as! String).split(separator: ":", maxSplits: 1)[1])
    if name.contains("/") { stop("'\(name)' is not the name of a file") }
    try FileManager.default.copyItem(atPath: "files/" + name, toPath: scratch + "/" + name)
    try answer(["file": name])

    """#
}
