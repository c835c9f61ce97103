import GateBackends
import GateCore
import GateKit
import GateModels
import GateSystem
import GateTables
import GateYAML

/// What there is.
extension Start {
  /// Looks at all files, those that were named first; what cannot be read is noted with its reason, and what was named
  /// and cannot be read is thrown.
  func look(_ unused: inout [(path: String, reason: String)]) throws -> Findings {
    let survey = Survey(of: folder)
    let said = [wishes.data, wishes.candidate, wishes.champion].compactMap(\.self)
    let (paths, models) = paths(survey, said)
    let tables = try tables(at: paths, survey, said, &unused)
    unused += survey.others.filter { !said.contains($0.path) }
    let notes = Notes(of: folder)
    let found = try self.models(at: models, said, notes, &unused)
    let name = folder.split(separator: "/").last.map(String.init) ?? "model"
    var findings = Findings(tables: tables, models: found, wishes: wishes, name: name)
    findings.derive = notes.columns
    return findings
  }

  /// Where tables and models are, those that were named first.
  private func paths(_ survey: Survey, _ said: [String]) -> (tables: [String], models: [String]) {
    let places = Set(said.map { absolute($0, from: folder) })
    func isOther(_ path: String) -> Bool { !places.contains(absolute(path, from: folder)) }
    var paths = survey.tables.filter(isOther)
    var models = survey.models.filter(isOther)
    for path in said where !paths.contains(path) && !models.contains(path) {
      // What names a model by its content or its address is one, whatever its name.
      let isModel =
        path != wishes.data
        && (FileSources.isAddress(path)
          || (try? Runtimes.detect(path: absolute(path, from: folder), uri: path)) != nil)
      if isModel { models.insert(path, at: 0) } else { paths.insert(path, at: 0) }
    }
    return (paths, models)
  }

  /// The tables that can be read.
  private func tables(
    at paths: [String], _ survey: Survey, _ said: [String],
    _ unused: inout [(path: String, reason: String)]
  ) throws -> [FoundTable] {
    var tables: [FoundTable] = []
    var dialects: [TextDialect] = []
    var undecided: [String] = []
    for path in paths {
      do {
        let (table, looked) = try open(path, partitioned: survey.partitioned)
        tables.append(table)
        if looked.doubt == nil { dialects.append(looked.dialect) } else { undecided.append(path) }
      } catch {
        if said.contains(path) { throw error }
        unused.append((path, Self.reason(error)))
      }
    }
    // What one file does not tell the files beside it may.
    for path in undecided {
      guard let place = tables.firstIndex(where: { $0.path == path }) else { continue }
      tables[place] = try open(path, beside: dialects, partitioned: survey.partitioned).table
    }
    return tables
  }

  /// The models that can be opened.
  private func models(
    at models: [String], _ said: [String], _ notes: Notes,
    _ unused: inout [(path: String, reason: String)]
  ) throws -> [FoundModel] {
    var found: [FoundModel] = []
    for path in models.prefix(Self.mostModels) {
      do {
        var model = try FoundModel(
          lookingAt: path, from: folder, temporary: temporary,
          executable: try SignalHandling.executable())
        model.derive = notes.derive[path] ?? []
        found.append(model)
      } catch {
        if said.contains(path) { throw error }
        unused.append((path, Self.reason(error)))
      }
    }
    return found
  }

  /// What an error says.
  private static func reason(_ error: any Error) -> String {
    let said =
      switch error {
      case let many as Diagnostics: many.all.first?.sentence ?? "\(error)"
      case let one as Diagnostic: one.sentence
      default: "\(error)"
      }
    // The name that the table has while it is looked at.
    return said.hasPrefix("found: ") ? String(said.dropFirst(7)) : said
  }

  private func open(
    _ path: String, beside neighbours: [TextDialect] = [], partitioned: Set<String>
  ) throws -> (table: FoundTable, looked: LookedAtTable) {
    let source = TableSource(name: "found", path: absolute(path, from: folder))
    let hasPartitions = partitioned.contains(path)
    let files = try dataFiles(
      source.path, FileChoice(partitions: hasPartitions), from: folder)
    let looked = try LookedAtTable(
      finding: source, files: files, resources: Resources(), temporary: temporary.path,
      neighbours: neighbours)
    let table = try FoundTable(
      looked.table, path: path, csv: looked.dialect, doubt: looked.doubt,
      hasPartitions: hasPartitions)
    return (table, looked)
  }

  /// What manifests of the folder say of columns and of models' inputs.
  private struct Notes {
    /// Columns of every table, of the first manifest that makes some.
    var columns: [(name: String, sql: String)] = []
    /// Inputs of a model, by its path.
    var derive: [String: [(name: String, sql: String)]] = [:]

    init(of folder: String) {
      for file in Survey.manifests(of: folder) {
        guard let bytes = try? readFile(absolute(file, from: folder), limit: 1 << 20),
          let node = try? parseYAML(bytes, name: file), node["gates"] != nil
        else { continue }
        if columns.isEmpty { columns = Self.pairs(node["data"]?["derive"]) }
        for role in Role.allCases {
          guard let model = node["models"]?[role.rawValue], let from = model["from"]?.text,
            derive[from] == nil
          else { continue }
          derive[from] = Self.pairs(model["derive"])
        }
      }
    }

    private static func pairs(_ node: Node?) -> [(name: String, sql: String)] {
      (node?.pairs ?? []).compactMap { pair in
        guard let name = pair.key.text, let sql = pair.value.text else { return nil }
        return (name, sql)
      }
    }
  }
}
