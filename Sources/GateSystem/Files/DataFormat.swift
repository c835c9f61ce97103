/// What rows are kept in, by the end of a file's name.
package enum DataFormat: String, CaseIterable {
  case csv, tsv, parquet
  case json = "json lines"

  /// How names of files end that can be read, for hints.
  package static let endings = ".csv, .tsv, .parquet, .jsonl, .ndjson or .json (text also .gz)"

  /// The format that a file's name says; nil when it says none that is known.
  package init?(name: String) {
    let lower = name.lowercased()
    let isZipped = lower.hasSuffix(".gz")
    let plain = isZipped ? String(lower.dropLast(3)) : lower
    let known: [(String, DataFormat)] = [
      (".csv", .csv), (".tsv", .tsv), (".jsonl", .json), (".ndjson", .json), (".json", .json),
      (".parquet", .parquet), (".parq", .parquet), (".pq", .parquet),
    ]
    guard let found = known.first(where: { plain.hasSuffix($0.0) })?.1,
      !(isZipped && found == .parquet)
    else { return nil }
    self = found
  }
}
