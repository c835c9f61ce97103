extension Plugin {
  /// The plugin that a node of a manifest names by its folder; throws what is wrong with its file.
  package init(
    _ kind: Kind, at node: Node?, reading read: FileReading
  ) throws(Diagnostics) {
    let folder = node?.text ?? ""
    let content: Node
    do throws(Diagnostics) { content = try read("\(folder)/\(kind.file)") } catch {
      throw Diagnostics(
        error.all.map { mistake in
          var mistake = mistake.at(node?.mark)
          if mistake.hint == nil {
            mistake.hint = "a \(kind.rawValue) plugin is a folder with a \(kind.file) in it"
          }
          return mistake
        })
    }
    try self.init(kind, folder: folder, content)
  }
}

extension Plugin {
  /// What is wrong with what a manifest tells the plugin; `place`: where it is used.
  package func mistakes(in with: Node?, at place: Node) -> [Diagnostic] {
    guard let with else {
      return parameters.filter(\.required).map { missing in
        Diagnostic(
          "'\(folder)' needs '\(missing.id)' under 'with'", at: (place["use"] ?? place).mark,
          hint: "add it: with: {\(missing.id): …}; \(missing.summary)")
      }
    }
    if parameters.isEmpty {
      return [Diagnostic("'\(folder)' takes no parameters", at: with.mark, hint: "remove 'with'")]
    }
    return Shape.record(parameters.map(\.parameter)).mistakes(in: with)
  }
}
