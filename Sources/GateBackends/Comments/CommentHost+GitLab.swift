import GateCore
import GateWeb

extension CommentHost {
  /// gitlab.com and servers of one's own.
  static let gitlab = CommentHost(
    id: "gitlab", name: "GitLab", tokens: ["GITLAB_TOKEN"], markers: ["GITLAB_CI"],
    surroundings: { (around) throws(Diagnostic) in
      Surroundings.Found(
        api: around.variable("CI_API_V4_URL") ?? "https://gitlab.com/api/v4",
        repository: around.first("CI_MERGE_REQUEST_PROJECT_ID", "CI_PROJECT_ID"),
        number: around.variable("CI_MERGE_REQUEST_IID").flatMap { Int($0) })
    },
    headers: { token in [("PRIVATE-TOKEN", token)] },
    account: { $0.request("/user") }, accountName: { $0["username"]?.string },
    page: { thread, page in
      thread.request("\(notes(thread))?sort=asc&order_by=created_at&per_page=100&page=\(page)")
    }, items: \.items,
    comment: { json in
      guard json["system"] != .bool(true), let id = json["id"]?.whole,
        let body = json["body"]?.string
      else { return nil }
      return PostedComment(
        id: id, author: json["author"]?["username"]?.string ?? "", body: body, address: nil)
    },
    create: { thread, body in
      thread.request(notes(thread), method: "POST", ["body": .string(body)])
    },
    update: { thread, comment, body in
      thread.request("\(notes(thread))/\(comment.id)", method: "PUT", ["body": .string(body)])
    }, body: { $0 },
    forbidden:
      "give GITLAB_TOKEN a project access token with the scope 'api' and the role Reporter or more: the job's own token "
      + "cannot write notes, and a pipeline of a fork does not get the project's variables"
  )

  private static func notes(_ thread: CommentThread) -> String {
    "/projects/\(thread.encoded)/merge_requests/\(thread.number)/notes"
  }
}
