import GateCore
import GateWeb

extension CommentHost {
  /// github.com and Enterprise servers.
  static let github = CommentHost(
    id: "github", name: "GitHub", tokens: ["GITHUB_TOKEN", "GH_TOKEN"],
    markers: ["GITHUB_ACTIONS"], surroundings: actions(standard: "https://api.github.com"),
    headers: { token in
      [("Authorization", "Bearer \(token)"), ("X-GitHub-Api-Version", "2022-11-28")]
    },
    // The token of a job may not ask REST whose it is, but may ask here.
    account: { thread in
      var api = thread
      if api.api.hasSuffix("/v3") { api.api = String(api.api.dropLast(3)) }
      return api.request("/graphql", method: "POST", ["query": "query { viewer { login } }"])
    }, accountName: { $0["data"]?["viewer"]?["login"]?.string.map(withoutBot) },
    page: { thread, page in
      thread.request(
        "/repos/\(thread.path)/issues/\(thread.number)/comments?per_page=100&page=\(page)")
    }, items: \.items, comment: issueComment, create: createIssueComment,
    update: updateIssueComment, body: { $0 },
    forbidden:
      "give the job 'permissions: pull-requests: write'; the token of a pull request from a fork may never write: "
      + "there, keep the record as an artifact and run 'gatewright comment' in a job 'on: workflow_run'"
  )

  /// Gitea and Forgejo, whose interface is GitHub's in most.
  static let gitea = CommentHost(
    id: "gitea", name: "Gitea", tokens: ["GITEA_TOKEN", "FORGEJO_TOKEN", "GITHUB_TOKEN"],
    markers: ["GITEA_ACTIONS", "FORGEJO_ACTIONS"], surroundings: actions(standard: nil),
    headers: { token in [("Authorization", "token \(token)")] },
    account: { $0.request("/user") }, accountName: { $0["login"]?.string },
    page: { thread, page in
      thread.request(
        "/repos/\(thread.path)/issues/\(thread.number)/comments?limit=100&page=\(page)")
    }, items: \.items, comment: issueComment, create: createIssueComment,
    update: updateIssueComment, body: { $0 },
    forbidden:
      "give the token the scope 'write:issue'; the token of a pull request from a fork may not write"
  )

  /// What the variables of a workflow say; `standard`: the interface where none is named.
  private static func actions(
    standard: String?
  ) -> @Sendable (Surroundings) throws(Diagnostic) -> Surroundings.Found {
    { (around) throws(Diagnostic) in
      var found = Surroundings.Found(
        api: around.variable("GITHUB_API_URL") ?? standard,
        repository: around.variable("GITHUB_REPOSITORY"))
      let parts = (around.variable("GITHUB_REF") ?? "").split(separator: "/")
      if parts.count > 2, parts[0] == "refs", parts[1] == "pull" { found.number = Int(parts[2]) }
      guard found.number == nil, let path = around.variable("GITHUB_EVENT_PATH") else {
        return found
      }
      let event = try around.file(path)
      let ofRun = event["workflow_run"]?["pull_requests"]?.items?.first
      let isRequest = event["issue"]?["pull_request"] != nil
      found.number =
        (event["pull_request"] ?? ofRun ?? (isRequest ? event["issue"] : nil))?["number"]?.whole
      return found
    }
  }

  /// The account of an app is the same with `[bot]` at its end and without.
  private static func withoutBot(_ login: String) -> String {
    login.hasSuffix("[bot]") ? String(login.dropLast(5)) : login
  }

  private static let issueComment: @Sendable (JSON) -> PostedComment? = { json in
    guard let id = json["id"]?.whole, let body = json["body"]?.string else { return nil }
    let login = json["user"]?["login"]?.string ?? ""
    return PostedComment(
      id: id, author: withoutBot(login), body: body, address: json["html_url"]?.string)
  }

  private static let createIssueComment: @Sendable (CommentThread, String) -> WebRequest = {
    thread, body in
    thread.request(
      "/repos/\(thread.path)/issues/\(thread.number)/comments", method: "POST",
      ["body": .string(body)])
  }

  private static let updateIssueComment:
    @Sendable (CommentThread, PostedComment, String) -> WebRequest =
      { thread, comment, body in
        thread.request(
          "/repos/\(thread.path)/issues/comments/\(comment.id)", method: "PATCH",
          ["body": .string(body)])
      }
}
