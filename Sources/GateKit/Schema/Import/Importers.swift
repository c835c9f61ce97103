/// A tool whose suites can be read.
public struct Importer: Sendable, Identifiable {
  /// What `--from` calls it.
  public let id: String
  /// Its name.
  public let name: String
  /// Whether a suite is its.
  let recognises: @Sendable (ImportSource) -> Bool
  /// Reads a suite; throws where it is not the tool's at all.
  let read: @Sendable (ImportSource) throws(Diagnostics) -> ImportedSchema
}

/// A suite of another tool as it was found.
public struct ImportSource: Sendable {
  /// The file's name as messages call it.
  public var name: String
  /// Its text.
  public var text: String
  /// The text as JSON or YAML; nil: it is neither.
  public var root: Node?
  /// Where tables that the suite names are: name and path.
  public var tables: [(name: String, path: String)]

  /// A file, and where the tables it names are.
  public init(
    name: String, text: String, root: Node?, tables: [(name: String, path: String)] = []
  ) {
    self.name = name
    self.text = text
    self.root = root
    self.tables = tables
  }

  /// A table that a check looks into must have been told.
  func known(_ table: String, at mark: Mark?) throws(ImportGap) {
    if tables.contains(where: { $0.name == table }) { return }
    throw ImportGap(
      "it looks into the table '\(table)', and the suite does not say where that is", at: mark,
      hint: "give '--table \(table)=PATH'")
  }
}

/// Every tool whose suites can be read; a new one is a line here.
public enum Importers {
  /// In the order in which a suite is looked at.
  public static let all: [Importer] = [greatExpectations, sageMaker, tfdv, pandera, soda]

  /// Whether a text is neither JSON nor YAML, as `tool` or its content says.
  public static func isProtoText(_ source: ImportSource, tool: String?) -> Bool {
    tool.map { $0 == tfdv.id } ?? tfdv.recognises(source)
  }

  /// Reads a suite; `tool`: whose it is, nil: from its content.
  ///
  /// Throws every mistake that keeps the whole from being read.
  public static func read(
    _ source: ImportSource, from tool: String? = nil
  ) throws(Diagnostics) -> ImportedSchema {
    let names = all.map(\.id).joined(separator: ", ")
    let found = all.first { tool.map($0.id.elementsEqual) ?? $0.recognises(source) }
    guard let found else {
      throw Diagnostics([
        tool == nil
          ? Diagnostic(
            "'\(source.name)' is no suite of a tool that is known", at: source.root?.mark,
            hint: "say whose it is by '--from': \(names)")
          : Diagnostic("unknown tool '\(tool ?? "")'", hint: "known: \(names)")
      ])
    }
    var schema = try found.read(source)
    schema.tables = source.tables
    if schema.count == 0, schema.columns.isEmpty {
      throw Diagnostics(
        schema.leftOver.isEmpty
          ? [Diagnostic("'\(source.name)' asks for nothing", at: source.root?.mark)]
          : schema.leftOver)
    }
    return schema
  }
}
