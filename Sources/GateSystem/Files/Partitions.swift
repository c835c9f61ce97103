package import GateCore

/// What Hive writes for a value that is missing.
private let missingValue = "__HIVE_DEFAULT_PARTITION__"

/// The columns that the folders of a file give: each folder named `name=value`, percent signs decoded.
package func partitions(of path: String) throws(Diagnostic) -> [DataFile.Partition] {
  var found: [DataFile.Partition] = []
  for folder in path.split(separator: "/").dropLast() {
    let parts = folder.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { continue }
    let name = decoded(parts[0])
    guard !found.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
      throw Diagnostic(
        "two folders of '\(path)' give the column '\(name)'", hint: "rename one of them")
    }
    let value = parts[1] == missingValue ? nil : decoded(parts[1])
    found.append(DataFile.Partition(name: name, value: value))
  }
  return found
}

/// Refuses files whose folders do not all give the same columns, or none.
package func refuseUnlike(_ files: [DataFile], of uri: String) throws(Diagnostic) {
  guard let first = files.first else { return }
  guard !first.partitions.isEmpty else {
    throw Diagnostic(
      "'\(uri)' has 'partitions: true', and no folder of '\(first.name)' is named as in 'year=2026'",
      hint: "name the folder above the first such folder, or remove 'partitions'")
  }
  for file in files where file.partitions.map(\.name) != first.partitions.map(\.name) {
    let (here, there) = (file, first)
    throw Diagnostic(
      "the folders of '\(here.name)' give \(here.columns), and those of '\(there.name)' "
        + there.columns,
      hint: "every file of a table must stand in folders of the same names")
  }
}

/// What stands in a table for each file's value of a partition column: whole numbers where all are, else texts.
///
/// A value is a whole number as integers are written, without a sign of plus and without zeros before it, so that
/// `01` stays what it is.
package func partitionValues(_ files: [DataFile], at place: Int) -> (
  type: String, values: [String?]
) {
  let values = files.map { $0.partitions[place].value }
  let isWhole = values.allSatisfy {
    $0.map { text in Int64(text).map { "\($0)" == text } ?? false } ?? true
  }
  let hasValue = values.contains { $0 != nil }
  return (isWhole && hasValue ? "BIGINT" : "VARCHAR", values)
}

extension DataFile {
  /// The columns of its folders in words.
  fileprivate var columns: String {
    partitions.isEmpty ? "none" : partitions.map { "'\($0.name)'" }.joined(separator: ", ")
  }
}

/// A folder's name with `%20` and the like as what they stand for.
private func decoded(_ text: Substring) -> String {
  var bytes: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.first {
    let digits = rest.dropFirst().prefix(2)
    if byte == UInt8(ascii: "%"), digits.count == 2,
      digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }),
      let code = UInt8(String(Substring(digits)), radix: 16)
    {
      bytes.append(code)
      rest = rest.dropFirst(3)
    } else {
      bytes.append(byte)
      rest = rest.dropFirst()
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
