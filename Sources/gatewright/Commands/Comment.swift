import GateBackends
import GateCore
import GateKit
import GateSystem

extension Flag {
  /// Which host's interface is used.
  fileprivate static let host = Flag(
    "host",
    "where the request is: \(CommentHost.all.map(\.id).alternatives) (default: as the pipeline's variables say)",
    value: "HOST", completion: .words { CommentHost.all.map(\.id) })
  /// Which repository.
  fileprivate static let repository = Flag(
    "repository", "OWNER/NAME, or GitLab's project (default: as the pipeline's variables say)",
    value: "NAME")
  /// Which pull or merge request.
  fileprivate static let number = Flag(
    "number", "of the pull or merge request (default: as the pipeline's variables say)", value: "N")
  /// Where the interface is.
  fileprivate static let api = Flag(
    "api", "the address of the REST interface (default: as the pipeline's variables say)",
    value: "URL")
  /// Whose comment it is.
  fileprivate static let author = Flag(
    "author", "the account whose comment is kept up to date (default: that of the token)",
    value: "NAME")
}

extension Command {
  /// Keeps a comment on a pull request up to date.
  static let comment = Command(
    "comment", "write a record into one comment on a pull or merge request",
    details: [
      "Makes the comment, or updates the one that it made before for the same manifest's name; another account's comment is "
        + "never touched. In a pipeline of GitHub Actions, GitLab CI, Bitbucket or Gitea it knows the request by itself.",
      "The token is in GATEWRIGHT_TOKEN, or "
        + CommentHost.all.map { "for \($0.name) in \($0.tokens.alternatives)" }.joined(
          separator: ", ") + ". It is never printed.",
      "Exits with 0 when the comment is up to date, whatever the report's verdict, and with 75 when the host asks to wait.",
    ],
    arguments: [Argument("REPORT", "a report in the json format", completion: .files)],
    flags: [.host, .repository, .number, .api, .author],
    examples: [
      ("gatewright comment report.json", "in a pipeline of a pull request"),
      (
        "gatewright comment report.json --host gitlab --repository 42 --number 7",
        "from anywhere, with the token in GITLAB_TOKEN"
      ),
    ]
  ) { invocation in
    let host = try invocation.commentHost()
    let thread = try invocation.commentThread(host)
    let names = ["GATEWRIGHT_TOKEN"] + host.tokens
    guard let token = names.lazy.compactMap({ Variables[$0] }).first else {
      throw Diagnostic(
        "no token for \(host.name): none of \(names.alternatives) is set",
        hint: "set one of them in the job's environment, not on the command line")
    }
    let report = try RecordFiles.read(invocation.arguments[0]).report
    guard report.manifest.name.utf8.count <= 200 else {
      throw Diagnostic(
        "the manifest's name is longer than 200 bytes, so no comment can be kept by it",
        hint: "give the manifest a shorter 'name'")
    }
    let upkeep = try CommentUpkeep(
      host, thread, token: token, author: invocation.value(.author))
    let done = try upkeep.keep(Reporter.comment.render(report))
    return try Output.print(done.sentence(thread, host))
  }
}

extension CommentUpkeep.Done {
  /// What was done, for the log.
  fileprivate func sentence(_ thread: CommentThread, _ host: CommentHost) -> String {
    let (word, address) =
      switch self {
      case .created(let address): ("created", address)
      case .updated(let address): ("updated", address)
      case .unchanged(let address): ("unchanged", address)
      }
    return "comment \(word) on \(host.name), \(thread.repository) \(thread.number)"
      .loggable(300) + (address.map { ": \($0.loggable(300))" } ?? "") + "\n"
  }
}

extension Invocation {
  /// The host of the flag, or the pipeline's.
  fileprivate func commentHost() throws -> CommentHost {
    let known = CommentHost.all.map(\.id)
    guard let id = value(.host) else {
      if let here = CommentHost.here({ Variables[$0] }) { return here }
      throw command.wrong("this is no pipeline that is known; name the host with '--host HOST'")
    }
    guard let host = CommentHost.all.first(where: { $0.id == id }) else {
      throw Usage(
        "'--host' is '\(id)', wanted \(known.alternatives)",
        hint: id.nearest(in: known).map { "did you mean '\($0)'" })
    }
    return host
  }

  /// The request of the flags, or the pipeline's.
  fileprivate func commentThread(_ host: CommentHost) throws -> CommentThread {
    var number: Int?
    if let text = value(.number) {
      guard let given = Int(text), given > 0 else {
        throw command.wrong("'--number' is '\(text)', wanted the number of a request, such as 7")
      }
      number = given
    }
    let found = try host.found(
      in: Surroundings(
        variable: { Variables[$0] },
        file: { (path) throws(Diagnostic) in
          try JSON(parsing: try Output.read(path, limit: 64 << 20), name: path)
        }))
    guard let api = value(.api) ?? found.api else {
      throw command.wrong("the address of \(host.name) is not known; name it with '--api URL'")
    }
    guard let repository = value(.repository) ?? found.repository else {
      throw command.wrong("the repository is not known; name it with '--repository NAME'")
    }
    guard let number = number ?? found.number else {
      throw Diagnostic(
        "this pipeline is not of a pull or merge request, as far as its variables say",
        hint: "run it for requests alone, or name the request with '--number N'")
    }
    return CommentThread(api: api, repository: repository, number: number)
  }
}
