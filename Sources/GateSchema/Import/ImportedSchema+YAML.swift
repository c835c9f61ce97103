import GateCore

extension ImportedSchema {
  /// The schema as a file; the same suite gives the same bytes.
  ///
  /// `file`: what the suite is called in the first line.
  package func yaml(from file: String) -> String {
    var members = [SchemaText.Member("version", .plain("1"))]
    if isStrict { members.append(.init("strict", .flag(true))) }
    if isOrdered { members.append(.init("ordered", .flag(true))) }
    if !environments.isEmpty { members.append(.init("environments", .texts(environments))) }
    if !tables.isEmpty {
      members.append(
        .init("tables", .map(tables.map { .init($0.name, .map([.init("path", .text($0.path))])) })))
    }
    if !columns.isEmpty {
      members.append(
        .init("columns", .map(columns.map { .init($0.name, $0.text(among: environments)) })))
    }
    let (keyed, listed) = Self.split(checks)
    if !keyed.isEmpty { members.append(.init("table", .map(keyed))) }
    if !listed.isEmpty { members.append(.init("checks", .list(listed))) }
    return "# Made by 'gatewright schema import' of \(file.visible), a suite of \(tool.visible).\n"
      + missing + SchemaText.map(members).yaml
  }

  /// What of the suite is not in it, as comments: who reads the file is to know it, too.
  private var missing: String {
    guard !leftOver.isEmpty else { return "" }
    let lines = leftOver.map { gap in
      let place = gap.location.map { "\($0.line):\($0.column): " } ?? ""
      return "#   \(place)\(gap.message.visible)\n"
    }
    return "# \(leftOver.count.counted("part")) of the suite could not be imported, by line:\n"
      + lines.joined()
  }

  /// Checks of which there is one a kind, by their kind, and the others as a list.
  fileprivate static func split(
    _ checks: [ImportedCheck]
  ) -> (keyed: [SchemaText.Member], listed: [SchemaText]) {
    (
      checks.filter { $0.name == $0.check }.map { .init($0.check, .map($0.body)) },
      checks.filter { $0.name != $0.check }.map { check in
        .map(
          [.init("check", .text(check.check)), .init("id", .text(check.name))] + check.body)
      }
    )
  }
}

extension ImportedColumn {
  /// What stands under the column's name; `all`: the environments of the schema.
  fileprivate func text(among all: [String]) -> SchemaText {
    let (keyed, listed) = ImportedSchema.split(checks)
    var members: [SchemaText.Member] = []
    if presence != .required || checks.isEmpty {
      members.append(.init("presence", .text(presence.rawValue)))
    }
    if let deprecated { members.append(.init("deprecated", .text(deprecated))) }
    if let environments {
      members.append(
        environments.isEmpty
          ? .init("not_in", .texts(all)) : .init("environments", .texts(environments)))
    }
    members += keyed
    if !listed.isEmpty { members.append(.init("checks", .list(listed))) }
    return .map(members)
  }
}

extension ImportedCheck {
  /// Parameters, whether it blocks, and where it comes from.
  fileprivate var body: [SchemaText.Member] {
    parameters + (isBlocking ? [] : [.init("blocking", .flag(false))])
      + [.init("meta", .map(meta.map { .init($0.key, .text($0.value)) }))]
  }
}
