/// One run of a plugin: the program, and what it is asked and handed over.
package struct PluginCall: Sendable {
  package var plugin: Plugin
  /// What `with:` says, defaults filled in, without the paths.
  package var parameters: [JSON.Member]
  /// The paths among the parameters, by their names: from the manifest's folder.
  package var paths: [(name: String, path: String)]
  /// Further members of the request, of its kind.
  package var question: [JSON.Member] = []
  /// The seed for whatever it draws.
  package var seed = 1
  /// Tables of the manifest, each as Parquet.
  package var tables: [any Table] = []
  /// Tables of rows that were made, each as Parquet.
  package var made: [MadeTable] = []
  /// Columns as SQL over the rows of a table, as Parquet under a name.
  package var chosen: [(name: String, table: any Table, columns: [(name: String, sql: String)])] = []
  /// The models' files.
  package var models: [(role: Role, artifact: Artifact)] = []

  /// Rows that were made here, by the name of the file they become.
  package struct MadeTable: Sendable {
    package let name: String
    package let columns: [Column]
    package init(_ name: String, _ columns: [Column]) { (self.name, self.columns) = (name, columns) }
  }

  /// A run with nothing handed over yet.
  package init(_ use: PluginUse) {
    (plugin, parameters, paths) = (use.plugin, use.arguments.members, use.arguments.paths)
  }
}

/// A plugin, and what a manifest tells it.
package struct PluginUse: Sendable {
  package let plugin: Plugin
  package let arguments: PluginArguments
  package init(_ plugin: Plugin, _ arguments: PluginArguments) {
    (self.plugin, self.arguments) = (plugin, arguments)
  }
}

/// What a manifest gives for a plugin's parameters.
package struct PluginArguments: Sendable {
  /// Those that are no paths, defaults filled in.
  package let members: [JSON.Member]
  /// Those that are.
  package let paths: [(name: String, path: String)]

  /// What stands under `with:`, of the right shape already.
  package init(_ plugin: Plugin, _ with: Node?) {
    var members: [JSON.Member] = []
    var paths: [(name: String, path: String)] = []
    for parameter in plugin.parameters {
      guard let node = with?[parameter.id] ?? parameter.standard else { continue }
      if parameter.kind == .path {
        paths.append((parameter.id, node.text ?? ""))
      } else {
        members.append(JSON.Member(parameter.id, parameter.json(node)))
      }
    }
    (self.members, self.paths) = (members, paths)
  }
}

/// What came of a plugin's run.
package struct PluginResult: Sendable {
  /// Its answer, as it was written.
  package var answer: JSON
  /// A table that the answer names by `file`; nil: it names none.
  package var table: (any Table)?
  /// What was run and how it was held, for the record.
  package var record: [JSON.Member]

  package init(answer: JSON, table: (any Table)? = nil, record: [JSON.Member] = []) {
    (self.answer, self.table, self.record) = (answer, table, record)
  }
}
