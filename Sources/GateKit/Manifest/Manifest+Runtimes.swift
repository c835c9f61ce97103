import GateCore

extension ManifestReader {
  /// The plugin that runs a model; nil where one of our own runtimes does, with the mistakes noted.
  mutating func runtimePlugin(_ node: Node) -> PluginUse? {
    guard let runtime = node["runtime"], let name = runtime.text, node["from"] != nil,
      !world.runtimes.contains(name)
    else {
      if let key = node.key("with"), node["predictions"] == nil {
        refuse(
          "'with' tells a runtime of your own what to do, and 'runtime' names none", key,
          hint: "name its folder: runtime: runtimes/sklearn")
      }
      return nil
    }
    guard name.contains("/") else {
      refuse(
        "unknown runtime '\(name)'", runtime,
        hint: name.nearest(in: world.runtimes).map { "did you mean '\($0)'?" }
          ?? "known: \(world.runtimes.joined(separator: ", ")), or the folder of a plugin: runtimes/\(name)"
      )
      return nil
    }
    do throws(Diagnostics) {
      let plugin = try Plugin(.runtime, at: runtime, reading: read)
      mistakes += plugin.mistakes(in: node["with"], at: node)
      if plugin.unpickles, !plugins.trustsPython {
        refuse(
          "'\(name)' unpickles the model's file, which then can run any code", runtime,
          hint:
            "if you trust whoever made the file, add at the top of the manifest: trust: [python]")
      }
      return PluginUse(plugin, PluginArguments(plugin, node["with"]))
    } catch {
      mistakes += error.all
      return nil
    }
  }
}
