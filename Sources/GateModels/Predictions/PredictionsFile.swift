package import GateCore

/// The predictions of a file in the holdout's row order, checked.
///
/// Throws a `Diagnostic` when the ids do not match one to one, or a score is missing, not finite or
/// outside the request's range.
package func readPredictions(
  _ request: PredictionsRequest, in database: any Database
) throws(Diagnostic) -> Predictions {
  do {
    let reader = PredictionsReader(
      request: request, predictions: try database.table(request.table),
      holdout: try database.table(request.holdout))
    let (values, spread) = try reader.read()
    let read = reader.predictions.schema.filter { request.columns.contains($0.name.sqlName) }
    return Predictions(
      values: values, spread: spread, runtime: "predictions",
      isSingle: read.allSatisfy { $0.declared == "FLOAT" })
  } catch let error as Diagnostic {
    throw error
  } catch {
    throw Diagnostic("reading the predictions of '\(request.file)': \(error)")
  }
}

/// Joins and checks the scores of one file.
struct PredictionsReader {
  let request: PredictionsRequest
  let predictions: any Table
  let holdout: any Table

  /// The scores in the holdout's order, and what stands beside them.
  func read() throws -> (Predictions.Values, RegressionSample.Quantiles?) {
    let order = try order()
    for name in request.names { try request.want(name, isID: false, of: predictions) }
    for type in predictions.schema where request.columns.contains(type.name.sqlName) {
      try request.refuseNested(type, "the column")
    }
    let columns = try predictions.columns(request.columns).map { Ordered(column: $0, order: order) }
    switch request.content {
    case .score(let name):
      let numbers = try numbers(columns[0], named: name)
      try checkRange(numbers, named: name)
      return (.scores(numbers), nil)
    case .spread(let name, let interval, let quantiles):
      let spread = try spread(Array(columns.dropFirst()), interval, quantiles)
      return (.scores(try numbers(columns[0], named: name)), spread)
    case .probabilities(let classes):
      return (.probabilities(try probabilities(columns, classes, sumToOne: true)), nil)
    case .flags(let labels):
      return (.probabilities(try probabilities(columns, labels, sumToOne: false)), nil)
    case .decisions(let name, let classes):
      return (.decisions(try decisions(columns[0], named: name, classes)), nil)
    case .texts(let name):
      return (.texts(try texts(columns[0], named: name)), nil)
    }
  }

  /// For each row of the holdout its row in the predictions; nil where they are the same.
  private func order() throws -> [Int]? {
    guard let id = request.id else {
      guard predictions.rows == holdout.rows else {
        throw Diagnostic(
          "'\(request.file)' has \(predictions.rows.counted("row")) of predictions, and the holdout "
            + "'\(request.holdoutFile)' has \(holdout.rows.counted("row")); without an id they are matched row by row, and as many were wanted",
          hint: "name the column that both files have under 'data.holdout.id'")
      }
      try RowAgreement(request: request, predictions: predictions, holdout: holdout).check()
      return nil
    }
    let (here, there) = (try ids(id, holdout), try ids(id, predictions))
    try checkNulls(here.column, id, request.holdoutFile)
    try checkNulls(there.column, id, request.file)
    guard here.kind == there.kind else {
      throw here.mistake(beside: there, id, request.holdoutFile, request.file)
    }
    let order =
      here.column.isSameAndUnique(there.column)
      ? nil
      : try match(try here.keys(id, request.holdoutFile), try there.keys(id, request.file), id)
    try RowAgreement(
      request: request, predictions: predictions, holdout: holdout, order: order, id: id
    ).check()
    return order
  }

  /// The ids of a table.
  private func ids(_ id: String, _ table: any Table) throws -> IDs {
    let type = table.schema.first { $0.name.isSame(as: id) }
    if table.name == predictions.name {
      try request.want(id, isID: true, of: predictions)
      try request.refuseNested(type, "the id")
    }
    let kind = IDs.Kind(type)
    // A function of the cast: what the text of the file was says nothing here, the value is compared.
    let sql =
      type == nil || kind.isRead(of: type) ? id.sqlName : "trim(CAST(\(id.sqlName) AS VARCHAR))"
    return IDs(
      column: try table.columns([sql])[0], kind: kind, declared: type?.declared ?? "",
      isText: type?.dialect != nil)
  }

  /// Refuses ids that are null.
  private func checkNulls(_ column: Column, _ id: String, _ file: String) throws(Diagnostic) {
    guard let first = column.firstNull, let validity = column.validity else { return }
    let count = validity.reduce(0) { $1 ? $0 : $0 + 1 }
    throw Diagnostic(
      "the id '\(id)' is null in \(count.counted("row")) of '\(file)', first in row \(first + 1); "
        + "an id in every row was wanted")
  }

  /// The place of each wanted id among those found; each must be there once.
  private func match(
    _ wanted: [IDs.Key], _ found: [IDs.Key], _ id: String
  ) throws(Diagnostic) -> [Int]? {
    let others = try wanted.places(id, request.holdoutFile)
    if wanted == found { return nil }
    let places = try found.places(id, request.file)
    let missing = wanted.filter { places[$0] == nil }
    let extra = found.filter { others[$0] == nil }
    guard missing.isEmpty else {
      throw Diagnostic(
        "'\(request.file)' lacks \(missing.count.counted("id")) of '\(request.holdoutFile)': "
          + "\(missing.examples)"
          + (extra.isEmpty ? "" : ", and has \(extra.count) that are not there: \(extra.examples)")
          + "; a prediction for every row was wanted",
        hint: "score the rows of '\(request.holdoutFile)' again")
    }
    guard extra.isEmpty else {
      throw Diagnostic(
        "'\(request.file)' has \(extra.count.counted("id")) that '\(request.holdoutFile)' lacks: "
          + "\(extra.examples); predictions of the holdout's rows alone were wanted")
    }
    return wanted.map { places[$0] ?? 0 }
  }

  /// Where a row stands, for messages.
  private func place(_ row: Int, _ order: [Int]?) -> String {
    let line = (order?[row] ?? row) + 1
    guard let id = request.id,
      let key = try? ids(id, holdout).keys(id, request.holdoutFile)[row]
    else { return "row \(line)" }
    return "row \(line) (\(id) '\(key)')"
  }

  /// A column's finite numbers.
  func numbers(_ ordered: Ordered, named name: String) throws(Diagnostic) -> [Double] {
    if case .booleans = ordered.column.values {
      throw Diagnostic(
        "column '\(name)' of '\(request.file)' holds true and false; scores were wanted",
        hint:
          "name the column of the probability, or of the value; where there are decisions alone, write "
          + "them as the numbers 0 and 1")
    }
    guard let numbers = ordered.column.doubles, !ordered.isTimestamp else {
      let mistake = Diagnostic(
        "column '\(name)' of '\(request.file)' is not a number; scores were wanted")
      throw predictions.explaining(mistake, of: name).needingValues("every row")
    }
    try ordered.column.refuseInexact("column '\(name)' of '\(request.file)'")
    if ordered.column.firstNull != nil || !numbers.allSatisfy(\.isFinite) {
      try refuse(
        in: ordered.rows, ordered.order, { ordered.column.isNull($0) ? "null" : nil }, name,
        wanted: "a score in every row")
      try refuse(
        in: ordered.rows, ordered.order, { numbers[$0].isFinite ? nil : "\(numbers[$0])" }, name,
        wanted: "a finite number")
    }
    guard let order = ordered.order else { return numbers }
    return order.map { numbers[$0] }
  }

  /// Refuses scores outside the range asked for.
  private func checkRange(_ scores: [Double], named name: String) throws(Diagnostic) {
    guard let range = request.range, !scores.allSatisfy(range.contains) else { return }
    try refuse(
      in: scores.count, nil, { range.contains(scores[$0]) ? nil : "\(scores[$0])" }, name,
      wanted: range == 0...1
        ? "a probability from 0 to 1" : "a number from \(range.lowerBound) to \(range.upperBound)",
      hint: range == 0...1 && scores.arePercent
        ? "where they are percent, divide them by 100 where the file is made"
        : range == 0...1
          ? "of a margin m the probability is 1 / (1 + exp(-m)), of several their softmax: write that where the "
            + "file is made" : nil)
  }

  /// Throws when `problem` finds any in the rows: the first, and how many.
  func refuse(
    in rows: Int, _ order: [Int]?, _ problem: (Int) -> String?, _ name: String, wanted: String,
    hint: String? = nil
  ) throws(Diagnostic) {
    var first: (row: Int, what: String)?
    var count = 0
    for row in 0..<rows {
      guard let what = problem(order?[row] ?? row) else { continue }
      count += 1
      if first == nil { first = (row, what) }
    }
    guard let first else { return }
    throw Diagnostic(
      "column '\(name)' of '\(request.file)' is \(first.what) in \(place(first.row, order)), and so "
        + "wrong in \(count.counted("row")); \(wanted) was wanted", hint: hint)
  }

  /// Texts; a null is none.
  private func texts(_ ordered: Ordered, named name: String) throws(Diagnostic) -> [String] {
    guard case .strings(let codes, let dictionary) = ordered.column.values else {
      throw Diagnostic(
        "column '\(name)' of '\(request.file)' holds no texts; texts were wanted",
        hint:
          "where they look like numbers, write '\(Pasteable.types(name))' beside the path of the predictions"
      )
    }
    try refuse(
      in: ordered.rows, ordered.order, { ordered.column.isNull($0) ? "null" : nil }, name,
      wanted: "a text in every row")
    return (0..<ordered.rows).map { dictionary[Int(codes[ordered.order?[$0] ?? $0])] }
  }

  /// Probabilities of each class, a row after another, each row's sum close to 1 where it must be.
  private func probabilities(
    _ columns: [Ordered], _ classes: [(name: String, column: String)], sumToOne: Bool
  ) throws(Diagnostic) -> [Double] {
    let width = classes.count
    var values = [Double](repeating: 0, count: holdout.rows * width)
    for (index, (ordered, item)) in zip(columns, classes).enumerated() {
      let numbers = try numbers(ordered, named: item.column)
      try checkRange(numbers, named: item.column)
      for (row, number) in numbers.enumerated() { values[row * width + index] = number }
    }
    for row in 0..<holdout.rows where sumToOne {
      let sum = values[row * width..<(row + 1) * width].reduce(0, +)
      guard abs(sum - 1) > 1e-3 else { continue }
      throw Diagnostic(
        "the probabilities of '\(request.file)' sum to \(((sum * 1e6).rounded() / 1e6).brief) in \(place(row, columns[0].order)); "
          + "1 within 0.001 was wanted",
        hint: (abs(sum - 1) < 0.05
          ? "if they were rounded, write them with all their digits; " : "")
          + (sum < 1 ? "name the probability of every class under 'scores'; " : "")
          + "if each is the probability of a label of its own, say 'task: multilabel'; to judge one of them, "
          + "say 'task: binary' and name its column under 'score'; else write numbers that sum to 1"
      )
    }
    return values
  }

  /// The place of each row's predicted class among the classes.
  private func decisions(
    _ ordered: Ordered, named name: String, _ classes: [String]
  ) throws(Diagnostic) -> [Int32] {
    guard let labels = try ordered.column.coded(atMost: .max) else { return [] }
    let places = Dictionary(zip(classes.map { ExactText($0) }, Int32(0)...)) { first, _ in first }
    let known = labels.texts.map { places[ExactText($0)] }
    try refuse(
      in: ordered.rows, ordered.order,
      { row in
        let code = Int(labels.codes[row])
        if code < 0 { return "null" }
        return known[code] == nil ? "'\(labels.texts[code])'" : nil
      }, name, wanted: "one of \(classes.joined(separator: ", "))")
    return (0..<ordered.rows).map { row in
      known[Int(labels.codes[ordered.order?[row] ?? row])] ?? 0
    }
  }
}

extension [Double] {
  /// Whether they look like shares in percent.
  fileprivate var arePercent: Bool { allSatisfy((0...100).contains) && contains { $0 > 2 } }
}
