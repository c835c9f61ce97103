import Foundation
import Testing

/// The gate guards itself: what a pull request changes of its own gate is not what judges it.
@Suite struct PolicyTests {
  private static let ref = ["check", "--policy-ref", "origin/main"]

  @Test func `a limit that is lowered is a failed check, and the base's limit judges`() throws {
    let repository = try PolicyRepository()
    defer { repository.remove() }
    try repository.commit("candidate.csv", PolicyRepository.predictions(right: 8))
    try repository.edit("min: 0.9", "min: 0.7")
    #expect(try repository.run().code == 0)
    let guarded = try repository.run(Self.ref)
    #expect(guarded.code == 1, "\(guarded.stderr)")
    let checks = try repository.checks()
    #expect(checks["policy/gates.performance.metrics.accuracy.min"] == "failed")
    #expect(checks["performance/accuracy"] == "failed")
    #expect(guarded.stderr.contains("judged by 'origin/main:gatewright.yaml'"), "\(guarded.stderr)")
  }

  @Test func `a better candidate passes by the base's manifest`() throws {
    let repository = try PolicyRepository()
    defer { repository.remove() }
    try repository.commit("better.csv", PolicyRepository.predictions(right: 9))
    try repository.commit("candidate.csv", PolicyRepository.predictions(right: 5))
    // The proposal names another file, and that one is judged.
    try repository.edit("predictions: candidate.csv", "predictions: better.csv")
    let guarded = try repository.run(Self.ref)
    #expect(guarded.code == 0, "\(guarded.stderr)\(guarded.stdout)")
    #expect(try repository.checks().keys.allSatisfy { !$0.hasPrefix("policy/") })
  }

  @Test func `a label approves just these changes`() throws {
    let repository = try PolicyRepository()
    defer { repository.remove() }
    try repository.edit("min: 0.9", "min: 0.7")
    let failed = try repository.run(Self.ref + ["--report", "json=-"])
    let label = try #require(failed.stdout.firstMatch(of: /gate-change-[0-9a-f]{12}/)).output
    let approved = try repository.run(Self.ref + ["--label", String(label)])
    #expect(approved.code == 0, "\(approved.stderr)\(approved.stdout)")
    #expect(
      try repository.checks()["policy/gates.performance.metrics.accuracy.min"] == "waived")
    // What comes after the label was given is not approved by it.
    try repository.edit("min: 0.9", "min: 0.1")
    #expect(try repository.run(Self.ref + ["--label", String(label)]).code == 1)
    // Nor does another label approve anything.
    #expect(try repository.run(Self.ref + ["--label", "gate-change"]).code == 1)
  }

  @Test func `rows and schemas of the base judge, and other ones are told`() throws {
    let repository = try PolicyRepository()
    defer { repository.remove() }
    // Rows by which the candidate is right only where nobody looked before.
    let swapped = PolicyRepository.holdout.replacingOccurrences(of: "0,1\n", with: "0,0\n")
    try repository.commit("holdout.csv", swapped)
    try repository.commit("schema.yaml", "version: 1\ncolumns:\n  y: {type: integer}\n")
    #expect(try repository.run().code == 0)
    let guarded = try repository.run(Self.ref)
    #expect(guarded.code == 1)
    let checks = try repository.checks()
    #expect(checks["policy/data.holdout.path (holdout.csv)"] == "failed")
    #expect(checks["policy/gates.schema.file.columns.y.not_null"] == "failed")
    #expect(checks["performance/accuracy"] == "passed")
    #expect(checks["schema/y/not_null"] == "passed", "\(checks.keys.sorted())")
    let report = try String(
      contentsOf: repository.folder.appending(path: "build/report.json"), encoding: .utf8)
    let head = try repository.git("rev-parse origin/main", in: repository.folder)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(report.contains("git:\(head):holdout.csv"))
  }

  @Test(arguments: ["gatewright.yaml", "ml"])
  func `a link in the manifest's place leads to no other manifest`(link: String) throws {
    let folder = link == "ml" ? "ml/" : ""
    let bad = PolicyRepository.predictions(right: 8)
    let files = [
      "gatewright.yaml": PolicyRepository.manifest, "schema.yaml": PolicyRepository.schema,
      "holdout.csv": PolicyRepository.holdout, "candidate.csv": bad,
      "champion.csv": PolicyRepository.predictions(right: 9),
    ]
    let repository = try PolicyRepository(
      Dictionary(uniqueKeysWithValues: files.map { (folder + $0.key, $0.value) }))
    defer { repository.remove() }
    let place = repository.folder.path
    let target = link == "ml" ? "other" : "other.yaml"
    try FileManager.default.moveItem(atPath: "\(place)/\(link)", toPath: "\(place)/\(target)")
    let loose = PolicyRepository.manifest.replacing("min: 0.9", with: "min: 0.7")
    try Data(loose.utf8).write(
      to: repository.folder.appending(path: link == "ml" ? "other/gatewright.yaml" : target))
    try FileManager.default.createSymbolicLink(
      atPath: "\(place)/\(link)", withDestinationPath: target)
    try repository.git("add -A", in: repository.folder)
    try repository.git("commit -q -m link", in: repository.folder)
    let words = ["check", "--manifest", "\(folder)gatewright.yaml"]
    #expect(try repository.run(words).code == 0)
    let guarded = try repository.run(words + ["--policy-ref", "origin/main"])
    #expect([1, 2].contains(guarded.code), "\(guarded.stderr)")
    #expect(!guarded.stderr.contains("nobody has approved"), "\(guarded.stderr)")
  }

  @Test func `the first manifest is judged by itself, and that is said`() throws {
    let repository = try PolicyRepository(["gatewright.yaml": ""])
    defer { repository.remove() }
    try repository.commit("gatewright.yaml", PolicyRepository.manifest)
    let run = try repository.run(Self.ref)
    #expect(run.code == 0, "\(run.stderr)")
    #expect(run.stderr.contains("has no 'gatewright.yaml' yet"), "\(run.stderr)")
  }

  /// The variables by which each CI system tells of a pull request into `main`.
  static let systems: [(name: String, variables: [String: String])] = [
    ("GitHub Actions", ["GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main"]),
    ("GitLab CI", ["GITLAB_CI": "true", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"]),
    (
      "Azure Pipelines",
      ["TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"]
    ),
    ("Jenkins", ["JENKINS_URL": "https://ci.example/", "CHANGE_TARGET": "main"]),
    (
      "Buildkite",
      [
        "BUILDKITE": "true", "BUILDKITE_PULL_REQUEST": "7",
        "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main",
      ]
    ),
    ("CircleCI", ["CIRCLECI": "true", "CIRCLE_PULL_REQUEST": "https://example.com/7"]),
    (
      "Bitbucket Pipelines",
      ["BITBUCKET_BUILD_NUMBER": "7", "BITBUCKET_PR_DESTINATION_BRANCH": "main"]
    ),
  ]

  @Test(arguments: systems)
  func `a pull request is known by its system's variables`(
    name: String, variables: [String: String]
  ) throws {
    let repository = try PolicyRepository()
    defer { repository.remove() }
    try repository.edit("min: 0.9", "min: 0.7")
    // What main gets meanwhile is no change of the branch.
    let origin = repository.folder.appending(path: "../origin")
    try "more".write(to: origin.appending(path: "README"), atomically: true, encoding: .utf8)
    try repository.git("add -A", in: origin)
    try repository.git("commit -q -m later", in: origin)
    try repository.git("fetch -q", in: repository.folder)
    let guarded = try repository.run(environment: variables)
    #expect(guarded.code == 1, "\(guarded.stderr)")
    #expect(guarded.stderr.contains("a pull request by \(name)"), "\(guarded.stderr)")
    #expect(
      try repository.run(["check", "--policy-ref", "none"], environment: variables).code == 0)
    // Without its second variable it is a push.
    let push = variables.filter { !$0.key.contains("BASE") && !$0.key.contains("TARGET") }
      .filter { !$0.key.contains("PULL_REQUEST") && !$0.key.contains("DESTINATION") }
    #expect(try repository.run(environment: push).code == 0)
  }

  @Test func `labels are read where GitHub and GitLab tell them`() throws {
    let repository = try PolicyRepository()
    defer { repository.remove() }
    try repository.edit("min: 0.9", "min: 0.7")
    let failed = try repository.run(Self.ref + ["--report", "json=-"])
    let label = try #require(failed.stdout.firstMatch(of: /gate-change-[0-9a-f]{12}/)).output
    let gitLab = [
      "GITLAB_CI": "true", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
      "CI_MERGE_REQUEST_LABELS": "bug,\(label)",
    ]
    #expect(try repository.run(environment: gitLab).code == 0)
    let event = repository.folder.appending(path: "build/event.json")
    try #"{"pull_request": {"labels": [{"name": "\#(label)"}]}}"#.write(
      to: event, atomically: true, encoding: .utf8)
    let gitHub = [
      "GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main", "GITHUB_EVENT_PATH": event.path,
    ]
    #expect(try repository.run(environment: gitHub).code == 0)
  }

  @Test func `a base that is not in the clone is an error that says how to fetch it`() throws {
    let repository = try PolicyRepository()
    defer { repository.remove() }
    let run = try repository.run(
      environment: ["GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "release"])
    #expect(run.code == 2)
    #expect(run.stderr.contains("git fetch origin release"), "\(run.stderr)")
  }

  @Test func `policy diff prints what is loosened`() throws {
    let repository = try PolicyRepository()
    defer { repository.remove() }
    let same = try repository.run(
      ["policy", "diff", "origin/main:gatewright.yaml", "gatewright.yaml"])
    #expect(same.code == 0)
    #expect(same.stdout == "nothing changes that means anything\n")
    try repository.edit("min: 0.9", "min: 0.7")
    let looser = try repository.run(
      ["policy", "diff", "git:origin/main:gatewright.yaml", "gatewright.yaml"])
    #expect(looser.code == 1)
    #expect(
      looser.stdout.contains(
        """
        loosens   gates.performance.metrics.accuracy.min
                  '0.9' in line 14 of 'origin/main:gatewright.yaml' becomes '0.7' in line 14 of \
        'gatewright.yaml': the limit is lower
        1 change: 1 loosens
        """), "\(looser.stdout)")
    let tighter = try repository.run(
      ["policy", "diff", "gatewright.yaml", "origin/main:gatewright.yaml"])
    #expect(tighter.code == 0, "\(tighter.stdout)")
  }
}
