import Foundation
import Testing

/// `gatewright comment` against a server that answers as the hosts' interfaces do.
@Suite struct CommentTests {
  /// The server, and what it was told.
  final class Host {
    let port: Int
    private let process = Process()
    private let input = Pipe()

    init() throws {
      let output = Pipe()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [
        "python3", CommandLineRun.root.appending(path: "Tests/hosts/server.py").path,
      ]
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    deinit {
      // The tests may run with signals blocked, which the server has from them; this one cannot be.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }

    var address: String { "http://127.0.0.1:\(port)" }

    struct State: Decodable {
      struct Comment: Decodable {
        let id: Int
        let author: String
        let body: String
      }
      let comments: [Comment]
      let requests: [String]
    }

    func state(_ host: String) throws -> State {
      try JSONDecoder().decode(State.self, from: ask("state", ["host": host]))
    }

    func add(_ count: Int, to host: String, author: String, body: String) throws {
      _ = try ask("add", ["host": host, "count": "\(count)", "author": author, "body": body])
    }

    /// What the server says, asked by a process of its own.
    private func ask(_ path: String, _ query: [String: String]) throws -> Data {
      var parts = try #require(URLComponents(string: "\(address)/\(path)"))
      parts.queryItems = query.map { URLQueryItem(name: $0.key, value: $0.value) }
      let asking = Process()
      let output = Pipe()
      asking.executableURL = URL(filePath: "/usr/bin/env")
      asking.arguments = [
        "python3", "-c",
        "import sys, urllib.request as r; sys.stdout.buffer.write(r.urlopen(sys.argv[1], timeout=30).read())",
        try #require(parts.url).absoluteString,
      ]
      asking.standardInput = FileHandle.nullDevice
      asking.standardOutput = output
      try asking.run()
      let answer = output.fileHandleForReading.readDataToEndOfFile()
      asking.waitUntilExit()
      return answer
    }
  }

  static let token = "secret-token-1"

  /// The command, told of the request by flags.
  private func comment(
    _ server: Host, _ host: String, behaving behaviour: String? = nil,
    report: String = CommandLineRun.report, token: String = token, more: [String] = []
  ) throws -> CommandLineRun.Result {
    let result = try CommandLineRun.run(
      [
        "comment", report, "--host", host, "--repository", "team/loans", "--number", "7", "--api",
        "\(server.address)/\(behaviour ?? host)",
      ] + more, environment: ["GATEWRIGHT_TOKEN": token])
    #expect(!(result.stdout + result.stderr).contains(token))
    return result
  }

  @Test(
    "one comment is made, left alone while nothing changes, then updated, among a hundred others",
    arguments: ["github", "gitlab", "bitbucket", "gitea"])
  func keeps(host: String) throws {
    let server = try Host()
    try server.add(130, to: host, author: "somebody", body: "comment PLACE")
    let made = try comment(server, host)
    #expect(made.code == 0, "\(made.stderr)")
    #expect(made.stdout.hasPrefix("comment created on "))
    try server.add(130, to: host, author: "somebody", body: "later PLACE")
    let again = try comment(server, host)
    #expect(again.stdout.hasPrefix("comment unchanged on "), "\(again.stdout)\(again.stderr)")

    // Another outcome of the same manifest.
    let text = try String(contentsOfFile: CommandLineRun.report, encoding: .utf8)
    let folder = try CommandLineRun.temporaryFolder()
    let other = folder.appending(path: "other.json")
    try Data(text.replacing("40 more rows are needed", with: "41 more rows are needed").utf8)
      .write(to: other)
    // The table of a check that did not pass tells its message, so the text is another.
    let updated = try comment(server, host, report: other.path)
    #expect(updated.stdout.hasPrefix("comment updated on "), "\(updated.stdout)\(updated.stderr)")

    let state = try server.state(host)
    let own = state.comments.filter { $0.author != "somebody" }
    #expect(state.comments.count == 261)
    #expect(own.count == 1)
    #expect(own.first?.body.contains("41 more rows are needed") == true)
    #expect(state.comments.filter { $0.author == "somebody" && $0.body.contains("rows") }.isEmpty)
  }

  @Test(
    "another account's comment with the same mark is not touched, and another manifest has its own")
  func otherAccounts() throws {
    let server = try Host()
    let mark = try CommandLineRun.snapshot("comment.md").split(separator: "\n")[0]
    try server.add(1, to: "github", author: "mallory", body: "\(mark)\nforged")
    #expect(try comment(server, "github").stdout.hasPrefix("comment created"))
    let text = try String(contentsOfFile: CommandLineRun.report, encoding: .utf8)
    let other = try CommandLineRun.temporaryFolder().appending(path: "other.json")
    try Data(text.replacing("\"name\": \"loan<", with: "\"name\": \"Loan<").utf8).write(to: other)
    #expect(try comment(server, "github", report: other.path).stdout.hasPrefix("comment created"))
    #expect(try comment(server, "github").stdout.hasPrefix("comment unchanged"))
    let state = try server.state("github")
    #expect(
      state.comments.map(\.author) == ["mallory", "github-actions[bot]", "github-actions[bot]"])
    #expect(state.comments[0].body.hasSuffix("forged"))
  }

  @Test("`--author` names the account, and then nobody is asked")
  func author() throws {
    let server = try Host()
    #expect(try comment(server, "gitlab", more: ["--author", "gate-bot"]).code == 0)
    #expect(try comment(server, "gitlab", more: ["--author=gate-bot"]).stdout.contains("unchanged"))
    #expect(try server.state("gitlab").requests.contains { $0.hasSuffix("/user") } == false)
  }

  @Test("a limit and an outage are temporary, and say when to try again")
  func temporary() throws {
    let server = try Host()
    let limited = try comment(server, "github", behaving: "limit")
    #expect(limited.code == 75)
    #expect(limited.stderr.contains("answered 429"))
    #expect(limited.stderr.contains("try again in 37 seconds"))
    let spent = try comment(server, "github", behaving: "spent")
    #expect(spent.code == 75)
    #expect(spent.stderr.contains("rate limit is reached; try again later"))
    #expect(try comment(server, "github", behaving: "down").code == 75)
  }

  @Test("a fork's token is explained, and so are a wrong one and a request that is not there")
  func refused() throws {
    let server = try Host()
    let fork = try comment(server, "github", behaving: "fork")
    #expect(fork.code == 2)
    #expect(fork.stderr.contains("answered 403, 'Resource not accessible by integration'"))
    #expect(fork.stderr.contains("on: workflow_run"))
    let wrong = try comment(server, "gitlab", token: "another")
    #expect(wrong.code == 2)
    #expect(wrong.stderr.contains("GATEWRIGHT_TOKEN or GITLAB_TOKEN is not valid"))
    let missing = try CommandLineRun.run(
      [
        "comment", CommandLineRun.report, "--host=gitea", "--repository=team/other", "--number=8",
        "--api=\(server.address)/gitea",
      ], environment: ["GITEA_TOKEN": Self.token])
    #expect(missing.code == 2)
    #expect(missing.stderr.contains("'team/other' has a request 8"))
  }

  @Test("a pipeline's variables name the request")
  func pipelines() throws {
    let server = try Host()
    let folder = try CommandLineRun.temporaryFolder()
    let event = folder.appending(path: "event.json")
    try Data("{\"workflow_run\": {\"pull_requests\": [{\"number\": 7}]}}".utf8).write(to: event)
    let surroundings: [(String, [String: String])] = [
      (
        "GitHub",
        [
          "GITHUB_ACTIONS": "true", "GITHUB_API_URL": "\(server.address)/github",
          "GITHUB_REPOSITORY": "team/loans", "GITHUB_REF": "refs/pull/7/merge",
          "GITHUB_TOKEN": Self.token,
        ]
      ),
      (
        "GitHub",
        [
          "GITHUB_ACTIONS": "true", "GITHUB_API_URL": "\(server.address)/github",
          "GITHUB_REPOSITORY": "team/loans", "GITHUB_REF": "refs/heads/main",
          "GITHUB_EVENT_PATH": event.path, "GH_TOKEN": Self.token,
        ]
      ),
      (
        "Gitea",
        [
          "GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true",
          "GITHUB_API_URL": "\(server.address)/gitea/", "GITHUB_REPOSITORY": "team/loans",
          "GITHUB_REF": "refs/pull/7/head", "GITHUB_TOKEN": Self.token,
        ]
      ),
      (
        "GitLab",
        [
          "GITLAB_CI": "true", "CI_API_V4_URL": "\(server.address)/gitlab",
          "CI_PROJECT_ID": "9", "CI_MERGE_REQUEST_PROJECT_ID": "team/loans",
          "CI_MERGE_REQUEST_IID": "7", "GITLAB_TOKEN": Self.token,
        ]
      ),
    ]
    for (name, environment) in surroundings {
      let result = try CommandLineRun.run(
        ["comment", CommandLineRun.report], environment: environment)
      #expect(result.code == 0, "\(result.stderr)")
      #expect(result.stdout.contains(" on \(name), team/loans 7"), "\(result.stdout)")
    }
    #expect(try server.state("github").comments.count == 1)
  }

  @Test(
    "what is missing is said before anything is sent",
    arguments: [
      ([], [:], 64, "name the host with '--host HOST'"),
      (["--host", "gitlb"], [:], 64, "did you mean 'gitlab'"),
      (["--host", "gitlab", "--number", "0"], [:], 64, "the number of a request, such as 7"),
      (["--host", "github", "--number", "7"], [:], 64, "name it with '--repository NAME'"),
      (
        ["--host", "github", "--repository", "a/b"], [:], 2,
        "run it for requests alone, or name the request with '--number N'"
      ),
      (
        ["--host", "github", "--repository", "a/b", "--number", "7"], [:], 2,
        "none of GATEWRIGHT_TOKEN, GITHUB_TOKEN or GH_TOKEN is set"
      ),
      (
        [
          "--host", "github", "--repository", "a/b", "--number", "7", "--api",
          "http://example.org/api",
        ], ["GITHUB_TOKEN": token], 2, "wanted an https address"
      ),
    ] as [([String], [String: String], Int32, String)])
  func missing(words: [String], environment: [String: String], code: Int32, says: String) throws {
    let result = try CommandLineRun.run(
      ["comment", CommandLineRun.report] + words, environment: environment)
    #expect(result.code == code, "\(result.stderr)")
    #expect(result.stderr.contains(says), "\(result.stderr)")
  }
}
