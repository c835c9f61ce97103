import GateCore

/// What a command of several can do: one word after the verb.
struct Action: Sendable {
  /// The word.
  let name: String
  /// One phrase, lower case.
  let summary: String
  /// The flags it takes.
  let flags: [Flag]
  /// What it does; returns the exit code.
  let run: @Sendable (Invocation) async throws -> Int32

  /// Those of `schema`; a new one is a line here.
  static let ofSchema: [Action] = [.inferring, .importing]

  /// Those of `plugin`.
  static let ofPlugins: [Action] = [.making, .testing, .listing, .installing, .locking]

  /// Those of `policy`.
  static let ofPolicy: [Action] = [.comparing]

  /// The word as help shows it.
  static func argument(_ actions: [Action]) -> Argument {
    Argument(
      "ACTION", actions.map(\.name).alternatives, completion: .words { actions.map(\.name) })
  }

  /// The flags of all, each once.
  static func flags(_ actions: [Action]) -> [Flag] {
    actions.flatMap(\.flags).reduce(into: []) { flags, flag in
      if !flags.contains(where: { $0.name == flag.name }) { flags.append(flag) }
    }
  }

  /// Does what the first word says; throws wrong usage for a flag that is another action's.
  static func run(_ invocation: Invocation, among actions: [Action]) async throws -> Int32 {
    let name = try invocation.word(0, of: actions.map(\.name))
    guard let action = actions.first(where: { $0.name == name }) else { return ExitCode.bug }
    let taken = Set(action.flags.map(\.name) + [Flag.help.name])
    if let flag = invocation.flags.keys.sorted().first(where: { !taken.contains($0) }) {
      throw invocation.command.wrong("'--\(flag)' is not of '\(invocation.command.name) \(name)'")
    }
    return try await action.run(invocation)
  }
}
