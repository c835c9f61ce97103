import GateCore
import GateWeb

extension CommentHost {
  /// bitbucket.org.
  static let bitbucket = CommentHost(
    id: "bitbucket", name: "Bitbucket", tokens: ["BITBUCKET_TOKEN"],
    markers: ["BITBUCKET_BUILD_NUMBER"],
    surroundings: { (around) throws(Diagnostic) in
      Surroundings.Found(
        api: "https://api.bitbucket.org/2.0",
        repository: around.variable("BITBUCKET_REPO_FULL_NAME"),
        number: around.variable("BITBUCKET_PR_ID").flatMap { Int($0) })
    },
    headers: { token in [("Authorization", "Bearer \(token)")] },
    account: { $0.request("/user") }, accountName: { $0["uuid"]?.string },
    page: { thread, page in
      thread.request("\(comments(thread))?pagelen=100&page=\(page)")
    }, items: { $0["values"]?.items }, hasNext: { $0["next"] != nil },
    comment: { json in
      guard json["deleted"] != .bool(true), let id = json["id"]?.whole,
        let body = json["content"]?["raw"]?.string
      else { return nil }
      return PostedComment(
        id: id, author: json["user"]?["uuid"]?.string ?? "", body: body,
        address: json["links"]?["html"]?["href"]?.string)
    },
    create: { thread, body in
      thread.request(comments(thread), method: "POST", ["content": ["raw": .string(body)]])
    },
    update: { thread, comment, body in
      thread.request(
        "\(comments(thread))/\(comment.id)", method: "PUT", ["content": ["raw": .string(body)]])
    }, body: withoutHTML,
    forbidden:
      "give BITBUCKET_TOKEN a repository access token with the scope 'pullrequest:write'; a pipeline of a fork does not get it"
  )

  private static func comments(_ thread: CommentThread) -> String {
    "/repositories/\(thread.path)/pullrequests/\(thread.number)/comments"
  }

  /// Bitbucket shows HTML as text: the mark becomes the definition of a link that is not used, and what folds is unfolded.
  private static let withoutHTML: @Sendable (String) -> String = { body in
    body.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      place, line -> String? in
      if place == 0, line.hasPrefix("<!-- "), line.hasSuffix(" -->") {
        return "[//]: # (\(line.dropFirst(5).dropLast(4)))\n"
      }
      if line == "</details>" { return nil }
      guard line.hasPrefix("<details><summary>"), line.hasSuffix("</summary>") else {
        return String(line)
      }
      return "\n\(line.dropFirst("<details><summary>".count).dropLast("</summary>".count))"
    }.joined(separator: "\n")
  }
}
