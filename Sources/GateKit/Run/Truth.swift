package import GateCore

/// The true values of the holdout's rows, and what each row weighs.
package struct Truth: Sendable {
  package enum Labels: Sendable {
    case binary([Bool])
    case multiclass([Int32])
    /// A row of as many as there are classes after another.
    case multilabel([Bool])
    case regression([Double])
    /// How relevant each row is, and which query it is of.
    case ranking([Double], queries: [Int32])
    case text([String])
  }

  package var labels: Labels
  /// Binary: the negative class, then the positive. Multiclass: in order. Multilabel: the labels. Else: none.
  package var classes: [String]
  package var weights: [Double]?
  /// Which cluster each row is of; nil: every row stands for itself.
  package var clusters: [Int32]?
  package var rows: Int
  /// What the column of the label, or of the first, holds.
  package var labelKind: ColumnType.Kind?
}

extension Truth {
  /// Reads labels, weight, cluster and query; throws a `Diagnostic` with the place in the manifest for a label that is
  /// missing, null or of a class there should not be and for a weight that is none.
  package init(_ manifest: Manifest, holdout table: any Table) throws {
    let data = manifest.data
    rows = table.rows
    let named = [("weight", data.weight), ("cluster", data.cluster), ("query", data.query)]
    try Self.wantColumns(
      data.labels.map { ("label", $0) } + [("id", data.id)] + named, in: table)
    var wanted = try data.labels.map { try Self.expression($0, "label", in: table) }
    for case (let what, let column?) in named {
      wanted.append(try Self.expression(column, what, in: table))
    }
    if let id = data.id {
      let name = try Self.expression(id, "id", in: table)
      try Self.hold(id, name, manifest, table)
    }
    let columns: [Column]
    do { columns = try table.columns(wanted) } catch let mistake as Diagnostic {
      throw mistake.at(data.label.mark)
    }
    let read = Dictionary(
      zip(named.filter { $0.1 != nil }.map(\.0), columns.dropFirst(data.labels.count))
    ) { first, _ in first }
    weights = try data.weight.flatMap { weight in
      try Self.explaining(weight, in: table) {
        try read["weight"].map { try Self.weights($0, weight) }
      }
    }
    clusters = try read["cluster"].map(Self.groups)
    try Self.refuseNulls(columns, read, data)
    let type = table.schema.first { $0.name.isSame(as: data.label.name) }
    labelKind = type?.kind
    if let type { try WrittenClasses(manifest).hold(type, at: data.label.mark) }
    (labels, classes) = try Self.labels(
      Array(columns.prefix(data.labels.count)), queries: read["query"], weights, manifest, table)
    // The rows of a query are ranked together, so they are drawn together.
    if case .ranking(_, let queries) = labels { clusters = clusters ?? queries }
  }

  /// Throws where a row has no query, cluster or label.
  private static func refuseNulls(
    _ columns: [Column], _ read: [String: Column], _ data: Manifest.Data
  ) throws(Diagnostic) {
    if let query = data.query, let row = read["query"]?.firstNull {
      throw Diagnostic(
        "the query '\(query.name)' is null in row \(row + 1), so it is not known what it is ranked with",
        at: query.mark)
    }
    if let cluster = data.cluster, let row = read["cluster"]?.firstNull {
      throw Diagnostic(
        "the cluster '\(cluster.name)' is null in row \(row + 1), so it is not known which rows it belongs with",
        at: cluster.mark, hint: Self.ownCluster(cluster.name, id: data.id?.name))
    }
    for (label, column) in zip(data.labels, columns) {
      guard let row = column.firstNull else { continue }
      throw Diagnostic(
        "the label '\(label.name)' is null in row \(row + 1) of '\(data.holdout.uri)'",
        at: label.mark, hint: "every row of the holdout needs its true value, and a NaN is none")
    }
  }

  /// The labels as the task has them, and their classes.
  private static func labels(
    _ columns: [Column], queries: Column?, _ weights: [Double]?, _ manifest: Manifest,
    _ table: any Table
  ) throws -> (Labels, [String]) {
    let (column, label) = (columns[0], manifest.data.label)
    switch manifest.task {
    case .binary, .multiclass: return try labels(column, weights, manifest)
    case .regression:
      let numbers = try explaining(label, in: table) { try Self.numbers(column, manifest) }
      return (.regression(numbers), [])
    case .multilabel:
      return (.multilabel(try flags(columns, manifest)), manifest.data.labels.map(\.name))
    case .ranking:
      let codes = try queries.map(groups) ?? []
      let relevance = try explaining(label, in: table) { try Self.relevance(column, manifest) }
      return (.ranking(relevance, queries: codes), [])
    case .text: return (.text(try texts(column, manifest)), [])
    }
  }

  /// Which cluster or query each row is of; none is null.
  private static func groups(_ column: Column) throws(Diagnostic) -> [Int32] {
    try column.coded(atMost: .max)?.codes ?? []
  }

  /// How rows that belong with no other are said to.
  private static func ownCluster(_ cluster: String, id: String?) -> String {
    guard let id else { return "write there what each row belongs with" }
    let own = "coalesce('of ' || \(cluster.sqlName), 'row ' || \(id.sqlName))"
    return
      "write there what each row belongs with; where such rows stand for themselves, add to data: "
      + "derive: {unit: \"\(own.replacing("\"", with: "\\\""))\"} and let the holdout's cluster be unit"
  }

  private static func weights(
    _ column: Column, _ named: Manifest.Data.Column
  ) throws -> [Double] {
    guard let weights = column.quantities else {
      throw Diagnostic(
        "the weight '\(named.name)' holds \(column.contents), wanted numbers", at: named.mark,
        hint: column.isBoolean
          ? "to leave rows out, write the rows that count as a table of their own; to count some of them more, write "
            + "numbers" : nil)
    }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      let found = weights[row].isNaN ? "null or NaN" : weights[row].description
      throw Diagnostic(
        "the weight '\(named.name)' is \(found) in row \(row + 1), wanted a number of at least 0",
        at: named.mark)
    }
    if !weights.contains(where: { $0 > 0 }) {
      throw Diagnostic("the weight '\(named.name)' is 0 in every row", at: named.mark)
    }
    return weights
  }

  private static func labels(
    _ column: Column, _ weights: [Double]?, _ manifest: Manifest
  ) throws -> (Labels, [String]) {
    let mark = manifest.data.label.mark
    let name = manifest.data.label.name
    guard let coded = try column.coded(atMost: 1000) else {
      throw Diagnostic(
        "the label '\(name)' has more than 1000 values", at: mark,
        hint: "is this a regression? then say 'task: regression'")
    }
    return manifest.task == .binary
      ? try binary(coded, weights, manifest) : try multiclass(coded, weights, manifest)
  }

  /// The places of the classes that rows with weight are of: one that has no weight tells as little as one that no row is of.
  private static func weighing(_ coded: CodedColumn, _ weights: [Double]?) -> Set<Int32> {
    guard let weights else { return Set(coded.texts.indices.map { Int32($0) }) }
    return Set(zip(coded.codes, weights).lazy.filter { $1 > 0 }.map(\.0))
  }

  private static func binary(
    _ coded: CodedColumn, _ weights: [Double]?, _ manifest: Manifest
  ) throws -> (Labels, [String]) {
    let mark = manifest.data.label.mark
    let name = manifest.data.label.name
    if coded.texts.count > 2 {
      // The rarest is most likely the one that should not be there.
      var counts = [Int](repeating: 0, count: coded.texts.count)
      for code in coded.codes { counts[Int(code)] += 1 }
      let rarest = counts.indices.reversed().min { counts[$0] < counts[$1] } ?? 2
      let row = coded.codes.firstIndex(of: Int32(rarest)) ?? 0
      throw Diagnostic(
        "the label '\(name)' has \(coded.texts.count) values "
          + "(\(coded.texts.prefix(6).joined(separator: ", "))\(coded.texts.count > 6 ? ", …" : "")); "
          + "row \(row + 1) holds '\(coded.texts[rarest])', and a binary label has two",
        at: mark,
        hint: missing(coded.texts)
          ?? (coded.texts.count > 20 && coded.texts.allSatisfy { Double($0) != nil }
            ? "is this a number to be met? then say 'task: regression'; or name another label"
            : "correct those rows, or say 'task: multiclass'"))
    }
    let positive = try positive(coded.texts, manifest)
    let written = manifest.classes ?? []
    if !written.isEmpty,
      let stranger = (coded.texts + [positive]).first(where: { !written.has($0) })
    {
      throw Diagnostic(
        "the label '\(name)' has the class '\(stranger)', which is none of the classes: "
          + written.joined(separator: ", "), at: mark,
        hint: stranger.lookalikeHint(among: written))
    }
    let negative =
      (coded.texts + written).first { !$0.isSame(as: positive) }
      ?? ["1": "0", "true": "false"][positive] ?? ""
    let weighing = weighing(coded, weights)
    if weighing.count == 1, written.isEmpty, let only = weighing.first {
      throw oneClass(
        coded.texts[Int(only)], manifest, positive: positive, isByWeight: coded.texts.count > 1)
    }
    let isPositive = coded.texts.map { $0.isSame(as: positive) }
    return (.binary(coded.codes.map { isPositive[Int($0)] }), [negative, positive])
  }

  /// That all rows are of one class: of the other nothing could be said, and whoever always says the one is right.
  private static func oneClass(
    _ text: String, _ manifest: Manifest, positive: String, isByWeight: Bool
  ) -> Diagnostic {
    let pairs = ["0": "[0, 1]", "1": "[0, 1]", "true": "[false, true]", "false": "[false, true]"]
    let both =
      Set([text, positive]).isSubset(of: ["0", "1"])
        || Set([text, positive]).isSubset(of: ["false", "true"]) ? pairs[text] : nil
    return Diagnostic(
      "the label '\(manifest.data.label.name)' is '\(text)' in every row\(isByWeight ? " that has weight" : ""), so a "
        + "model that always says so is right in all of them", at: manifest.data.label.mark,
      hint: "take a holdout with rows of both classes; if this one is meant, list both"
        + (both.map { ": classes: \($0)" } ?? " under 'classes'"))
  }

  private static func positive(_ texts: [String], _ manifest: Manifest) throws -> String {
    let mark = manifest.data.label.mark
    guard let written = manifest.positive else {
      if Set(texts).isSubset(of: ["0", "1"]) { return "1" }
      if Set(texts).isSubset(of: ["false", "true"]) { return "true" }
      throw Diagnostic(
        "which class is positive? the label has: \(texts.joined(separator: ", "))", at: mark,
        hint: "add to the manifest: "
          + (texts.likelyPositive.map { [$0] } ?? texts.prefix(2)).map { "positive: \($0.yaml)" }
          .joined(separator: " or "))
    }
    let folded = ["True": "true", "TRUE": "true", "False": "false", "FALSE": "false"][written]
    // '01' in quotes is a text, and no number is that.
    let isNumber = !manifest.quotedClasses.has(written) || !written.hasMoreThanANumber
    let candidates = [
      written, folded,
      isNumber ? Double(written).flatMap { Int(exactly: $0) }.map(String.init) : nil,
    ]
    if let match = candidates.compactMap({ $0 }).first(where: texts.has) { return match }
    if texts.count == 2 {
      throw Diagnostic(
        "'positive' is '\(written)', and the label has: \(texts.joined(separator: ", "))",
        at: mark, hint: "say which of them is the positive class")
    }
    return folded ?? written
  }

  private static func multiclass(
    _ coded: CodedColumn, _ weights: [Double]?, _ manifest: Manifest
  ) throws -> (Labels, [String]) {
    let mark = manifest.data.label.mark
    let name = manifest.data.label.name
    guard let classes = manifest.classes ?? manifest.models.scoredClasses else {
      let weighing = weighing(coded, weights)
      if weighing.count < 2 {
        let only = coded.texts[Int(weighing.first ?? 0)]
        throw Diagnostic(
          "the label '\(name)' has one value only\(coded.texts.count > 1 ? " in rows with weight" : ""), '\(only)'",
          at: mark,
          hint: "list all classes under 'classes'")
      }
      return (.multiclass(coded.codes), coded.texts)
    }
    let places = coded.texts.map { classes.place(of: $0) }
    if let stranger = places.firstIndex(of: nil) {
      let row = coded.codes.firstIndex(of: Int32(stranger)) ?? 0
      throw Diagnostic(
        "the label '\(name)' is '\(coded.texts[stranger])' in row \(row + 1), which is none of the "
          + "classes: \(classes.joined(separator: ", "))", at: mark,
        hint: coded.texts[stranger].lookalikeHint(among: classes))
    }
    return (.multiclass(coded.codes.map { Int32(places[Int($0)] ?? 0) }), classes)
  }
}

extension [Role: Manifest.Model] {
  /// The classes that scores made elsewhere name, sorted; nil when no model says.
  var scoredClasses: [String]? {
    for role in Role.allCases {
      if case .predictions(_, let columns)? = self[role]?.source, !columns.scores.isEmpty {
        return columns.scores.map(\.label).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      }
    }
    return nil
  }
}
