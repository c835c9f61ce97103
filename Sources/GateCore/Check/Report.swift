/// The record of a run; every report format is rendered from it and from nothing else.
package struct Report: Sendable {
  package static let schema = "gatewright/report@1"

  package var tool: Tool
  package var verdict: Verdict
  package var exitCode: Int32
  package var manifest: ManifestRecord
  package var models: [Role: ModelRecord]
  /// By the table's name: `holdout`, `reference`, `current`.
  package var data: [String: DataRecord]
  /// In manifest order.
  package var checks: [Check]
  /// One a family whose error is controlled: the manifest's, then those of gates.
  package var multipleTesting: [MultipleTestingReport]
  /// Nil with `--no-timings`.
  package var timings: Timings?

  package init(
    tool: Tool, verdict: Verdict, manifest: ManifestRecord, models: [Role: ModelRecord],
    data: [String: DataRecord], checks: [Check], multipleTesting: [MultipleTestingReport] = [],
    timings: Timings? = nil
  ) {
    self.tool = tool
    self.verdict = verdict
    self.exitCode = verdict.exitCode(of: checks)
    self.manifest = manifest
    self.models = models
    self.data = data
    self.checks = checks
    self.multipleTesting = multipleTesting
    self.timings = timings
  }

  package struct Tool: Sendable {
    package var name: String
    package var version: String
    package init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  package struct ManifestRecord: Sendable {
    /// The manifest's own `name`.
    package var name: String
    package var path: String
    package var sha256: String
    package var source: Source
    /// The files it names that say what is judged, such as schemas, in its order.
    package var files: [DataRecord.File]

    /// Where the manifest was read from, and the state of that work tree.
    package struct Source: Sendable {
      /// `worktree`, or `git` when it was read from a commit.
      package var kind: String
      /// HEAD's commit id; nil outside of a repository.
      package var commit: String?
      /// Whether tracked files differ from that commit.
      package var dirty: Bool?
      package init(kind: String, commit: String? = nil, dirty: Bool? = nil) {
        self.kind = kind
        self.commit = commit
        self.dirty = dirty
      }
    }

    package init(
      name: String, path: String, sha256: String, source: Source, files: [DataRecord.File] = []
    ) {
      (self.name, self.path, self.sha256) = (name, path, sha256)
      (self.source, self.files) = (source, files)
    }
  }

  package struct ModelRecord: Sendable {
    package var uri: String
    package var sha256: String?
    package var bytes: Int?
    /// Nil when the model could not be scored.
    package var runtime: Tool?
    package var provenance: [String: String]
    /// How its answers were come by: `iterations`, `classes`, `link`, `unseen/<input>`.
    package var scoring: [String: String]
    package init(
      uri: String, sha256: String? = nil, bytes: Int? = nil, runtime: Tool? = nil,
      provenance: [String: String] = [:], scoring: [String: String] = [:]
    ) {
      self.uri = uri
      self.sha256 = sha256
      self.bytes = bytes
      self.runtime = runtime
      self.provenance = provenance
      self.scoring = scoring
    }
  }

  package struct DataRecord: Sendable {
    package var uri: String
    package var sha256: String?
    package var rows: Int?
    package var columns: Int?
    /// In row order; nil when the table was not found.
    package var files: [File]?
    /// Names of files and folders that its folder or glob left out.
    package var leftOut: Int?
    package init(
      uri: String, sha256: String? = nil, rows: Int? = nil, columns: Int? = nil,
      files: [File]? = nil, leftOut: Int? = nil
    ) {
      self.uri = uri
      self.sha256 = sha256
      self.rows = rows
      self.columns = columns
      self.files = files
      self.leftOut = leftOut
    }

    /// One of its files, as it was judged.
    package struct File: Sendable {
      /// From the manifest's folder where it stands in it.
      package var path: String
      package var bytes: Int
      package var sha256: String
      package init(path: String, bytes: Int, sha256: String) {
        self.path = path
        self.bytes = bytes
        self.sha256 = sha256
      }
    }
  }

  /// The one section that differs from run to run.
  package struct Timings: Sendable {
    /// ISO 8601, UTC.
    package var started: String
    /// Wall time by step, in seconds, in order.
    package var seconds: [Step]
    /// Wall time by gate, in seconds, in order: parts of the step in which they judge.
    package var gates: [Step]
    package struct Step: Sendable {
      package var step: String
      package var seconds: Double
      package init(step: String, seconds: Double) {
        self.step = step
        self.seconds = seconds
      }
    }
    package init(started: String, seconds: [Step], gates: [Step] = []) {
      self.started = started
      self.seconds = seconds
      self.gates = gates
    }
  }
}
