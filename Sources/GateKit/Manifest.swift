/// What a person asked for: the manifest, read and checked, with the place of everything in it.
public struct Manifest: Sendable {
  public var name: String
  public var task: TaskKind
  /// The label value of the positive class, as written.
  public var positive: String?
  /// The label values of a multiclass task, where the manifest lists them.
  public var classes: [String]?
  /// Those of both that stand in quotes, and so are texts.
  var quotedClasses: [String] = []
  public var threshold: Double
  public var data: Data
  /// The champion may be left out when no gate compares.
  public var models: [Role: Model]
  public var slices: [Slice]
  /// Where each of these is declared.
  var sliceMarks: [Slice: Mark]
  /// Its own, made of others, in its order.
  public var metrics: [Metric]
  public var gates: [GateEntry]
  /// Over the limits of all gates that have none of their own.
  public var errorControl: ErrorControl
  public var waivers: [Waiver]
  /// Format and path, in the manifest's order.
  public var reports: [(format: String, path: String)]
  public var resources: Resources
  public var mark: Mark

  /// The models whose answers a gate reads.
  var scored: [Role] {
    gates.contains { $0.gate.needs.models } ? Role.allCases.filter { models[$0] != nil } : []
  }

  /// The tables.
  public struct Data: Sendable {
    public var holdout: Origin
    public var reference: Origin?
    public var current: Origin?
    /// One, or for a multilabel task one a label.
    public var labels: [Column]
    public var id: Column?
    public var weight: Column?
    /// Says which rows belong together, such as those of one customer; intervals draw them together.
    public var cluster: Column?
    /// Ranking: which rows are ranked together.
    public var query: Column?
    public var derive: [(name: String, sql: String)]
    /// Where each is derived.
    public var deriveMarks: ByName<Mark> = [:]

    /// The first, which for most tasks is the only one.
    public var label: Column { labels[0] }

    /// By the names that gates and SQL know them by, in order.
    public var tables: [(name: String, origin: Origin)] {
      [("holdout", holdout as Origin?), ("reference", reference), ("current", current)]
        .compactMap { name, origin in origin.map { (name, $0) } }
    }

    /// Where a table comes from.
    public struct Origin: Sendable {
      public var uri: String
      public var format: String?
      public var types: ByName<String>
      public var csv: TextDialect
      public var exclude: [String] = []
      public var partitions = false
      public var mark: Mark

      /// Whether the same bytes give the same table.
      func isRead(as other: Origin) -> Bool {
        format == other.format && types == other.types && csv == other.csv
          && partitions == other.partitions
      }

      /// Which files of the path are meant.
      var choice: FileChoice {
        FileChoice(exclude: exclude, format: format, partitions: partitions, hasKeys: true)
      }
    }

    /// A column the manifest names, and where it does.
    public struct Column: Sendable {
      public var name: String
      public var mark: Mark
    }
  }

  /// Where a model, or its scores, come from.
  public struct Model: Sendable {
    public enum Source: Sendable {
      case model(uri: String, runtime: String?)
      /// Scores made elsewhere, and the columns they stand in.
      case predictions(uri: String, PredictionColumns)

      /// What its bytes are.
      public var kind: ArtifactKind {
        switch self {
        case .model: .model
        case .predictions(_, let columns): .table(columns.choice)
        }
      }

      public var uri: String {
        switch self {
        case .model(let uri, _), .predictions(let uri, _): uri
        }
      }
    }

    /// The columns of a file of predictions, by what they hold.
    public struct PredictionColumns: Sendable {
      /// Binary, ranking: the score; regression: the predicted value.
      public var score: String?
      /// Multiclass, multilabel: each class's.
      public var scores: [(label: String, column: String)] = []
      /// Text: what the model wrote.
      public var text: String?
      /// Regression: the predicted interval.
      public var interval: (low: String, high: String)?
      /// Regression: predicted quantiles, by level, rising.
      public var quantiles: [(level: Double, column: String)] = []
      /// What the file is, as a table says it.
      public var format: String?
      public var types: ByName<String> = [:]
      public var csv = TextDialect()
      /// Which files of the path are meant.
      public var exclude: [String] = []
      public var partitions = false

      public init() {}

      /// The same as of a table.
      var choice: FileChoice {
        FileChoice(exclude: exclude, format: format, partitions: partitions, hasKeys: true)
      }

      /// Whether the same file gives the same table to both.
      func isReadAs(_ other: PredictionColumns) -> Bool {
        types == other.types && csv == other.csv && choice == other.choice
      }

      /// Every column in words, for the plan.
      var names: [String] {
        [score, text].compactMap(\.self) + scores.map(\.column)
          + (interval.map { [$0.low, $0.high] } ?? []) + quantiles.map(\.column)
      }
    }

    public var source: Source
    public var features: [String]?
    public var derive: [(name: String, sql: String)]
    public var threshold: Double?
    public var options = ModelOptions()
    public var limits: ModelLimits
    public var mark: Mark

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
  public struct GateEntry: Sendable {
    public var id: String
    public var blocking: Bool
    public var gate: any Gate
    /// Over the limits of this gate; nil: it takes part in the manifest's.
    public var errorControl: ErrorControl?
    public var mark: Mark
  }
}
