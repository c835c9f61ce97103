import GateCore

/// The answers of a model as they come, checked and put in the manifest's order of classes.
struct OutputDecoder {
  private let model: ModelSource
  private let description: AnswerDescription
  /// Rows as the model gives them, what makes probabilities of them applied.
  private var numbers: [Double] = []
  /// The model's own label of each row, where it gives them.
  private var labels: [Int32] = []
  private var dictionary: [String] = []
  private var places: [[UInt8]: Int32] = [:]
  /// Whether the second of two numbers was the first's negative in every row so far.
  private var isOneMargin = true
  /// Whether every row so far was numbers from 0 to 1 that sum to 1, before any link.
  private var areShares = true
  /// What each batch must be like; nil until the first. A width of 0: labels only.
  private var shape: (width: Int, names: [String]?, isLabelled: Bool)?

  /// None yet, for a model.
  init(model: ModelSource, description: AnswerDescription = AnswerDescription()) {
    (self.model, self.description) = (model, description)
  }

  /// Adds the answers of a batch that starts at `row`.
  mutating func append(_ scores: RawScores, from row: Int) throws(Diagnostic) {
    switch scores {
    case .labels(let codes, let texts):
      try hold((0, nil, true))
      append(codes, texts)
    case .labelled(let values, let width, let codes, let texts):
      try hold((width, nil, true))
      append(codes, texts)
      try append(values, width: width, from: row)
    case .numbers(let values, let width, let names):
      try hold((width, names, false))
      try append(values, width: width, from: row)
    }
  }

  /// Everything that came, and what is to be said of how.
  func predictions() throws(Diagnostic) -> Predictions {
    var scoring: [String: String] = [:]
    if let link = model.options.link { scoring["link"] = link.rawValue }
    if let rounds = description.rounds {
      scoring["iterations"] = "\(rounds) of \(description.allRounds)"
    }
    var predictions = Predictions(
      values: .scores([]), runtime: "", isSingle: isSingle, scoring: scoring)
    guard let shape else { return predictions }
    if model.options.link == .softmax, shape.width == 2, isOneMargin {
      throw OneMargin.refusal(of: model.role)
    }
    try GivenShares.refuseLink(
      model, width: shape.width, areShares: areShares && numbers.count >= 2 * shape.width)
    switch model.task {
    case .regression where !model.options.quantiles.isEmpty:
      (predictions.values, predictions.spread) = try quantiles(shape.width)
    case .regression, .ranking, .text:
      predictions.values = .scores(try values(shape.width))
    case .multilabel: predictions.values = .probabilities(try flags(shape.width, shape.names))
    case .binary, .multiclass:
      let columns = try ClassColumns(
        model, description, named: shape.names, width: shape.width == 0 ? nil : shape.width,
        labels: dictionary, contradicts: { contradicts($0, width: shape.width) })
      predictions.scoring["classes"] = columns.words
      predictions.values =
        shape.width == 0 ? .decisions(try decisions(columns)) : classes(columns, shape.width)
    }
    return predictions
  }

  /// Refuses a batch of another shape than the one before.
  private mutating func hold(
    _ found: (width: Int, names: [String]?, isLabelled: Bool)
  ) throws(Diagnostic) {
    if let shape {
      guard
        shape.width == found.width, shape.names == found.names,
        shape.isLabelled == found.isLabelled
      else {
        throw Diagnostic("the answers of \(model.role) change their shape from batch to batch")
      }
    }
    shape = found
  }

  /// Takes in labels.
  private mutating func append(_ codes: [Int32], _ texts: [String]) {
    let own = texts.map { text in
      if let place = places[Array(text.utf8)] { return place }
      let place = Int32(dictionary.count)
      places[Array(text.utf8)] = place
      dictionary.append(text)
      return place
    }
    labels += codes.map { own[Int($0)] }
  }

  /// Takes in rows of numbers, of which the task wants what it wants.
  private mutating func append(
    _ values: [Double], width: Int, from row: Int
  ) throws(Diagnostic) {
    let ofClasses = [.binary, .multiclass, .multilabel].contains(model.task)
    let start = numbers.count
    numbers += values
    isOneMargin = isOneMargin && OneMargin.holds(values, width: width)
    for (offset, first) in stride(from: start, to: numbers.count, by: width).enumerated() {
      let place = row + offset + 1
      let range = first..<first + width
      for index in range where !numbers[index].isFinite {
        throw Diagnostic(
          "\(model.role) gives \(shown(numbers[index])) for row \(place)",
          hint: "a model must give a number for every row; look at its inputs for nulls")
      }
      guard ofClasses else { continue }
      areShares = areShares && GivenShares.holds(numbers[range])
      model.options.link?.apply(to: &numbers, range)
      try check(range, row: place)
    }
  }

  /// A number as the model has it: the shortest text that is the same number of its precision.
  private func shown(_ value: Double) -> String {
    isSingle ? "\(Float(value))" : "\(value)"
  }

  /// Whether the answers have single precision: the model's have, and no link made others of them.
  private var isSingle: Bool {
    description.isSingle && (model.options.link ?? ModelOptions.Link.none) == ModelOptions.Link.none
  }

  /// Holds one row to what probabilities are.
  private mutating func check(_ range: Range<Int>, row: Int) throws(Diagnostic) {
    for index in range {
      let value = numbers[index]
      guard value >= -1e-6, value <= 1 + 1e-6 else {
        let link =
          model.task == .multilabel || range.count == 1 || isOneMargin ? "sigmoid" : "softmax"
        throw Diagnostic(
          "\(model.role) gives \(shown(value)) for row \(row), which is not a probability",
          hint: "if it gives margins, say 'link: \(link)' under "
            + "models.\(model.role); else a model for the task \(model.task) must give values from 0 to 1"
        )
      }
      numbers[index] = min(1, max(0, value))
    }
    guard model.task != .multilabel, range.count > 1 else { return }
    let sum = numbers[range].reduce(0, +)
    guard abs(sum - 1) > 1e-3 else { return }
    let found = (sum * 1e6).rounded() / 1e6
    throw Diagnostic(
      "\(model.role) gives \(range.count) numbers for row \(row) that sum to \(found), where "
        + "the probabilities of classes sum to 1",
      hint: description.objective == "multiclassova"
        ? "its objective 'multiclassova' scores every class by itself: train it with 'multiclass', or write the "
          + "scores over their sum to a file and name that under 'predictions'"
        : "if each is the probability of a label of its own, say 'task: multilabel'; to judge one of them, write "
          + "it to a file and name that under 'predictions' and its column under 'score'")
  }

  /// Probabilities in the manifest's order of classes.
  private func classes(_ columns: ClassColumns, _ width: Int) -> Predictions.Values {
    let places = columns.places(width: width)
    var taken: [Double] = []
    taken.reserveCapacity(numbers.count / width * places.count)
    for start in stride(from: 0, to: numbers.count, by: width) {
      // A place of -1 is the class that the one probability a row leaves over.
      taken += places.map { place in
        place >= 0
          ? numbers[start + place]
          : isSingle
            ? Double(1 - Float(numbers[start])) : 1 - numbers[start]
      }
    }
    return model.task == .multiclass ? .probabilities(taken) : .scores(taken)
  }

  /// Whether the rows that the model labels as a class score lower in that class's column than the others do.
  private func contradicts(_ order: [String], width: Int) -> Bool {
    guard width > 0, !labels.isEmpty else { return false }
    let names = ClassNames(classes: order, kind: model.labelKind)
    let columns = dictionary.map { names.place(of: $0, isText: description.hasTextLabels) }
    guard !columns.contains(nil) else { return false }
    var (sums, counts) = (
      [Double](repeating: 0, count: 2 * order.count), [Int](repeating: 0, count: 2 * order.count)
    )
    for (row, label) in labels.enumerated() {
      for place in order.indices {
        let score =
          width > 1 ? numbers[row * width + place] : place == 1 ? numbers[row] : 1 - numbers[row]
        let side = 2 * place + (columns[Int(label)] == place ? 1 : 0)
        sums[side] += score
        counts[side] += 1
      }
    }
    return order.indices.contains { place in
      let (others, own) = (counts[2 * place], counts[2 * place + 1])
      return min(others, own) >= 5
        && sums[2 * place + 1] / Double(own) < sums[2 * place] / Double(others)
    }
  }

  /// The class of each label.
  private func decisions(_ columns: ClassColumns) throws(Diagnostic) -> [Int32] {
    let places = dictionary.map(columns.place(ofLabel:))
    return try labels.enumerated().map { (row, label) throws(Diagnostic) in
      guard let place = places[Int(label)] else {
        throw Diagnostic(
          "\(model.role) gives the label '\(dictionary[Int(label)])' for row \(row + 1); "
            + "known are \(ModelInputs.list(model.classes))")
      }
      return Int32(place)
    }
  }

  /// One number a row, which a model may give as a label.
  private func values(_ width: Int) throws(Diagnostic) -> [Double] {
    if width == 1 { return numbers }
    guard width == 0 else {
      throw Diagnostic(
        "\(model.role) gives \(width) numbers a row, where \(model.task) wants one",
        hint: model.task == .regression ? hint(ofNumbers: width) : nil)
    }
    return try labels.enumerated().map { (row, label) throws(Diagnostic) in
      guard let value = Double(dictionary[Int(label)]), value.isFinite else {
        throw Diagnostic(
          "\(model.role) gives '\(dictionary[Int(label)])' for row \(row + 1), not a number")
      }
      return value
    }
  }

  /// What several numbers a row may be: as many levels, the median among them.
  private func hint(ofNumbers width: Int) -> String {
    let known: [Int: [Double]] = [
      2: [0.5, 0.9], 3: [0.1, 0.5, 0.9], 4: [0.1, 0.25, 0.5, 0.9],
      5: [0.05, 0.25, 0.5, 0.75, 0.95],
    ]
    let one = "export it with the one number that is to be judged"
    guard width <= 99 else { return one }
    let levels =
      known[width]
      ?? (1...width).map { $0 == (width + 1) / 2 ? 0.5 : Double($0) / Double(width + 1) }
    let words = levels.map { (($0 * 1000).rounded() / 1000).brief }.joined(separator: ", ")
    return
      "if they are quantiles, of which the median is the predicted value, say the level of each under "
      + "models.\(model.role), such as quantiles: [\(words)]; else \(one)"
  }

  /// The median, and every quantile by its level, rising.
  private func quantiles(
    _ width: Int
  ) throws(Diagnostic) -> (Predictions.Values, RegressionSample.Quantiles) {
    let levels = model.options.quantiles
    guard width == levels.count, let middle = levels.firstIndex(of: 0.5) else {
      throw Diagnostic(
        "\(model.role) gives \(width) \(width == 1 ? "number" : "numbers") a row, and 'quantiles' names "
          + "\(levels.count) \(levels.count == 1 ? "level" : "levels")")
    }
    func column(_ place: Int) -> [Double] {
      stride(from: place, to: numbers.count, by: width).map { numbers[$0] }
    }
    var spread = RegressionSample.Quantiles()
    for place in levels.indices.sorted(by: { levels[$0] < levels[$1] }) {
      spread.levels.append(levels[place])
      spread.quantiles.append(column(place))
    }
    return (.scores(column(middle)), spread)
  }

  /// The probability of each label, in the manifest's order.
  private func flags(_ width: Int, _ names: [String]?) throws(Diagnostic) -> [Double] {
    let wanted = model.classes
    guard width == wanted.count else {
      throw Diagnostic(
        "\(model.role) gives \(width == 0 ? "labels only" : "\(width) numbers a row") for \(wanted.count) labels "
          + "(\(ModelInputs.list(wanted)))",
        hint: "it must give the probability of each label, in the order of data.holdout.labels")
    }
    let rule = ClassNames(classes: wanted, kind: nil)
    let places = names?.map { rule.place(of: $0, isText: nil) } ?? wanted.indices.map { $0 }
    guard Set(places).count == width, !places.contains(nil) else {
      throw Diagnostic(
        "\(model.role) gives numbers for \(ModelInputs.list(names ?? [])), and the labels are "
          + ModelInputs.list(wanted))
    }
    var ordered = numbers
    for start in stride(from: 0, to: numbers.count, by: width) {
      for (column, place) in places.enumerated() {
        ordered[start + (place ?? 0)] = numbers[start + column]
      }
    }
    return ordered
  }
}
