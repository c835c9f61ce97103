import GateCore

/// Which column of a model's answer is of which class, and which class its labels and codes stand for.
struct ClassColumns {
  /// The class of each column, in the columns' order; of one column the negative and the positive class.
  let order: [String]
  /// Whether that follows from no name that the model gives.
  let isCoded: Bool
  private let model: ModelSource
  private let description: AnswerDescription
  private let names: ClassNames

  /// Holds what the manifest says, what the model names and what it labels against each other.
  ///
  /// - Parameters:
  ///   - named: The names of the columns, where the answer gives them.
  ///   - width: How many numbers a row has; nil: the model gives labels only.
  ///   - labels: The labels that the model gave, for messages and for what they tell.
  ///   - contradicts: Whether the labels of the rows speak against an order of the columns.
  init(
    _ model: ModelSource, _ description: AnswerDescription, named: [String]?, width: Int?,
    labels: [String], contradicts: ([String]) -> Bool
  ) throws(Diagnostic) {
    let names = ClassNames(classes: model.classes, kind: model.labelKind)
    (self.model, self.description, self.names) = (model, description, names)
    let columns = width == 1 && model.task == .binary && named == nil ? 2 : width
    if let columns, columns != model.classes.count {
      throw Self.other(columns, named ?? description.classes, model, names, description)
    }
    let listed = named ?? (description.classes?.count == columns ? description.classes : nil)
    if let listed, let places = try Self.places(listed, model, names, description) {
      order = places.map { model.classes[$0] }
      isCoded = false
      if contradicts(order) { throw Self.contradiction(order, model) }
      return
    }
    try Self.refuseStrangers(labels, model, names, description)
    let isText = description.hasTextLabels
    isCoded = isText == nil || labels.contains { names.place(of: $0, isText: isText) == nil }
    let sorted = names.sorted(hasTextLabels: description.hasTextLabels)
    if model.order == nil, isCoded, model.isPositiveQuoted {
      try Self.refuseTwoOrders(sorted, names.sorted(hasTextLabels: true), model)
    }
    var orders = [model.order ?? sorted]
    if description.hasTextLabels != nil, !isCoded, !orders.contains(sorted) {
      orders.append(sorted)
    }
    let fitting = orders.filter { !contradicts($0) }
    guard let first = fitting.first, fitting.count == 1 || width == nil else {
      throw fitting.isEmpty ? Self.contradiction(orders[0], model) : Self.ambiguity(orders, model)
    }
    order = first
  }

  /// The place of each class among the columns; -1 is what one column leaves over.
  func places(width: Int) -> [Int] {
    let wanted = model.task == .binary ? model.classes.suffix(1) : model.classes[...]
    return wanted.map { name in
      let place = order.firstIndex { $0.utf8.elementsEqual(name.utf8) } ?? 0
      return width == 1 && model.task == .binary ? place - 1 : place
    }
  }

  /// The place among the manifest's classes of a label that the model gives; nil: it is none of them.
  func place(ofLabel label: String) -> Int? {
    guard isCoded else { return names.place(of: label, isText: description.hasTextLabels) }
    return names.code(of: label).flatMap { code in
      model.classes.firstIndex { $0.utf8.elementsEqual(order[code].utf8) }
    }
  }

  /// Which code was taken for which class, for the record; nil where each is called what it is.
  var words: String? {
    guard isCoded, order.enumerated().contains(where: { String($0) != $1 }) else { return nil }
    return order.enumerated().map { "\($0) = '\($1)'" }.joined(separator: ", ")
  }

  /// The class of each name that the model gives its columns; nil: they are codes and no names.
  private static func places(
    _ listed: [String], _ model: ModelSource, _ names: ClassNames, _ description: AnswerDescription
  ) throws(Diagnostic) -> [Int]? {
    let found = listed.map { names.place(of: $0, isText: description.hasTextLabels) }
    let places = found.compactMap(\.self)
    if places.count == listed.count, Set(places).count == places.count { return places }
    let areCodes = names.areCodes(listed, hasTextLabels: description.hasTextLabels)
    if areCodes, places.isEmpty || model.order != nil { return nil }
    let missing = model.classes.indices.first { !places.contains($0) }.map { model.classes[$0] }
    throw Diagnostic(
      "\(model.role) has no class '\(missing ?? "")'; it has \(ModelInputs.list(listed))",
      hint: advice(areCodes, listed, model, names, description))
  }

  /// What to do about names that are no classes.
  private static func advice(
    _ areCodes: Bool, _ listed: [String], _ model: ModelSource, _ names: ClassNames,
    _ description: AnswerDescription
  ) -> String? {
    if areCodes {
      return "say which class each code is, in their order, such as classes: "
        + ModelInputs.yaml(names.sorted(hasTextLabels: nil))
    }
    let areValues = [.number, .integer, .boolean].contains(model.labelKind)
    guard description.hasTextLabels == true, areValues, let label = model.labels.first else {
      return nil
    }
    // No type makes a number a word.
    guard listed.allSatisfy({ Double($0) != nil || ["true", "false"].has($0.lowercased()) }) else {
      return
        "the label '\(label)' must hold the classes as the model calls them: derive a column that does, by a CASE "
        + "under data.derive, and name it as the label"
    }
    return "the model's are texts; where the labels are too, say so under data.holdout: types: "
      + "{\(ModelInputs.yaml([label]).dropFirst().dropLast()): VARCHAR}"
  }

  /// Refuses labels that are neither a class nor a code.
  private static func refuseStrangers(
    _ labels: [String], _ model: ModelSource, _ names: ClassNames, _ description: AnswerDescription
  ) throws(Diagnostic) {
    let strangers = labels.filter { names.place(of: $0, isText: description.hasTextLabels) == nil }
    guard let first = strangers.first else { return }
    let areCodes = names.areCodes(labels, hasTextLabels: description.hasTextLabels)
    if areCodes, strangers.count == labels.count || model.order != nil { return }
    throw Diagnostic(
      "\(model.role) gives the label '\(first)', which is none of the classes: "
        + ModelInputs.list(model.classes),
      hint: advice(areCodes, labels, model, names, description))
  }

  /// Refuses codes whose order is another one for labels that are texts, as the manifest writes them, than for the
  /// numbers that the data hold.
  private static func refuseTwoOrders(
    _ numbers: [String], _ texts: [String], _ model: ModelSource
  ) throws(Diagnostic) {
    guard !numbers.elementsEqual(texts, by: { $0.isSame(as: $1) }),
      let positive = model.classes.last
    else { return }
    throw Diagnostic(
      "'positive' is the text '\(positive)', and the labels are numbers: the codes of \(model.role) are "
        + "\(ModelInputs.list(texts)) of a model that learned texts, and \(ModelInputs.list(numbers)) of one that "
        + "learned numbers",
      hint:
        "say the classes in the order of its codes: classes: \(ModelInputs.yaml(texts)), or classes: "
        + ModelInputs.yaml(numbers))
  }

  /// Another number of columns than of classes.
  private static func other(
    _ columns: Int, _ listed: [String]?, _ model: ModelSource, _ names: ClassNames,
    _ description: AnswerDescription
  ) -> Diagnostic {
    let found = listed.map { " (\(ModelInputs.list($0)))" } ?? ""
    let count = columns == 1 ? "1 number" : "\(columns) numbers"
    let known = listed.map { $0.map { names.place(of: $0, isText: description.hasTextLabels) } }
    let isWider = known.map { $0.compactMap(\.self).count == model.classes.count } == true
    return Diagnostic(
      "\(model.role) gives \(count) a row\(found) for \(model.classes.count) classes "
        + "(\(ModelInputs.list(model.classes)))",
      hint: columns == 1
        ? "it must give the probability of each class, such as XGBoost's multi:softprob"
        : remedy(columns, isWider ? listed : nil, model))
  }

  /// What to write where a model has other classes than the rows.
  private static func remedy(_ columns: Int, _ listed: [String]?, _ model: ModelSource) -> String {
    guard model.task == .multiclass, columns > model.classes.count else {
      return "the model and the labels of the rows must have the same classes"
    }
    if let listed { return "list all of the model's classes: classes: \(ModelInputs.yaml(listed))" }
    // The model knows places alone: the missing name, and where it stands, is the person's to say.
    return
      "where these rows lack a class that the model learned, list all \(columns) under 'classes' in the order of its "
      + "columns; scikit-learn, LightGBM and XGBoost sort them, so that a class these rows lack may stand before those "
      + "they have: \(ModelInputs.list(model.classes))"
  }

  /// The model's own labels speak against the order that was taken.
  private static func contradiction(_ order: [String], _ model: ModelSource) -> Diagnostic {
    Diagnostic(
      "the columns of \(model.role) cannot be those of \(ModelInputs.list(order)) in this order: rows "
        + "that it labels as one class score lower in that class's column than others",
      hint: "say the order of its columns: classes: \(ModelInputs.yaml(order.reversed()))")
  }

  /// The model's labels fit two orders.
  private static func ambiguity(_ orders: [[String]], _ model: ModelSource) -> Diagnostic {
    Diagnostic(
      "whether the columns of \(model.role) are those of "
        + orders.map { ModelInputs.list($0) }.joined(separator: " or of ")
        + " cannot be told from its labels of these rows",
      hint: "leave 'classes' out, or name the columns in the model")
  }
}
