extension Manifest.Data.Origin {
  /// Reads what a table's place is.
  init(_ node: Node, csv: TextDialect) {
    self.init(
      uri: node["path"]?.text ?? "", format: node["format"]?.text, types: Self.types(node),
      csv: csv, exclude: node["exclude"]?.items?.compactMap(\.text) ?? [],
      partitions: node["partitions"]?.boolean ?? false, mark: node["path"]?.mark ?? node.mark)
  }

  /// The types of columns that a table or a file of predictions states.
  static func types(_ node: Node) -> ByName<String> {
    let pairs = node["types"]?.pairs ?? []
    return ByName(pairs.compactMap { pair in pair.value.text.map { (pair.key.text ?? "", $0) } })
  }
}
