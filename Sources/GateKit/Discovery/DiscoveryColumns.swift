import GateCore

/// The columns that slices are cut from, as read.
struct DiscoveryColumns: Sendable {
  package var columns: [SliceColumn] = []
  /// What the candidate takes and no condition can be written on, by name.
  package var leftOut: [String] = []

  /// Numbers that are held at once while columns are cut into codes: 256 MB.
  private static let mostNumbers = 1 << 25

  /// A column to read.
  private struct Wanted: Sendable {
    package let name: String
    package let sql: String
    package let type: ColumnType?
    /// Where it is named; nil: it is one of all.
    package let mark: Mark?
  }

  /// Reads the columns a gate names, else what the candidate takes, else all without a role; throws a `Diagnostic`.
  package init(_ request: DiscoveryRequest, on bench: Workbench) async throws(Diagnostic) {
    let table = try bench.table("holdout")
    var wanted: [Wanted] = []
    for one in try await Self.wanted(request, bench, table) {
      let isEnumeration = one.type?.declared.hasPrefix("ENUM(") ?? false
      if one.type?.kind != .other || isEnumeration {
        wanted.append(one)
        continue
      }
      guard let mark = one.mark else {
        leftOut.append(one.name)
        continue
      }
      throw Diagnostic(
        "'\(one.name)' is \(one.type?.declared ?? "of a type"), which no slice is cut from",
        at: mark, hint: "make a number or a text of it under 'data.derive', or leave it out")
    }
    let together = max(1, Self.mostNumbers / max(1, table.rows))
    for start in stride(from: 0, to: wanted.count, by: together) {
      let group = wanted[start..<min(wanted.count, start + together)]
      let read: [Column]
      do { read = try table.columns(group.map(\.sql)) } catch {
        throw Diagnostic.of(error).at(group.first?.mark ?? request.mark)
      }
      columns += await Array(zip(group, read)).concurrentMap {
        SliceColumn($1, sql: $0.sql, declared: $0.type?.declared)
      }
    }
  }

  private static func wanted(
    _ request: DiscoveryRequest, _ bench: Workbench, _ table: any Table
  ) async throws(Diagnostic) -> [Wanted] {
    let schema = Dictionary(table.schema.map { ($0.name, $0) }) { first, _ in first }
    if !request.columns.isEmpty {
      var wanted: [Wanted] = []
      for (name, mark) in request.columns {
        guard let type = schema[name] else {
          throw Diagnostic(
            "there is no column '\(name)' in \(table.name)", at: mark,
            hint: name.nearest(in: schema.keys.sorted()).map { "did you mean '\($0)'?" }
              ?? "it has: \(table.schema.map(\.name).prefix(40).joined(separator: ", "))")
        }
        wanted.append(Wanted(name: name, sql: name.sqlName, type: type, mark: mark))
      }
      return wanted
    }
    if let model = try await bench.features() {
      return model.features.map { feature in
        let type = schema[feature.name]
        // A comment at its end must not hide what follows.
        let sql = feature.sql.contains("--") ? "(\(feature.sql)\n)" : "(\(feature.sql))"
        return Wanted(
          name: feature.name, sql: type == nil ? sql : feature.name.sqlName, type: type, mark: nil)
      }
    }
    let roles = bench.roles
    let taken = roles.others.union(roles.labels).union([roles.label, roles.id].compactMap(\.self))
    return table.schema.filter { !taken.contains($0.name) }.map {
      Wanted(name: $0.name, sql: $0.name.sqlName, type: $0, mark: nil)
    }
  }
}
