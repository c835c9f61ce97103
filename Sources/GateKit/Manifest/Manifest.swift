package import GateCore

/// What a person asked for: the manifest, read and checked, with the place of everything in it.
package struct Manifest: Sendable {
  package var name: String
  package var task: TaskKind
  /// The label value of the positive class, as written.
  package var positive: String?
  /// The label values of a multiclass task, where the manifest lists them.
  package var classes: [String]?
  /// Those of both that stand in quotes, and so are texts.
  var quotedClasses: [String] = []
  package var threshold: Double
  package var data: Data
  /// The champion may be left out when no gate compares.
  package var models: [Role: Model]
  package var slices: [Slice]
  /// Where each of these is declared.
  var sliceMarks: [Slice: Mark]
  /// Its own, made of others, in its order.
  package var metrics: [Metric]
  /// The programs that read what schemes of the manifest's own name.
  package var sources: [String: PluginUse]
  /// The programs of those that a program gives.
  package var programs: [String: PluginUse]
  package var gates: [GateEntry]
  /// Over the limits of all gates that have none of their own.
  package var errorControl: ErrorControl
  package var waivers: [Waiver]
  /// Format and path, in the manifest's order.
  package var reports: [(format: String, path: String)]
  package var resources: Resources
  /// What is asked of every plugin.
  package var plugins: PluginPolicy
  /// How a proposal that loosens the manifest is approved; nil: in no way.
  package var approval: ManifestApproval?
  package var mark: Mark

  /// The models whose answers a gate reads.
  package var scored: [Role] {
    gates.contains { $0.gate.needs.models } ? Role.allCases.filter { models[$0] != nil } : []
  }

  /// The tables.
  package struct Data: Sendable {
    package var holdout: TableOrigin
    package var reference: TableOrigin?
    package var current: TableOrigin?
    /// One, or for a multilabel task one a label.
    package var labels: [Column]
    package var id: Column?
    package var weight: Column?
    /// Says which rows belong together, such as those of one customer; intervals draw them together.
    package var cluster: Column?
    /// Ranking: which rows are ranked together.
    package var query: Column?
    package var derive: [(name: String, sql: String)]
    /// Where each is derived.
    package var deriveMarks: ByName<Mark> = [:]

    /// The first, which for most tasks is the only one.
    package var label: Column { labels[0] }

    /// By the names that gates and SQL know them by, in order.
    package var tables: [(name: String, origin: TableOrigin)] {
      [("holdout", holdout as TableOrigin?), ("reference", reference), ("current", current)]
        .compactMap { name, origin in origin.map { (name, $0) } }
    }

    /// A column the manifest names, and where it does.
    package struct Column: Sendable {
      package var name: String
      package var mark: Mark
    }
  }

  /// Where a model, or its scores, come from.
  package struct Model: Sendable {
    package enum Source: Sendable {
      case model(uri: String, runtime: String?)
      /// Scores made elsewhere, and the columns they stand in.
      case predictions(uri: String, PredictionColumns)

      /// What its bytes are.
      package var kind: ArtifactKind {
        switch self {
        case .model: .model
        case .predictions(_, let columns): .table(columns.choice)
        }
      }

      package var uri: String {
        switch self {
        case .model(let uri, _), .predictions(let uri, _): uri
        }
      }
    }

    /// The columns of a file of predictions, by what they hold.
    package struct PredictionColumns: Sendable {
      /// Binary, ranking: the score; regression: the predicted value.
      package var score: String?
      /// Multiclass, multilabel: each class's.
      package var scores: [(label: String, column: String)] = []
      /// Text: what the model wrote.
      package var text: String?
      /// Regression: the predicted interval.
      package var interval: (low: String, high: String)?
      /// Regression: predicted quantiles, by level, rising.
      package var quantiles: [(level: Double, column: String)] = []
      /// What the file is, as a table says it.
      package var format: String?
      package var types: ByName<String> = [:]
      package var csv = TextDialect()
      /// Which files of the path are meant.
      package var exclude: [String] = []
      package var partitions = false

      package init() {}

      /// The same as of a table.
      package var choice: FileChoice {
        FileChoice(exclude: exclude, format: format, partitions: partitions, hasKeys: true)
      }

      /// Whether the same file gives the same table to both.
      func isReadAs(_ other: PredictionColumns) -> Bool {
        types == other.types && csv == other.csv && choice == other.choice
      }

      /// Every column in words, for the plan.
      package var names: [String] {
        [score, text].compactMap(\.self) + scores.map(\.column)
          + (interval.map { [$0.low, $0.high] } ?? []) + quantiles.map(\.column)
      }
    }

    package var source: Source
    package var features: [String]?
    package var derive: [(name: String, sql: String)]
    package var threshold: Double?
    /// What runs it in place of a runtime; nil: a runtime does.
    package var plugin: PluginUse?
    /// The digest that its file must have; nil: any.
    package var sha256: Node?
    package var options = ModelOptions()
    package var limits: ModelLimits
    package var mark: Mark

    /// Whether the same bytes give the same answers to both.
    func isUsedAs(_ other: Model) -> Bool {
      guard features == other.features, threshold == other.threshold, options == other.options,
        derive.elementsEqual(other.derive, by: { $0 == $1 })
      else { return false }
      switch (source, other.source) {
      case (.model(_, let mine), .model(_, let theirs)): return mine == theirs
      case (.predictions(_, let mine), .predictions(_, let theirs)):
        return mine.isReadAs(theirs) && mine.names == theirs.names
      default: return false
      }
    }
  }

  /// A gate with what every gate has.
  package struct GateEntry: Sendable {
    package var id: String
    package var blocking: Bool
    package var gate: any Gate
    /// Over the limits of this gate; nil: it takes part in the manifest's.
    package var errorControl: ErrorControl?
    package var mark: Mark
  }
}
