/// Where a table comes from.
package struct TableOrigin: Sendable {
  package var uri: String
  package var format: String?
  package var types: ByName<String>
  package var csv: TextDialect
  package var exclude: [String] = []
  package var partitions = false
  /// The digest that its bytes must have; nil: any.
  package var sha256: Node?
  package var mark: Mark

  /// Takes what it holds.
  package init(
    uri: String, format: String? = nil, types: ByName<String>, csv: TextDialect,
    exclude: [String] = [], partitions: Bool = false, mark: Mark
  ) {
    self.uri = uri
    self.format = format
    self.types = types
    self.csv = csv
    self.exclude = exclude
    self.partitions = partitions
    self.mark = mark
  }

  /// Whether the same bytes give the same table.
  package func isRead(as other: TableOrigin) -> Bool {
    format == other.format && types == other.types && csv == other.csv
      && partitions == other.partitions
  }

  /// Which files of the path are meant.
  package var choice: FileChoice {
    FileChoice(exclude: exclude, format: format, partitions: partitions, hasKeys: true)
  }
}

extension TableOrigin {
  /// Reads what a table's place is.
  package init(_ node: Node, csv: TextDialect) {
    self.init(
      uri: node["path"]?.text ?? "", format: node["format"]?.text, types: Self.types(node),
      csv: csv, exclude: node["exclude"]?.items?.compactMap(\.text) ?? [],
      partitions: node["partitions"]?.boolean ?? false, mark: node["path"]?.mark ?? node.mark)
    sha256 = node["sha256"]
  }

  /// The types of columns that a table or a file of predictions states.
  package static func types(_ node: Node) -> ByName<String> {
    let pairs = node["types"]?.pairs ?? []
    return ByName(pairs.compactMap { pair in pair.value.text.map { (pair.key.text ?? "", $0) } })
  }
}

extension TableOrigin {
  /// Where a table comes from.
  package static let parameters =
    [
      Parameter(
        "path", "A file, glob or folder: csv, parquet or json lines, text also as .gz.", .text,
        required: true)
    ] + reading

  /// How files of rows are read.
  package static let reading = [
    Parameter(
      "sha256",
      "The digest that its bytes must have: of one file its own, of several that of the list of theirs.",
      .text),
    Parameter(
      "format", "What the files are; default: as their names say.",
      .choice(["csv", "parquet", "json"])),
    Parameter(
      "types", "Types of columns, as SQL names them, where the reader's guess is not meant.",
      .map(keys: "column", .text)),
    Parameter("csv", "How delimited text is written.", .record(TextDialect.parameters)),
    Parameter(
      "exclude",
      "Globs of what a folder or glob leaves out: of names, or with a '/' of paths below the folder.",
      .list(.text)),
    Parameter(
      "partitions", "Whether folders such as year=2026/ give columns.", .boolean,
      standard: "false"),
  ]
}
