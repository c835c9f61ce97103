import GateCore
import GateSystem

extension FileSource {
  /// A store of the user's own, that a plugin reads.
  ///
  /// It is told the address and answers with the name of the file it wrote, and with what the file is known by for good:
  /// a version or a digest.
  static func plugin(_ scheme: String, _ use: PluginUse, _ host: PluginHost) -> FileSource {
    FileSource(
      scheme: scheme, summary: use.plugin.summary, form: "\(scheme):<address>",
      subject: "what '\(use.plugin.folder)' reads", examples: [],
      check: { _ throws(Diagnostic) in },
      resolve: { (uri, _) throws(Diagnostic) in
        try Result {
          try resolve(uri, use, host)
        }.located(at: nil).get()
      })
  }

  /// Runs the plugin on an address and takes the file that it wrote.
  private static func resolve(
    _ uri: String, _ use: PluginUse, _ host: PluginHost
  ) throws -> Artifact {
    var call = PluginCall(use)
    call.question = [JSON.Member("uri", .string(uri))]
    let result = try host.run(call)
    let name = "the plugin '\(use.plugin.folder)'"
    let members: [String: JSON]
    do throws(Diagnostic) {
      members = try PluginAnswer.members(result.answer, "the answer", ["file", "id"])
    } catch {
      var mistake = error
      mistake.message = "\(name) \(error.message)"
      throw mistake
    }
    guard let file = result.file else {
      throw Diagnostic(
        "\(name) answered without a 'file'",
        hint: "have it answer {\"file\": \"model.onnx\", \"id\": \"the version it has for good\"}")
    }
    let digest = try sha256(file: file, written: uri)
    let id = members["id"]?.string ?? digest.sha256
    var provenance = ["source": use.plugin.folder, "id": id]
    for member in result.record where member.key == "sha256" {
      provenance["plugin_sha256"] = member.value.string
    }
    return Artifact(
      uri: uri, path: file, sha256: digest.sha256, bytes: digest.bytes, provenance: provenance,
      files: [DataFile(path: file, name: uri, bytes: digest.bytes, sha256: digest.sha256)])
  }
}
