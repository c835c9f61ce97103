import Foundation
import Testing

/// A repository with a manifest on `main`, and a branch that proposes another: made by git, as a CI job finds it.
struct PolicyRepository {
  /// The clone in which the job runs; `origin` is beside it.
  let folder: URL
  private let parent: URL

  static let manifest = """
    version: 1
    name: loan-default
    task: binary
    data:
      holdout: {path: holdout.csv, label: y, id: id}
    models:
      champion: {predictions: champion.csv, score: p}
      candidate: {predictions: candidate.csv, score: p}
    gates:
      - gate: schema
        table: holdout
        file: schema.yaml
      - gate: performance
        metrics: {accuracy: {min: 0.9}}
    reports: {json: build/report.json}
    policy: {label: gate-change}

    """

  static let schema = "version: 1\ncolumns:\n  y: {type: integer, not_null: true}\n"

  /// Predictions of ten rows, of which so many are right.
  static func predictions(right: Int) -> String {
    "id,p\n"
      + (0..<10).map { id in "\(id),\((id % 2 == 0) == (id < right) ? 0.9 : 0.1)\n" }.joined()
  }

  /// The rows: every other one is positive.
  static let holdout = "id,y\n" + (0..<10).map { "\($0),\($0 % 2 == 0 ? 1 : 0)\n" }.joined()

  /// Makes `main` of these files, and a branch `change` that is checked out in a clone.
  init(_ files: [String: String] = [:]) throws {
    parent = try CommandLineRun.temporaryFolder()
    folder = parent.appending(path: "clone")
    try git("init -q -b main origin", in: parent)
    let origin = parent.appending(path: "origin")
    let all = [
      "gatewright.yaml": Self.manifest, "schema.yaml": Self.schema, "holdout.csv": Self.holdout,
      "champion.csv": Self.predictions(right: 9), "candidate.csv": Self.predictions(right: 10),
      ".gitignore": "build\ngatewright-reports\n",
    ].merging(files) { $1 }
    for (name, text) in all where !text.isEmpty {
      try FileManager.default.createDirectory(
        at: origin.appending(path: name).deletingLastPathComponent(),
        withIntermediateDirectories: true)
      try text.write(to: origin.appending(path: name), atomically: true, encoding: .utf8)
    }
    try git("add -A", in: origin)
    try git("commit -q -m base", in: origin)
    try git("clone -q origin clone", in: parent)
    try git("checkout -q -b change", in: folder)
  }

  func remove() { try? FileManager.default.removeItem(at: parent) }

  /// Commits a file of the branch; nil: it is removed.
  func commit(_ name: String, _ text: String?) throws {
    let file = folder.appending(path: name)
    if let text {
      try text.write(to: file, atomically: true, encoding: .utf8)
    } else {
      try FileManager.default.removeItem(at: file)
    }
    try git("add -A", in: folder)
    try git("commit -q -m change", in: folder)
  }

  /// Commits the manifest with one text in place of another.
  func edit(_ old: String, _ new: String) throws {
    #expect(Self.manifest.contains(old))
    try commit("gatewright.yaml", Self.manifest.replacingOccurrences(of: old, with: new))
  }

  /// Runs git without any settings but its own.
  @discardableResult
  func git(_ words: String, in folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + words.split(separator: " ").map(String.init)
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a",
      "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c",
    ]
    let out = Pipe()
    process.standardOutput = out
    try process.run()
    let text = out.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "git \(words)")
    return String(decoding: text, as: UTF8.self)
  }

  /// Runs the program in the clone.
  func run(
    _ words: [String] = ["check"], environment: [String: String] = [:]
  ) throws -> CommandLineRun.Result {
    // The tests may run in a CI system themselves.
    let systems = [
      "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "BUILDKITE", "CIRCLECI",
      "BITBUCKET_BUILD_NUMBER", "TEAMCITY_VERSION",
    ]
    let own = ProcessInfo.processInfo.environment.filter { !systems.contains($0.key) }
    return try CommandLineRun.run(
      words, in: folder, environment: own.merging(environment) { $1 })
  }

  /// The ids and outcomes of the checks of the last run.
  func checks() throws -> [String: String] {
    let data = try Data(contentsOf: folder.appending(path: "build/report.json"))
    let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let checks = try #require(report["checks"] as? [[String: Any]])
    return Dictionary(
      checks.map { ($0["id"] as? String ?? "", $0["outcome"] as? String ?? "") }
    ) { first, _ in first }
  }
}
