extension Plugin {
  /// What a plugin's own file may say.
  package static func shape(of kind: Kind) -> Shape {
    .record(
      [
        Parameter("id", "The plugin's id: its folder's name.", .text, required: true),
        Parameter("version", "The plugin's version.", .text, standard: "0"),
        Parameter("summary", "One sentence on what it does.", .text, required: true),
        Parameter(
          "command", "The program and its arguments; no shell.", .list(.text), required: true),
        Parameter(
          "requirements", "The file of Python packages that it needs, pinned with hashes.", .text),
        Parameter(
          "parameters", "What the manifest may say under 'with'.",
          .map(keys: "parameter", parameterShape)),
        Parameter("limits", "What the program may use.", .record(limits)),
        Parameter(
          "format", "How tables are handed over.",
          .choice(Format.allCases.map(\.rawValue)), standard: "parquet"),
        Parameter(
          "network", "Whether the program may use the network.", .boolean, standard: "false"),
        Parameter(
          "environment", "The variables that it sees beside PATH, LANG and the like.", .list(.text)),
      ] + keys(of: kind))
  }

  /// What only one kind has.
  private static func keys(of kind: Kind) -> [Parameter] {
    let roles = Shape.choice(Role.allCases.map(\.rawValue))
    let needs = Parameter(
      "needs", "What is handed over to the program; nothing else is.",
      .record([
        Parameter(
          "tables", "Tables, as Parquet.", .list(.choice(["holdout", "current", "reference"]))),
        Parameter("predictions", "Answers on the holdout, as Parquet.", .list(roles)),
        Parameter("models", "The models' files.", .list(roles)),
      ]))
    switch kind {
    case .gate:
      return [
        needs,
        Parameter(
          "measurements", "Figures that the manifest may put limits on.",
          .map(keys: "measurement", .record(figureKeys))),
      ]
    case .metric:
      return [
        needs,
        Parameter(
          "gives", "Whether it gives one figure a model, or one a row and model.",
          .choice(["model", "row"]), standard: "model"),
      ] + figureKeys.filter { $0.id != "summary" }
    case .runtime:
      return [
        Parameter(
          "unpickles",
          "Whether it unpickles the model's file, which then can run any code; the manifest must trust that.",
          .boolean, standard: "false")
      ]
    case .source: return []
    }
  }

  /// What is said of a figure.
  private static let figureKeys = [
    Parameter("summary", "One sentence on what it is.", .text),
    Parameter(
      "direction", "Which values are the better ones.", .choice(["higher", "lower", "neither"]),
      standard: "neither"),
    Parameter(
      "range", "The least and the largest value; null: no bound.",
      .list(.either([.number(-1e300...1e300), .value]))),
    Parameter("unit", "What stands behind the value in messages.", .text),
  ]

  /// What is said of a parameter.
  private static let parameterShape = Shape.record([
    Parameter(
      "type", "What may stand there.", .choice(PluginParameter.Kind.allCases.map(\.rawValue)),
      required: true),
    Parameter("summary", "One sentence on what it is for.", .text, required: true),
    Parameter("required", "Whether it must be there.", .boolean, standard: "false"),
    Parameter(
      "default", "What holds when it is left out.",
      .either([.value, .list(.value), .map(keys: "key", .value)])),
    Parameter("choices", "The words of a choice.", .list(.text)),
    Parameter(
      "range", "The least and the largest number; null: no bound.",
      .list(.either([.number(-1e300...1e300), .value]))),
  ])

  private static let limits = [
    Parameter("time", "How long it may run.", .duration, standard: "5min"),
    Parameter("memory", "How much memory its processes may use together.", .size, standard: "4GB"),
    Parameter("output", "How large its answer may be.", .size, standard: "8MB"),
    Parameter("file", "How large one file may be that it writes.", .size, standard: "4GB"),
    Parameter(
      "processes", "How many processes it may have at a time.", .integer(1...65_536),
      standard: "256"),
  ]

  /// Reads a plugin's own file; throws every mistake in it.
  package init(_ kind: Kind, folder: String, _ node: Node) throws(Diagnostics) {
    var mistakes = Self.shape(of: kind).mistakes(in: node)
    guard mistakes.isEmpty else { throw Diagnostics(mistakes.inOrder) }
    (self.kind, self.folder, mark) = (kind, folder, node.mark)
    id = node["id"]?.text ?? ""
    version = node["version"]?.text ?? "0"
    summary = node["summary"]?.text ?? ""
    command = node["command"]?.items?.compactMap(\.text) ?? []
    requirements = node["requirements"]?.text
    network = node["network"]?.boolean ?? false
    unpickles = node["unpickles"]?.boolean ?? false
    environment = node["environment"]?.items?.compactMap(\.text) ?? []
    needs = Self.needs(node["needs"])
    format = node["format"]?.text.flatMap(Format.init) ?? .parquet
    limits = Self.limits(node["limits"])
    isByRow = node["gives"]?.text == "row"
    parameters = Self.parameters(node["parameters"], &mistakes)
    measurements =
      kind == .metric
      ? [Self.figure(id, node, &mistakes)]
      : (node["measurements"]?.pairs ?? []).map {
        Self.figure($0.key.text ?? "", $0.value, &mistakes)
      }
    Self.refuse(id, node, &mistakes)
    if !mistakes.isEmpty { throw Diagnostics(mistakes.inOrder) }
  }

  /// Whether a text may be a plugin's id.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { letter in
        ("a"..."z").contains(letter) || ("A"..."Z").contains(letter)
          || ("0"..."9").contains(letter) || letter == "-" || letter == "_"
      }
  }

  /// Refuses names that no file or environment could have.
  private static func refuse(_ id: String, _ node: Node, _ mistakes: inout [Diagnostic]) {
    if !isName(id) {
      mistakes.append(
        Diagnostic(
          "a plugin's id is of letters, digits, '-' and '_', found '\(id)'", at: node["id"]?.mark))
    }
    if let requirements = node["requirements"], requirements.text?.contains("/") == true {
      mistakes.append(
        Diagnostic(
          "'requirements' names a file of the plugin's folder, found \(requirements.found)",
          at: requirements.mark))
    }
    for name in node["environment"]?.items ?? [] where name.text?.contains("=") == true {
      mistakes.append(
        Diagnostic("found \(name.found), wanted the name of a variable", at: name.mark))
    }
  }

  private static func needs(_ node: Node?) -> Inputs {
    func roles(_ key: String) -> [Role] {
      node?[key]?.items?.compactMap { $0.text.flatMap(Role.init) } ?? []
    }
    return Inputs(
      tables: node?["tables"]?.items?.compactMap(\.text) ?? [],
      predictions: roles("predictions"), models: roles("models"))
  }

  private static func limits(_ node: Node?) -> Limits {
    var limits = Limits()
    if let seconds = node?["time"]?.seconds { limits.seconds = seconds }
    if let bytes = node?["memory"]?.bytes { limits.memory = bytes }
    if let bytes = node?["output"]?.bytes { limits.output = bytes }
    if let bytes = node?["file"]?.bytes { limits.file = bytes }
    if let count = node?["processes"]?.integer { limits.processes = count }
    return limits
  }

  private static func parameters(
    _ node: Node?, _ mistakes: inout [Diagnostic]
  ) -> [PluginParameter] {
    var parameters: [PluginParameter] = []
    for pair in node?.pairs ?? [] {
      let kind = pair.value["type"]?.text.flatMap(PluginParameter.Kind.init) ?? .text
      let choices = pair.value["choices"]?.items?.compactMap(\.text) ?? []
      if kind == .choice, choices.isEmpty {
        mistakes.append(
          Diagnostic(
            "a choice has no 'choices'", at: pair.key.mark,
            hint: "list the words: choices: [first, second]"))
      }
      let parameter = PluginParameter(
        id: pair.key.text ?? "", summary: pair.value["summary"]?.text ?? "", kind: kind,
        required: pair.value["required"]?.boolean ?? false, standard: pair.value["default"],
        choices: choices, range: range(pair.value["range"], &mistakes))
      if let standard = parameter.standard {
        mistakes += parameter.shape.mistakes(in: standard)
      }
      parameters.append(parameter)
    }
    return parameters
  }

  private static func figure(
    _ id: String, _ node: Node, _ mistakes: inout [Diagnostic]
  ) -> Measurement {
    let direction: Metric.Direction =
      switch node["direction"]?.text {
      case "higher": .higherIsBetter
      case "lower": .lowerIsBetter
      default: .neither
      }
    return Measurement(
      id: id, summary: node["summary"]?.text ?? "A figure of the plugin's own.",
      range: range(node["range"], &mistakes), direction: direction, unit: node["unit"]?.text)
  }

  /// Two bounds, either of which may be null.
  private static func range(
    _ node: Node?, _ mistakes: inout [Diagnostic]
  ) -> ClosedRange<Double> {
    guard let node else { return -.infinity ... .infinity }
    let items = node.items ?? []
    let low = items.first.flatMap { $0.isNull ? -.infinity : $0.number }
    let high = items.last.flatMap { $0.isNull ? .infinity : $0.number }
    guard items.count == 2, let low, let high, low <= high else {
      mistakes.append(
        Diagnostic(
          "a range is the least and the largest value", at: node.mark,
          hint: "write it like 'range: [0, 100]', or 'range: [0, null]'"))
      return -.infinity ... .infinity
    }
    return low...high
  }
}
