package import GateCore
package import GateKit
import GateModels
package import GateSystem
import GateTables
import Glibc

extension World {
  /// What there is: every runtime and every source.
  package static let live = World(
    runtimes: Runtimes.all.map(\.id),
    schemes: FileSources.all.compactMap(\.scheme),
    addresses: FileSources.all.filter { $0.scheme != nil }.map(\.form))
}

extension Backends {
  /// The world itself: files and git from `folder` (the manifest's), tables by DuckDB, models in worker processes of
  /// `executable`.
  package static func live(
    folder: String, temporary: TemporaryFolder, executable: String,
    for manifest: Manifest? = nil
  ) -> Backends {
    let held = HeldFiles()
    let host = PluginHost(
      folder: folder, temporary: temporary, executable: executable,
      policy: manifest?.plugins ?? PluginPolicy())
    let pins = manifest?.pins ?? [:]
    let own = (manifest?.sources ?? [:]).map { FileSource.plugin($0.key, $0.value, host) }
    var backends = Backends(
      resolve: { uri, kind in
        switch kind {
        case .model:
          try GateBackends.resolve(uri, from: folder, in: temporary, beside: own, sha256: pins[uri])
        case .table(let choice):
          try resolveTable(
            uri, choice, from: folder, in: temporary, held: held, beside: own, pin: pins[uri])
        }
      },
      open: { try openTables($0, $1, from: folder, in: temporary) },
      score: { model, holdout in
        if let use = model.plugin { return try host.score(model, rows: holdout, use) }
        return try GateModels.score(
          model, rows: holdout, executable: executable, temporary: temporary.path)
      },
      read: { source, database in try readPredictions(source, in: database) },
      describe: { model, table in
        if model.plugin != nil { return PluginHost.features(model, of: table) }
        return try GateModels.describe(
          model, rows: table, executable: executable, temporary: temporary.path)
      },
      trainDomainClassifier: {
        try GateModels.trainDomainClassifier($0, executable: executable, temporary: temporary.path)
      },
      hash: { file in try GateSystem.hash(file) },
      confirm: { file in try GateSystem.confirm(file) },
      clock: { Double(Subprocess.now) * 1e-9 }, now: utcNow)
    backends.scoreEach = scoring(executable, temporary, host)
    backends.time = {
      try timeModels($0, $1, of: $2, executable: executable, temporary: temporary.path)
    }
    backends.runPlugin = { call, progress in try host.telling(progress).run(call) }
    return backends
  }
}

/// Scores several runs of a model in one process, or by its plugin.
private func scoring(
  _ executable: String, _ temporary: TemporaryFolder, _ host: PluginHost
) -> @Sendable (ModelSource, [ModelRun], (Int, Predictions) throws -> Void) throws -> Void {
  { model, runs, take in
    guard let use = model.plugin else {
      return try GateModels.scoreEach(
        model, runs, executable: executable, temporary: temporary.path, take)
    }
    for (place, run) in runs.enumerated() { try take(place, try host.score(model, run, use)) }
  }
}

/// Opens tables with what the engine may use.
private func openTables(
  _ sources: [TableSource], _ resources: Resources, from folder: String,
  in temporary: TemporaryFolder
) throws -> DuckDBDatabase {
  let resources = try resources.spilling(from: folder)
  Machine.bound(memory: resources.engineMemory)
  return try DuckDBDatabase.open(
    sources, files: Dictionary(sources.map { ($0.name, $0.files) }) { first, _ in first },
    resources: resources, temporary: temporary.path, giveUp: giveUp)
}

extension Resources {
  /// The same with the place of the folder for what does not fit in memory; throws where nothing can be written there.
  fileprivate func spilling(from folder: String) throws(Diagnostic) -> Resources {
    guard let spill else { return self }
    guard let real = realPath(absolute(spill, from: folder)), status(real)?.isFolder == true,
      access(real, W_OK | X_OK) == 0
    else {
      throw Diagnostic(
        "'limits.spill' is '\(spill)', which is no folder that can be written to",
        hint: "name a folder that is there, with room for what does not fit in memory")
    }
    var resources = self
    resources.spill = real
    return resources
  }
}

/// Ends the program at once for a temporary cause: what runs over its time cannot be stopped in any other way.
@Sendable private func giveUp(_ reason: Diagnostic) {
  Subprocess.killAll()
  TemporaryFolder.removeAll()
  var text = reason.rendered + "\n"
  _ = text.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  _exit(75)
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
