package import GateCore

/// A tool whose suites can be read.
package struct Importer: Sendable, Identifiable {
  /// What `--from` calls it.
  package let id: String
  /// Its name.
  package let name: String
  /// Whether a suite is its.
  let recognises: @Sendable (ImportSource) -> Bool
  /// The tables that one file has checks for, where it may have several; empty: a suite is of one.
  let datasets: @Sendable (ImportSource) -> [String]
  /// Reads a suite; throws where it is not the tool's at all.
  package let read: @Sendable (ImportSource) throws(Diagnostics) -> ImportedSchema

  /// A tool whose suites are told from others and read so.
  package init(
    id: String, name: String, recognises: @escaping @Sendable (ImportSource) -> Bool,
    datasets: @escaping @Sendable (ImportSource) -> [String] = { _ in [] },
    read: @escaping @Sendable (ImportSource) throws(Diagnostics) -> ImportedSchema
  ) {
    self.id = id
    self.name = name
    self.recognises = recognises
    self.datasets = datasets
    self.read = read
  }
}

/// A suite of another tool as it was found.
package struct ImportSource: Sendable {
  /// The file's name as messages call it.
  package var name: String
  /// Its text.
  package var text: String
  /// The text as JSON or YAML; nil: it is neither.
  package var root: Node?
  /// Where tables that the suite names are: name and path.
  package var tables: [(name: String, path: String)]
  /// Which of the file's tables is read, where it has checks for several; nil: the first.
  package var dataset: String?

  /// A file, and where the tables it names are.
  package init(
    name: String, text: String, root: Node?, tables: [(name: String, path: String)] = []
  ) {
    self.name = name
    self.text = text
    self.root = root
    self.tables = tables
  }

  /// A table that a check looks into must have been told.
  package func known(_ table: String, at mark: Mark?) throws(ImportGap) {
    if tables.contains(where: { $0.name == table }) { return }
    throw ImportGap(
      "it looks into the table '\(table)', and the suite does not say where that is", at: mark,
      hint: "give '--table \(table)=PATH'")
  }
}

/// Every tool whose suites can be read; a new one is a line here.
package enum Importers {
  /// In the order in which a suite is looked at.
  package static let all: [Importer] = [
    greatExpectations, sageMaker, tfdv, pandera, soda, sodaContract,
  ]

  /// Whether a text is neither JSON nor YAML, as `tool` or its content says.
  package static func isProtoText(_ source: ImportSource, tool: String?) -> Bool {
    tool.map { $0 == tfdv.id } ?? tfdv.recognises(source)
  }

  /// Reads a suite; `tool`: whose it is, nil: from its content.
  ///
  /// Throws every mistake that keeps the whole from being read.
  package static func read(
    _ source: ImportSource, from tool: String? = nil
  ) throws(Diagnostics) -> ImportedSchema {
    let importer = try importer(of: source, tool)
    let schema = try read(source, by: importer)
    if schema.isEmpty { throw Diagnostics(schema.nothing(in: source)) }
    return schema
  }

  /// Reads a suite as one schema for each table it is of; the name is nil where a suite is of one.
  ///
  /// Where `source.dataset` is one of them, that alone. Throws every mistake that keeps the whole from being read.
  package static func readAll(
    _ source: ImportSource, from tool: String? = nil
  ) throws(Diagnostics) -> [(dataset: String?, schema: ImportedSchema)] {
    let importer = try importer(of: source, tool)
    let names = importer.datasets(source)
    if let wanted = source.dataset, !names.contains(wanted) {
      throw Diagnostics([
        Diagnostic(
          "'\(source.name)' has no checks for '\(wanted)'",
          hint: names.isEmpty
            ? "a suite of \(importer.name) is of one table; leave '--dataset' out"
            : "it has: \(names.joined(separator: ", "))")
      ])
    }
    guard names.count > 1, source.dataset == nil else {
      return [(source.dataset, try read(source, from: tool))]
    }
    var all: [(dataset: String?, schema: ImportedSchema)] = []
    for name in names {
      var one = source
      one.dataset = name
      all.append((name, try read(one, by: importer)))
    }
    if all.allSatisfy(\.schema.isEmpty) {
      throw Diagnostics(all.flatMap { $0.schema.nothing(in: source) })
    }
    return all
  }

  /// Whose a suite is.
  private static func importer(
    of source: ImportSource, _ tool: String?
  ) throws(Diagnostics) -> Importer {
    let names = all.map(\.id).joined(separator: ", ")
    if let found = all.first(where: { tool.map($0.id.elementsEqual) ?? $0.recognises(source) }) {
      return found
    }
    throw Diagnostics([
      tool == nil
        ? Diagnostic(
          "'\(source.name)' is no suite of a tool that is known", at: source.root?.mark,
          hint: "say whose it is by '--from': \(names)")
        : Diagnostic("unknown tool '\(tool ?? "")'", hint: "known: \(names)")
    ])
  }

  private static func read(
    _ source: ImportSource, by importer: Importer
  ) throws(Diagnostics) -> ImportedSchema {
    var schema = try importer.read(source)
    schema.tables = source.tables
    return schema
  }
}

extension ImportedSchema {
  /// Whether nothing came of a suite.
  package var isEmpty: Bool { count == 0 && columns.isEmpty }

  /// Why nothing came of it.
  fileprivate func nothing(in source: ImportSource) -> [Diagnostic] {
    if !leftOver.isEmpty || !remarks.isEmpty { return leftOver + remarks }
    return [Diagnostic("'\(source.name)' asks for nothing", at: source.root?.mark)]
  }
}
