package import GateCore

extension Reporter {
  /// The record of a run.
  package static let json = Reporter(
    "json", summary: "The record: everything that was judged, at full precision.",
    fileExtension: "json", marks: ["{\n  \"schema\": \"gatewright/report@"]
  ) { $0.json.text }
}

extension Report {
  /// The record as a JSON value; keys stand in the contract's order, dictionaries in a fixed one.
  package var json: JSON {
    var members: [JSON.Member] = [
      JSON.Member("schema", .string(Self.schema)),
      JSON.Member("tool", tool.json),
      JSON.Member("verdict", .string(verdict.rawValue)),
      JSON.Member("exit_code", .integer(Int(exitCode))),
      JSON.Member("manifest", manifest.json),
      JSON.Member(
        "models",
        .object(
          Role.allCases.compactMap { role in
            models[role].map { JSON.Member(role.rawValue, $0.json) }
          })),
      JSON.Member("data", .ordered(data, first: Self.tables) { $0.json }),
      JSON.Member("checks", .array(checks.map(\.json))),
    ]
    if !multipleTesting.isEmpty {
      members.append(JSON.Member("error_control", .array(multipleTesting.map(\.json))))
    }
    if let timings { members.append(JSON.Member("timings", timings.json)) }
    return .object(members)
  }

  /// The tables a manifest names, in the report's order.
  package static let tables = ["holdout", "reference", "current"]
}

extension Report.Tool {
  /// As it stands in the record.
  package var json: JSON { ["name": .string(name), "version": .string(version)] }
}

extension Report.ManifestRecord {
  /// As it stands in the record.
  package var json: JSON {
    var members = [
      JSON.Member("name", .string(name)), JSON.Member("path", .string(path)),
      JSON.Member("sha256", .string(sha256)),
      JSON.Member(
        "source",
        [
          "kind": .string(source.kind), "commit": .text(source.commit),
          "dirty": source.dirty.map(JSON.bool) ?? .null,
        ]),
    ]
    if !files.isEmpty { members.append(JSON.Member("files", .array(files.map(\.json)))) }
    return .object(members)
  }
}

extension Report.ModelRecord {
  /// As it stands in the record.
  package var json: JSON {
    var members = [
      JSON.Member("uri", .string(uri)), JSON.Member("sha256", .text(sha256)),
      JSON.Member("bytes", .integer(bytes)), JSON.Member("runtime", runtime?.json ?? .null),
      JSON.Member("provenance", .ordered(provenance) { .string($0) }),
    ]
    if !scoring.isEmpty {
      members.append(JSON.Member("scoring", .ordered(scoring) { .string($0) }))
    }
    return .object(members)
  }
}

extension Report.DataRecord {
  /// As it stands in the record.
  package var json: JSON {
    [
      "uri": .string(uri), "sha256": .text(sha256), "rows": .integer(rows),
      "columns": .integer(columns), "left_out": .integer(leftOut),
      "files": files.map { .array($0.map(\.json)) } ?? .null,
    ]
  }
}

extension Report.DataRecord.File {
  /// As it stands in the record.
  package var json: JSON {
    ["path": .string(path), "bytes": .integer(bytes), "sha256": .string(sha256)]
  }
}

extension Report.Timings {
  /// As it stands in the record.
  package var json: JSON {
    [
      "started": .string(started),
      "seconds": .array(
        seconds.map { ["step": .string($0.step), "seconds": .number($0.seconds)] }),
      "gates": .array(
        gates.map { ["gate": .string($0.step), "seconds": .number($0.seconds)] }),
    ]
  }
}

extension MultipleTestingReport {
  /// As it stands in the record.
  package var json: JSON {
    [
      "family": .string(family), "method": .string(method.rawValue),
      "tests": .array(tests.map(\.json)),
    ]
  }
}

extension MultipleTestingReport.Test {
  /// As it stands in the record.
  package var json: JSON {
    [
      "check": .string(check), "limit": .string(limit), "statement": .string(statement.rawValue),
      "p_value": .number(pValue), "adjusted_p_value": .number(adjustedPValue),
      "level": .number(level), "decided": .bool(isDecided),
    ]
  }
}

extension Check {
  /// As it stands in the record.
  package var json: JSON {
    [
      "id": .string(id), "gate": .string(gate), "outcome": .string(outcome.rawValue),
      "blocking": .bool(blocking), "message": .string(message), "metric": .text(metric),
      "model": .text(model?.rawValue),
      "slice": slice.map { .ordered($0) { .text($0) } } ?? .null,
      "value": .number(value), "champion": .number(champion), "difference": .number(difference),
      "n": .integer(n), "interval": interval?.json ?? .null,
      "limit": limit.map(JSON.limits) ?? .null,
      "location": location?.json ?? .null, "evidence": .ordered(evidence) { $0 },
    ]
  }
}

extension ConfidenceInterval {
  /// As it stands in the record.
  package var json: JSON {
    [
      "low": .number(low), "high": .number(high), "level": .number(level),
      "method": .string(method), "of": .string(of.rawValue),
    ]
  }
}

extension Location {
  /// As it stands in the record.
  package var json: JSON {
    ["file": .string(file), "line": .integer(line), "column": .integer(column)]
  }
}
