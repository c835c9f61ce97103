/// A check, a metric, a runtime or a source of a team's own: a folder with one YAML file and a program in any language.
package struct Plugin: Sendable {
  /// What a plugin gives.
  package enum Kind: String, Sendable, CaseIterable {
    case gate, metric, runtime, source

    /// The file that says what it is.
    package var file: String { "\(rawValue).yaml" }
  }

  /// What it gives.
  package let kind: Kind
  /// Its folder, as the manifest has it.
  package let folder: String
  /// Where its own file begins.
  package let mark: Mark
  package let id: String
  package let version: String
  /// One sentence.
  package let summary: String
  /// The program and its arguments; no shell.
  package let command: [String]
  /// The file of Python packages that it needs, pinned with hashes; nil: none.
  package let requirements: String?
  /// What is handed over, and how its tables are written.
  package let needs: Inputs
  package let format: Format
  /// What `with:` may say.
  package let parameters: [PluginParameter]
  /// Figures that a manifest may put limits on; of a metric, its one figure.
  package let measurements: [Measurement]
  /// Whether a metric gives a figure for every row.
  package let isByRow: Bool
  package let limits: Limits
  /// Whether it may use the network.
  package let network: Bool
  /// Whether it unpickles what it is handed, which lets a model's file run any code.
  package let unpickles: Bool
  /// The variables of the environment that it sees, beside those that programs need to run.
  package let environment: [String]

  /// What a program is handed over; nothing else is.
  package struct Inputs: Sendable, Hashable {
    /// Tables of the manifest.
    package var tables: [String] = []
    /// Whose answers on the holdout.
    package var predictions: [Role] = []
    /// Whose files.
    package var models: [Role] = []
  }

  /// How tables are handed over.
  package enum Format: String, Sendable, CaseIterable { case parquet, csv, jsonl }

  /// What a program may use.
  package struct Limits: Sendable, Hashable {
    /// Seconds of wall time.
    package var seconds = 300.0
    /// Bytes of memory of all its processes.
    package var memory = 4 << 30
    /// Bytes of its answer, and of what is kept of its log.
    package var output = 8 << 20
    /// Bytes of one file that it writes.
    package var file = 4 << 30
    /// Processes at a time.
    package var processes = 256
  }

  /// A figure that a manifest may put limits on.
  package struct Measurement: Sendable, Identifiable {
    package let id: String
    /// One sentence.
    package let summary: String
    package let range: ClosedRange<Double>
    package let direction: Metric.Direction
    /// What stands behind the value in messages.
    package let unit: String?
  }
}
