public import GateKit
import Glibc

extension Backends {
  /// The world itself: files and git from `folder` (the manifest's), tables by DuckDB, models in worker processes of
  /// `executable`.
  public static func live(
    folder: String, temporary: TemporaryFolder, executable: String
  ) -> Backends {
    Backends(
      resolve: { uri, kind in
        switch kind {
        case .model: try GateBackends.resolve(uri, from: folder, in: temporary)
        case .table: try resolveTable(uri, from: folder, in: temporary)
        }
      },
      open: { sources, resources in
        var files: [String: [String]] = [:]
        for source in sources { files[source.name] = try expand(source.path) }
        var resources = resources
        if let spill = resources.spill {
          let path = absolute(spill, from: folder)
          guard let real = realPath(path), access(real, W_OK) == 0 else {
            throw Diagnostic(
              "'limits.spill' is '\(spill)', which is no folder that can be written to")
          }
          resources.spill = real
        }
        return try DuckDBDatabase.open(
          sources, files: files, resources: resources, temporary: temporary.path)
      },
      score: { model, holdout in
        try GateBackends.score(
          model, rows: holdout, executable: executable, temporary: temporary.path)
      },
      read: { source, database in try readPredictions(source, in: database) },
      describe: { model, table in
        try GateBackends.describe(
          model, rows: table, executable: executable, temporary: temporary.path)
      },
      separate: { request in
        try GateBackends.separate(request, executable: executable, temporary: temporary.path)
      },
      clock: {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
      },
      now: utcNow)
  }
}

/// A table's files with one digest over them; out of git it is one file.
private func resolveTable(
  _ uri: String, from folder: String, in temporary: TemporaryFolder
) throws(Diagnostic) -> Artifact {
  if uri.hasPrefix("git:") { return try resolve(uri, from: folder, in: temporary) }
  let path = absolute(uri, from: folder)
  let files = try expand(path)
  if files.count == 1, realPath(path) == files[0] {
    return try resolve(uri, from: folder, in: temporary)
  }
  for file in files {
    try refusePointer(file, written: fileName(of: file), bytes: Int(status(file)?.st_size ?? 0))
  }
  let digest = try sha256(files: files, from: realPath(folder) ?? folder)
  return Artifact(uri: uri, path: path, sha256: digest.sha256, bytes: digest.bytes)
}

/// Now in UTC, as `2026-11-20T10:41:10Z`.
private func utcNow() -> String {
  var seconds = time(nil)
  var parts = tm()
  gmtime_r(&seconds, &parts)
  var text = [CChar](repeating: 0, count: 32)
  let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
  return String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
}
