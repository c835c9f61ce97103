/// The record of a run; every report format is rendered from it and from nothing else.
public struct Report: Sendable {
  public static let schema = "gatewright/report@1"

  public var tool: Tool
  public var verdict: Verdict
  public var exitCode: Int32
  public var manifest: ManifestRecord
  public var models: [Role: ModelRecord]
  /// By the table's name: `holdout`, `reference`, `current`.
  public var data: [String: DataRecord]
  /// In manifest order.
  public var checks: [Check]
  /// One a family whose error is controlled: the manifest's, then those of gates.
  public var ledgers: [Ledger]
  /// Nil with `--no-timings`.
  public var timings: Timings?

  public init(
    tool: Tool, verdict: Verdict, manifest: ManifestRecord, models: [Role: ModelRecord],
    data: [String: DataRecord], checks: [Check], ledgers: [Ledger] = [],
    timings: Timings? = nil
  ) {
    self.tool = tool
    self.verdict = verdict
    self.exitCode = verdict.exitCode(of: checks)
    self.manifest = manifest
    self.models = models
    self.data = data
    self.checks = checks
    self.ledgers = ledgers
    self.timings = timings
  }

  public struct Tool: Sendable {
    public var name: String
    public var version: String
    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  public struct ManifestRecord: Sendable {
    /// The manifest's own `name`.
    public var name: String
    public var path: String
    public var sha256: String
    public var source: Source
    /// The files it names that say what is judged, such as schemas, in its order.
    public var files: [DataRecord.File]

    /// Where the manifest was read from, and the state of that work tree.
    public struct Source: Sendable {
      /// `worktree`, or `git` when it was read from a commit.
      public var kind: String
      /// HEAD's commit id; nil outside of a repository.
      public var commit: String?
      /// Whether tracked files differ from that commit.
      public var dirty: Bool?
      public init(kind: String, commit: String? = nil, dirty: Bool? = nil) {
        self.kind = kind
        self.commit = commit
        self.dirty = dirty
      }
    }

    public init(
      name: String, path: String, sha256: String, source: Source, files: [DataRecord.File] = []
    ) {
      (self.name, self.path, self.sha256) = (name, path, sha256)
      (self.source, self.files) = (source, files)
    }
  }

  public struct ModelRecord: Sendable {
    public var uri: String
    public var sha256: String?
    public var bytes: Int?
    /// Nil when the model could not be scored.
    public var runtime: Tool?
    public var provenance: [String: String]
    /// How its answers were come by: `iterations`, `classes`, `link`, `unseen/<input>`.
    public var scoring: [String: String]
    public init(
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

  public struct DataRecord: Sendable {
    public var uri: String
    public var sha256: String?
    public var rows: Int?
    public var columns: Int?
    /// In row order; nil when the table was not found.
    public var files: [File]?
    /// Names of files and folders that its folder or glob left out.
    public var leftOut: Int?
    public init(
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
    public struct File: Sendable {
      /// From the manifest's folder where it stands in it.
      public var path: String
      public var bytes: Int
      public var sha256: String
      public init(path: String, bytes: Int, sha256: String) {
        self.path = path
        self.bytes = bytes
        self.sha256 = sha256
      }
    }
  }

  /// The one section that differs from run to run.
  public struct Timings: Sendable {
    /// ISO 8601, UTC.
    public var started: String
    /// Wall time by step, in seconds, in order.
    public var seconds: [Step]
    /// Wall time by gate, in seconds, in order: parts of the step in which they judge.
    public var gates: [Step]
    public struct Step: Sendable {
      public var step: String
      public var seconds: Double
      public init(step: String, seconds: Double) {
        self.step = step
        self.seconds = seconds
      }
    }
    public init(started: String, seconds: [Step], gates: [Step] = []) {
      self.started = started
      self.seconds = seconds
      self.gates = gates
    }
  }
}
