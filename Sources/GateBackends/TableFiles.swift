package import GateCore
import GateSystem
import Glibc

/// A table's files, each hashed, with one digest over them; out of git it is one file.
///
/// One file of delimited text is hashed as it is read, once: its digest is empty until then.
func resolveTable(
  _ uri: String, _ choice: FileChoice, from folder: String, in temporary: TemporaryFolder,
  held: HeldFiles, beside own: [FileSource] = [], pin: String? = nil
) throws(Diagnostic) -> Artifact {
  if scheme(of: uri) != nil || uri.isEmpty {
    if !choice.exclude.isEmpty || choice.partitions {
      throw Diagnostic(
        "'\(uri)' is one file, of which '\(choice.partitions ? "partitions" : "exclude")' says nothing",
        hint: "leave it out, or name a folder of the working tree")
    }
    return try resolve(uri, from: folder, in: temporary, beside: own, sha256: pin)
  }
  let path = absolute(uri, from: folder)
  let (places, leftOut) = try expand(path, choice)
  let isOne = places.count == 1 && status(path)?.isFile == true
  let home = realPath(folder) ?? folder
  var files: [DataFile] = []
  for place in places {
    let name = isOne ? uri : named(place, from: home)
    let format =
      choice.format.map { DataFormat(rawValue: $0.lowercased()) } ?? DataFormat(name: place)
    let file = try hashed(
      place, written: name, name: named(place, from: home),
      partitions: choice.partitions ? try partitions(of: named(place, from: home)) : [],
      isHashedLater: isOne && (format == .csv || format == .tsv)
    ) { format == .parquet ? held.hold($0) : nil }
    try refusePointer(place, written: name, bytes: file.bytes)
    files.append(file)
  }
  if choice.partitions { try refuseUnlike(files, of: uri) }
  let digest =
    isOne
    ? Digest(sha256: files[0].sha256, bytes: files[0].bytes) : try sha256(of: files)
  return Artifact(
    uri: uri, path: isOne ? places[0] : path, sha256: digest.sha256, bytes: digest.bytes,
    files: files, leftOut: leftOut)
}

/// The files of a table that nobody has hashed, with the columns that their folders below `folder` give.
package func dataFiles(
  _ path: String, _ choice: FileChoice, from folder: String
) throws(Diagnostic) -> [DataFile] {
  let home = realPath(folder) ?? folder
  var files: [DataFile] = []
  for place in try expand(path, choice).files {
    var file = DataFile(unhashed: place)
    if choice.partitions { file.partitions = try partitions(of: named(place, from: home)) }
    files.append(file)
  }
  if choice.partitions { try refuseUnlike(files, of: path) }
  return files
}
