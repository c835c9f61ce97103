import GateCore
import GateKit

extension Command {
  /// Reads the manifest only.
  static let validate = Command(
    "validate", "say whether the manifest is accepted, without reading data or models",
    flags: [.manifest]
  ) { invocation in
    let file = try ManifestFile(invocation.value(.manifest) ?? ManifestFile.standard)
    let manifest = try file.manifest()
    for note in manifest.notes { Output.note(note + "\n") }
    let gates = manifest.gates.count
    return try Output.print(
      "\(file.path) is accepted: \(manifest.task.rawValue) task '\(manifest.name.visible)', "
        + "\(gates) \(gates == 1 ? "gate" : "gates")\n")
  }
}
