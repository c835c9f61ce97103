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
  /// The rows that are handed over, a file each.
  package var handed: [Handed] = []
  /// The models' files.
  package var models: [(role: Role, artifact: Artifact)] = []

  /// Rows that are handed over as a file.
  package struct Handed: Sendable {
    /// Under which key of the request its path stands.
    package enum Group: String, Sendable, CaseIterable { case tables, predictions }
    /// Where its rows come from.
    package enum Rows: Sendable {
      /// Columns of a table by their names, as SQL over its rows.
      case table(any Table, [(name: String, sql: String)])
      case columns([Column])
    }
    package let group: Group
    package let name: String
    package let rows: Rows

    package init(_ group: Group, _ name: String, _ rows: Rows) {
      (self.group, self.name, self.rows) = (group, name, rows)
    }

    /// A table as it is.
    package init(_ table: any Table, as name: String) {
      self.init(.tables, name, .table(table, table.schema.map { ($0.name, $0.name.sqlName) }))
    }
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
  /// The file itself, which stays until the run ends; nil: the answer names none.
  package var file: String?
  /// What was run and how it was held, for the record.
  package var record: [JSON.Member]
  /// The end of what it wrote, made harmless.
  package var log = ""
  /// The most bytes of memory that it had at once; nil: it was not seen.
  package var peakMemory: Int?

  package init(answer: JSON, table: (any Table)? = nil, record: [JSON.Member] = []) {
    (self.answer, self.table, self.record) = (answer, table, record)
  }
}
