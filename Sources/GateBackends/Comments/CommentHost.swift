package import GateCore
import GateWeb

/// A place where pull or merge requests are discussed, and how its REST interface keeps comments.
package struct CommentHost: Sendable, Identifiable {
  /// As the command line names it: `github`.
  package let id: String
  /// As its makers write it.
  package let name: String
  /// The variables that may hold the token, the first that is set.
  package let tokens: [String]
  /// What is set in its pipelines; nil where none says so.
  let markers: [String]
  /// What the environment says of the request that the pipeline is for.
  let surroundings: @Sendable (Surroundings) throws(Diagnostic) -> Surroundings.Found
  /// The headers that carry the token.
  let headers: @Sendable (_ token: String) -> [(name: String, value: String)]
  /// Asks whose token it is.
  let account: @Sendable (CommentThread) -> WebRequest
  /// The account of that answer, as `comment` has it.
  let accountName: @Sendable (JSON) -> String?
  /// Asks for one page of the comments, the first is 1.
  let page: @Sendable (CommentThread, Int) -> WebRequest
  /// The comments of that answer; nil: it is none.
  let items: @Sendable (JSON) -> [JSON]?
  /// Whether another page may follow that answer.
  var hasNext: @Sendable (JSON) -> Bool = { _ in true }
  /// One of them; nil: it is not one that a person wrote, or it is gone.
  let comment: @Sendable (JSON) -> PostedComment?
  /// Makes a comment, and writes one anew.
  let create: @Sendable (CommentThread, String) -> WebRequest
  let update: @Sendable (CommentThread, PostedComment, String) -> WebRequest
  /// The text as the host shows it best.
  let body: @Sendable (String) -> String
  /// What to do when the token may not write.
  let forbidden: String

  /// Every host; a new one is a line here.
  package static let all: [CommentHost] = [gitea, github, gitlab, bitbucket]

  /// What the environment says of the request that the pipeline is for; nothing where it is another host's pipeline, so
  /// that no token goes to the wrong one.
  package func found(in around: Surroundings) throws(Diagnostic) -> Surroundings.Found {
    let here = Self.here(around.variable)
    guard here == nil || here?.id == id else { return Surroundings.Found() }
    return try surroundings(around)
  }

  /// The one whose pipeline this is; nil: none that is known.
  package static func here(_ variable: (String) -> String?) -> CommentHost? {
    all.first { host in host.markers.contains { variable($0) != nil } }
  }
}

/// What the pipeline's environment gives.
package struct Surroundings: Sendable {
  /// A variable's value.
  package let variable: @Sendable (String) -> String?
  /// The JSON of a file.
  package let file: @Sendable (String) throws(Diagnostic) -> JSON

  package init(
    variable: @escaping @Sendable (String) -> String?,
    file: @escaping @Sendable (String) throws(Diagnostic) -> JSON
  ) {
    (self.variable, self.file) = (variable, file)
  }

  /// The first of these variables that is set.
  func first(_ names: String...) -> String? { names.lazy.compactMap(variable).first }

  /// What is known of the request without a flag.
  package struct Found: Sendable {
    package var api: String?
    package var repository: String?
    package var number: Int?
  }
}

/// The discussion of one pull or merge request.
package struct CommentThread: Sendable {
  /// The address that all paths of the interface begin with, no slash at its end.
  package var api: String
  /// `owner/name`, or GitLab's number of a project.
  package var repository: String
  package var number: Int

  package init(api: String, repository: String, number: Int) {
    self.api = api.hasSuffix("/") ? String(api.dropLast()) : api
    (self.repository, self.number) = (repository, number)
  }

  /// A request to a path of the interface, its body as JSON.
  func request(_ path: String, method: String = "GET", _ body: JSON? = nil) -> WebRequest {
    var request = WebRequest(api + path, method: method)
    request.headers.append(("Accept", "application/json"))
    if let body {
      request.headers.append(("Content-Type", "application/json"))
      request.body = Array(body.text.utf8)
    }
    return request
  }

  /// The repository in one part of a path.
  var encoded: String { repository.escapedPart }

  /// The repository as parts of a path.
  var path: String { repository.escapedPath }
}

/// One comment.
package struct PostedComment: Sendable, Hashable {
  package let id: Int
  /// The account that wrote it.
  package let author: String
  package let body: String
  /// Where people see it; nil: the host does not say.
  package let address: String?
}

extension JSON {
  /// The whole number, where it is one.
  var whole: Int? { if case .integer(let value) = self { value } else { nil } }
}
