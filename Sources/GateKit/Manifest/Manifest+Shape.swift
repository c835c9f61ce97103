package import GateCore
import GateMetrics

extension Manifest {
  /// What a manifest may say of this world, for a task (nil: for any), with metrics of its own; the check, the JSON Schema
  /// and the reference come from it.
  package static func shape(task: TaskKind?, in world: World, own: [Metric] = []) -> Shape {
    let gates =
      own.isEmpty ? GateShapes.of(task) : GateShapes.made(task, metrics: Metrics.all + own)
    return .record(
      [
        Parameter("version", "The manifest's version.", .choice(["1"]), required: true),
        Parameter("name", "What is gated; stands in every report.", .text, required: true),
        Parameter(
          "task", "What is predicted.", .choice(TaskKind.allCases.map(\.rawValue)), required: true),
        Parameter(
          "positive",
          "The label value of the positive class; may be left out for 0/1 and false/true.",
          .text),
        Parameter(
          "classes",
          "The label values of a binary or multiclass task, in the order of a model's class codes; default: those the "
            + "holdout has, sorted.",
          .list(.text)),
        Parameter("data", "The tables.", data, required: true),
        Parameter("models", "The two models.", models(in: world), required: true),
        Parameter("decision", "How a score becomes a decision.", decision),
        Parameter(
          "metrics", "Metrics of the manifest's own, as formulas over others.", metricsShape),
        Parameter("slices", "Rows worth judging on their own.", .list(slice)),
        Parameter("gates", "What the candidate must pass.", gates, required: true),
        ErrorControl.parameter,
        Parameter("waivers", "Failures somebody answers for.", .list(.record(Waiver.parameters))),
        Parameter("reports", "Where reports go, by format.", .map(keys: "format", .text)),
        Parameter("limits", "What the run may use.", resources),
        ManifestApproval.parameter,
      ] + plugins)
  }

  /// What programs of the user's own do, and what is asked of them.
  private static let plugins = [
    Parameter(
      "sources", "Schemes of your own, each with the folder of the source plugin that reads it.",
      .map(
        keys: "scheme",
        .either([
          .text,
          .record([
            Parameter("use", "The plugin's folder.", .text, required: true),
            Parameter(
              "with", "What the plugin is told, by the parameters of its source.yaml.",
              .map(
                keys: "parameter", .either([.value, .list(.value), .map(keys: "key", .value)]))),
          ]),
        ]))),
    Parameter(
      "plugins", "What is asked of every plugin.", .record(PluginPolicy.parameters)),
    PluginPolicy.trust,
  ]

  private static let threshold = Parameter(
    "threshold", "A score of at least this is positive.", .number(0...1), standard: "0.5")

  private static let decision = Shape.record([threshold])

  private static let derive = Parameter(
    "derive", "Columns as SQL over the row, in order; each may use those before it.",
    .map(keys: "column", .sql))

  private static let data = Shape.record([
    Parameter(
      "holdout", "The rows both models are judged on.",
      .record(
        TableOrigin.parameters + [
          Parameter(
            "label", "The column of the true value.", .text,
            aliases: ["target", "y", "y_true", "ground_truth"]),
          Parameter(
            "labels", "Multilabel: the column of each label, 0 or 1.", .list(.text)),
          Parameter(
            "query", "Ranking: the column that says which rows are ranked together.", .text,
            aliases: ["qid", "query_id", "group", "group_id"]),
          Parameter("id", "The column that names a row.", .text),
          Parameter(
            "weight", "The column of the row's weight.", .text, aliases: ["sample_weight"]),
          Parameter(
            "cluster", "The column that says which rows belong together: one customer, many rows.",
            .text),
        ]), required: true),
    Parameter(
      "reference", "What drift and schema are measured from.", .record(TableOrigin.parameters)),
    Parameter(
      "current", "Recent production rows; default: the holdout.", .record(TableOrigin.parameters)),
    derive,
  ])

  private static func models(in world: World) -> Shape {
    let model = Shape.record(model(in: world))
    return .record([
      Parameter(
        "champion", "The model in production.", model,
        aliases: ["baseline", "production", "reference"]),
      Parameter(
        "candidate", "The model that would replace it.", model, required: true,
        aliases: ["challenger", "model"]),
    ])
  }

  private static func model(in world: World) -> [Parameter] {
    [
      Parameter(
        "from", "The model: \(world.file("a path")).", .text, aliases: ["path", "file", "uri"]),
      Parameter("predictions", "Scores made elsewhere: \(world.file("a file")).", .text),
      Parameter(
        "score", "The column of the score in the file of predictions.", .text,
        aliases: ["prediction", "y_score", "y_pred", "probability"]),
      Parameter(
        "scores", "The column of each class's probability in the file of predictions.",
        .map(keys: "class", .text)),
      Parameter("text", "The column of what the model wrote in the file of predictions.", .text),
      Parameter(
        "interval", "Regression: the columns of the predicted interval.",
        .record([
          Parameter("low", "The column of the lower end.", .text, required: true),
          Parameter("high", "The column of the upper end.", .text, required: true),
        ])),
      Parameter(
        "quantiles",
        "Regression: the column of each predicted quantile, by level; with 'from' a list of the levels of the "
          + "model's numbers.",
        .either([.map(keys: "level", .text), .list(.number(0...1))])),
    ] + TableOrigin.reading + [
      Parameter(
        "runtime", "What runs the model; default: as the file says.",
        .either([.choice(world.runtimes), .text])),
      Parameter(
        "with", "What a runtime of your own is told, by the parameters of its runtime.yaml.",
        .map(keys: "parameter", .either([.value, .list(.value), .map(keys: "key", .value)]))),
      Parameter("features", "The inputs in order; default: what the model names.", .list(.text)),
      derive,
      threshold,
    ] + ModelOptions.parameters + [
      Parameter(
        "limits", "What scoring the model may use.",
        .record([
          Parameter("time", "Wall time for the whole holdout.", .duration, standard: "10min"),
          Parameter("memory", "Address space.", .size, standard: "8GiB"),
        ]))
    ]
  }

  private static let slice = Shape.record([
    Parameter("name", "What gates call it by; default: the column's name.", .text),
    Parameter("column", "A slice for every value of this column.", .text),
    Parameter(
      "bins", "Edges, rising: a slice for every interval between them.",
      .list(.number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude))),
    Parameter("where", "A condition on the row.", .sql),
    Parameter("cross", "Slices or columns: a slice for every combination.", .list(.text)),
  ])

  private static let resources = Shape.record([
    Parameter("memory", "What reading and aggregating may use.", .size),
    Parameter("threads", "Threads for reading and aggregating.", .integer(1...1024)),
    Parameter(
      "time", "Wall time in which tables are read and SQL runs, all queries together.", .duration,
      standard: "10min"),
    Parameter("spill", "The folder for what does not fit in memory.", .text),
  ])
}
