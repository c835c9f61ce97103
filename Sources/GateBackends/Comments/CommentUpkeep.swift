package import GateCore
import GateWeb

/// Keeps one comment on a request up to date.
package struct CommentUpkeep: Sendable {
  private let host: CommentHost
  private let thread: CommentThread
  private let token: String
  /// The account that writes; nil: the host is asked.
  private let author: String?
  /// The most pages that are looked through.
  private static let mostPages = 1000

  /// `token`: sent to the thread's interface alone, and never printed.
  ///
  /// Throws a `Diagnostic` where the interface is no https address, for the token would go in the open.
  package init(
    _ host: CommentHost, _ thread: CommentThread, token: String, author: String? = nil
  ) throws(Diagnostic) {
    if thread.api.contains("@") {
      throw Diagnostic(
        "the interface of \(host.name) is '\(WebRequest.shown(thread.api))' with a name or a password before '@'",
        hint: "name it without them, and give the token in the environment")
    }
    if (thread.repository + "/").contains("../") || ("/" + thread.repository).contains("/./") {
      throw Diagnostic(
        "'\(thread.repository)' is no repository: it has '.' or '..' for a name",
        hint: "write it as owner/name")
    }
    let isOpen = thread.api.hasPrefix("http://") && isLoopback(thread.api)
    guard thread.api.hasPrefix("https://") || isOpen else {
      throw Diagnostic(
        "the interface of \(host.name) is '\(WebRequest.shown(thread.api))', wanted an https address: the token would "
          + "go there unencrypted",
        hint: "name it with '--api https://HOST/PATH'")
    }
    (self.host, self.thread, self.token, self.author) = (host, thread, token, author)
  }

  /// What was done.
  package enum Done: Sendable, Hashable {
    case created(String?)
    case updated(String?)
    case unchanged(String?)
  }

  /// Writes the text into the comment that begins with its first line and that the same account wrote; makes one where
  /// there is none.
  package func keep(_ text: String) throws(Diagnostic) -> Done {
    let body = host.body(text)
    let mark = Self.firstLine(body)
    let author = if let author { author } else { try account() }
    guard let own = try find(mark, author) else {
      let made = try ask(host.create(thread, body), "make a comment")
      return .created(host.comment(made)?.address)
    }
    if Self.bare(own.body) == Self.bare(body) { return .unchanged(own.address) }
    _ = try ask(host.update(thread, own, body), "update its comment")
    return .updated(own.address)
  }

  /// The first comment of that account that begins with the mark; all pages are looked through.
  private func find(_ mark: String, _ author: String) throws(Diagnostic) -> PostedComment? {
    var seen: Set<Int> = []
    for page in 1...Self.mostPages {
      let answer = try ask(host.page(thread, page), "read the comments")
      guard let items = host.items(answer) else {
        throw Diagnostic(
          "\(host.name) answered with something else than a list of comments",
          hint: "check the address '\(WebRequest.shown(thread.api))'")
      }
      var isNew = false
      for item in items {
        // What is no comment of a person has a number all the same.
        if let id = item["id"]?.whole, seen.insert(id).inserted { isNew = true }
        guard let comment = host.comment(item), Self.firstLine(comment.body) == mark,
          comment.author.isSame(as: author)
        else { continue }
        return comment
      }
      // A host that does not know pages answers with the same comments again.
      if !isNew || !host.hasNext(answer) { return nil }
    }
    throw Diagnostic(
      "the comments of \(thread.repository) \(thread.number) fill more than \(Self.mostPages) pages",
      hint: "remove some of them")
  }

  /// Whose token it is.
  private func account() throws(Diagnostic) -> String {
    let answer = try ask(host.account(thread), "ask whose token it is")
    guard let name = host.accountName(answer), !name.isEmpty else {
      throw Diagnostic(
        "\(host.name) does not say whose token it is",
        hint: "name the account that writes the comment with '--author NAME'")
    }
    return name
  }

  private static func firstLine(_ text: String) -> String { String(text.prefix { !$0.isNewline }) }

  /// Hosts keep other ends of lines, and no blanks at the end.
  private static func bare(_ text: String) -> [Substring] {
    text.trimmed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// The answer to a request; `doing`: what it is for, in words.
  private func ask(_ request: WebRequest, _ doing: String) throws(Diagnostic) -> JSON {
    var request = request
    request.headers += host.headers(token)
    let response = try WebClient.send(request)
    guard response.isGood else { throw refusal(response, doing) }
    let text = response.text
    return text.isEmpty ? .null : try JSON(parsing: text, name: "the answer of \(host.name)")
  }

  /// What a host said without the token, which it may send back.
  private func withoutToken(_ text: String) -> String {
    token.isEmpty ? text : text.replacing(token, with: "***")
  }

  /// Why the host did not do it, and what to do.
  private func refusal(_ response: WebResponse, _ doing: String) -> Diagnostic {
    let said = (try? JSON(parsing: response.text, name: "answer")).flatMap { json in
      (json["message"] ?? json["error"]?["message"] ?? json["error"])?.string
    }
    let message =
      "\(host.name) would not \(doing): it answered \(response.status)"
      + (said.map { ", '\(withoutToken($0).shortened)'" } ?? "")
    if let wait = Self.wait(response) {
      return Diagnostic(
        message, hint: "its rate limit is reached; try again \(wait)", temporary: true)
    }
    switch response.status {
    case 401:
      let names = (["GATEWRIGHT_TOKEN"] + host.tokens).joined(separator: " or ")
      return Diagnostic(message, hint: "the token in \(names) is not valid or has expired")
    case 403: return Diagnostic(message, hint: host.forbidden)
    case 404:
      return Diagnostic(
        message,
        hint:
          "check that '\(thread.repository)' has a request \(thread.number), and that the token may read it"
      )
    case 500...: return Diagnostic(message, hint: "try again later", temporary: true)
    default: return Diagnostic(message)
    }
  }

  /// When to try again, where the answer is that of a rate limit; nil: it is not.
  private static func wait(_ response: WebResponse) -> String? {
    let seconds = response.headers["retry-after"].flatMap { Int($0.trimmed) }
    let isSpent =
      response.headers["x-ratelimit-remaining"] == "0"
      || response.headers["ratelimit-remaining"] == "0"
    guard response.status == 429 || response.status == 403 && (seconds != nil || isSpent) else {
      return nil
    }
    return seconds.map { "in \($0.counted("second"))" } ?? "later"
  }
}
