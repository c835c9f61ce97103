package import GateCore

extension Report {
  /// Reads a stored record; what it holds may have been written by anybody, so nothing in it is trusted.
  ///
  /// Throws a `Diagnostic` that names the key: another schema version, a key that is missing, unknown or of the
  /// wrong kind, or a verdict of `passed` that its own checks do not bear out.
  package init(json: JSON) throws(Diagnostic) {
    let version = try Field(json, "the report").object["schema"]?.string() ?? "nothing"
    guard version == Self.schema else {
      throw Diagnostic(
        "'schema' is '\(version.prefix(60))', wanted '\(Self.schema)'",
        hint: "render the report with the version of gatewright that wrote it")
    }
    let fields = try Field(json, "the report").fields([
      "schema", "tool", "verdict", "exit_code", "manifest", "models", "data", "checks",
      "error_control", "timings",
    ])
    var models: [Role: ModelRecord] = [:]
    for (name, field) in try fields("models").object {
      models[try field.word(name, as: Role.self)] = try ModelRecord(field)
    }
    var data: [String: DataRecord] = [:]
    for (name, field) in try fields("data").object { data[name] = try DataRecord(field) }
    self.init(
      tool: try Tool(fields("tool")), verdict: try fields("verdict").choice(),
      manifest: try ManifestRecord(fields("manifest")), models: models, data: data,
      checks: try fields("checks").items { field throws(Diagnostic) in try Check(field) },
      multipleTesting: try fields.optional("error_control") { field throws(Diagnostic) in
        try field.items { field throws(Diagnostic) in try MultipleTestingReport(field) }
      } ?? [],
      timings: try fields.optional("timings") { field throws(Diagnostic) in try Timings(field) })
    exitCode = try Int32(clamping: fields("exit_code").integer())
    try confirm()
  }

  /// A record says `passed` only when its checks and its exit code say so.
  private func confirm() throws(Diagnostic) {
    let judged = Verdict(of: checks)
    guard (verdict == .passed) == (exitCode == 0), verdict != .passed || judged == .passed else {
      throw Diagnostic(
        "'verdict' is '\(verdict.rawValue)' with 'exit_code' \(exitCode), but the checks come to "
          + "'\(judged.rawValue)'",
        hint: "the report was changed after it was written; run the check again")
    }
  }
}

extension Report.Tool {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields(["name", "version"])
    self.init(name: try fields("name").string(), version: try fields("version").string())
  }
}

extension Report.ManifestRecord {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields(["name", "path", "sha256", "source", "files"])
    let source = try fields("source").fields(["kind", "commit", "dirty"])
    self.init(
      name: try fields("name").string(), path: try fields("path").string(),
      sha256: try fields("sha256").string(),
      source: Source(
        kind: try source("kind").string(),
        commit: try source.optional("commit") { field throws(Diagnostic) in try field.string() },
        dirty: try source.optional("dirty") { field throws(Diagnostic) in try field.boolean() }),
      files: try fields.optional("files") { field throws(Diagnostic) in
        try field.items { field throws(Diagnostic) in try Report.DataRecord.File(field) }
      } ?? [])
  }
}

extension Report.ModelRecord {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields(["uri", "sha256", "bytes", "runtime", "provenance", "scoring"])
    let provenance = try fields("provenance").dictionary { field throws(Diagnostic) in
      try field.string()
    }
    self.init(
      uri: try fields("uri").string(),
      sha256: try fields.optional("sha256") { field throws(Diagnostic) in try field.string() },
      bytes: try fields.optional("bytes") { field throws(Diagnostic) in try field.integer() },
      runtime: try fields.optional("runtime") { field throws(Diagnostic) in
        try Report.Tool(field)
      },
      provenance: provenance,
      scoring: try fields.optional("scoring") { field throws(Diagnostic) in
        try field.dictionary { field throws(Diagnostic) in try field.string() }
      } ?? [:])
  }
}

extension Report.DataRecord {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields(["uri", "sha256", "rows", "columns", "left_out", "files"])
    self.init(
      uri: try fields("uri").string(),
      sha256: try fields.optional("sha256") { field throws(Diagnostic) in try field.string() },
      rows: try fields.optional("rows") { field throws(Diagnostic) in try field.integer() },
      columns: try fields.optional("columns") { field throws(Diagnostic) in try field.integer() },
      files: try fields.optional("files") { field throws(Diagnostic) in
        try field.items { field throws(Diagnostic) in try File(field) }
      },
      leftOut: try fields.optional("left_out") { field throws(Diagnostic) in try field.integer() })
  }
}

extension Report.DataRecord.File {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields(["path", "bytes", "sha256"])
    self.init(
      path: try fields("path").string(), bytes: try fields("bytes").integer(),
      sha256: try fields("sha256").string())
  }
}

extension Report.Timings {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields(["started", "seconds", "gates"])
    func steps(_ field: Field, _ name: String) throws(Diagnostic) -> [Step] {
      try field.items { field throws(Diagnostic) in
        let step = try field.fields([name, "seconds"])
        return Step(step: try step(name).string(), seconds: try step("seconds").number())
      }
    }
    self.init(
      started: try fields("started").string(), seconds: try steps(fields("seconds"), "step"),
      gates: try fields.optional("gates") { field throws(Diagnostic) in try steps(field, "gate") }
        ?? [])
  }
}

extension MultipleTestingReport {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields(["family", "method", "tests"])
    self.init(
      family: try fields("family").string(), method: try fields("method").choice(),
      tests: try fields("tests").items { field throws(Diagnostic) in try Test(field) })
  }
}

extension MultipleTestingReport.Test {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields([
      "check", "limit", "statement", "p_value", "adjusted_p_value", "level", "decided",
    ])
    self.init(
      check: try fields("check").string(), limit: try fields("limit").string(),
      statement: try fields("statement").choice(), pValue: try fields("p_value").number(),
      adjustedPValue: try fields("adjusted_p_value").number(),
      level: try fields("level").number(), isDecided: try fields("decided").boolean())
  }
}

extension Check {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields([
      "id", "gate", "outcome", "blocking", "message", "metric", "model", "slice", "value",
      "champion", "difference", "n", "interval", "limit", "location", "evidence",
    ])
    self.init(
      id: try fields("id").string(), gate: try fields("gate").string(),
      outcome: try fields("outcome").choice(), blocking: try fields("blocking").boolean(),
      message: try fields("message").string())
    metric = try fields.optional("metric") { field throws(Diagnostic) in try field.string() }
    model = try fields.optional("model") { field throws(Diagnostic) in try field.choice() }
    slice = try fields.optional("slice") { field throws(Diagnostic) in
      try field.dictionary { field throws(Diagnostic) in
        field.json == .null ? nil : try field.string()
      }
    }
    value = try fields.optional("value") { field throws(Diagnostic) in try field.number() }
    champion = try fields.optional("champion") { field throws(Diagnostic) in try field.number() }
    difference = try fields.optional("difference") { field throws(Diagnostic) in
      try field.number()
    }
    n = try fields.optional("n") { field throws(Diagnostic) in try field.integer() }
    interval = try fields.optional("interval") { field throws(Diagnostic) in
      try ConfidenceInterval(field)
    }
    limit = try fields.optional("limit") { field throws(Diagnostic) in
      let limits = try field.dictionary { field throws(Diagnostic) in try field.number() }
      return Dictionary(uniqueKeysWithValues: limits.map { (LimitName($0), $1) })
    }
    location = try fields.optional("location") { field throws(Diagnostic) in try Location(field) }
    evidence = try fields("evidence").dictionary { field in field.json }
  }
}

extension ConfidenceInterval {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields(["low", "high", "level", "method", "of"])
    self.init(
      low: try fields("low").number(), high: try fields("high").number(),
      level: try fields("level").number(), method: try fields("method").string())
    of = try fields.optional("of") { field throws(Diagnostic) in try field.choice() } ?? .value
  }
}

extension Location {
  /// Reads it from its place in the record.
  fileprivate init(_ field: Field) throws(Diagnostic) {
    let fields = try field.fields(["file", "line", "column"])
    self.init(
      file: try fields("file").string(), line: try fields("line").integer(),
      column: try fields("column").integer())
  }
}
