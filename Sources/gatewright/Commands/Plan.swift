import GateCore
import GateKit

extension Command {
  /// Says what a check would do.
  static let plan = Command(
    "plan", "show what would be read, run and compared, without doing it",
    flags: [.manifest]
  ) { invocation in
    let file = try ManifestFile(invocation.value(.manifest) ?? ManifestFile.standard)
    return try Output.print(try file.manifest().plan)
  }
}
