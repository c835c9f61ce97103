import GateCore

/// Columns that a file of predictions and the holdout have both, where their rows are matched one by one: where such a
/// column says that a row is another, all scores are of other rows.
struct RowAgreement {
  let request: PredictionsRequest
  let predictions: any Table
  let holdout: any Table
  /// For each row of the holdout its row in the predictions; nil where they are the same.
  var order: [Int]?
  /// What names a row, where one does; rows it matched are told to be others by what the manifest reads alone.
  var id: String?

  /// How much two columns of one name must agree.
  private enum Kind {
    /// It names the row, or is a value that the manifest reads of the holdout: in every row.
    case told
    /// It is a label, or one that a model predicted: of other values than the labels' it is no contradiction.
    case label
    /// It may: where its values all differ, the same ones must not stand in another order.
    case distinct
  }

  /// Refuses rows that are others.
  func check() throws {
    let own = predictions.schema
    for there in holdout.schema {
      guard let here = own.first(where: { $0.name.isSame(as: there.name) }),
        let kind = kind(here, there)
      else { continue }
      let name = [here.name.sqlName]
      let (mine, theirs) = (try predictions.columns(name)[0], try holdout.columns(name)[0])
      guard mine.count == theirs.count else { continue }
      let isMixed = here.kind != there.kind && request.labels.has(here.name)
      let rows = (0..<mine.count).filter {
        let row = order?[$0] ?? $0
        return isMixed
          ? !mine.isLabelled(row, as: theirs, in: $0) : !mine.agrees(row, with: theirs, in: $0)
      }
      guard let row = rows.first,
        isMixed
          ? mine.labels.isSubset(of: theirs.labels)
          : isWrong(mine, theirs, kind, agreeing: mine.count - rows.count)
      else { continue }
      throw Diagnostic(
        matched + ", and "
          + "'\(here.name)', which both have, differs in \(rows.count.counted("row")): in row \(row + 1) it is "
          + "'\(mine.words(order?[row] ?? row).prefix(60))' and '\(theirs.words(row).prefix(60))'",
        hint: hint(here.name, kind))
    }
  }

  /// How the rows were matched, in the words of a message.
  private var matched: String {
    guard let id else {
      return
        "without an id the rows of '\(request.file)' and of '\(request.holdoutFile)' are matched one by one"
    }
    return "the rows of '\(request.file)' and of '\(request.holdoutFile)' are matched by '\(id)'"
  }

  /// Whether columns that differ contradict each other, of which so many rows agree.
  private func isWrong(
    _ mine: Column, _ theirs: Column, _ kind: Kind, agreeing: Int
  ) -> Bool {
    switch kind {
    case .told: true
    case .label:
      // A predicted number hardly ever is the true one to the last digit.
      mine.hasNone(beyond: theirs)
        || mine.isOfFractions && theirs.isOfFractions && agreeing >= max(3, mine.count / 10)
    case .distinct: mine.isOtherOrder(of: theirs)
    }
  }

  /// What to write.
  private func hint(_ name: String, _ kind: Kind) -> String {
    let other =
      "where it means something else in '\(request.file)', leave it out or give it another name there"
    if id != nil {
      return
        "one of the files says it of other rows: make the scores of the rows that are judged; \(other)"
    }
    return request.told.has(name) || request.labels.has(name)
      ? "name the column that tells rows apart, which both must have, under data.holdout.id; \(other)"
      : "where it tells rows apart, say 'id: \(name.yaml)' under data.holdout; \(other)"
  }

  /// How much two columns must agree; nil: they need not, or cannot be compared.
  private func kind(_ here: ColumnType, _ there: ColumnType) -> Kind? {
    if request.answers.has(here.name) || here.name.isUnnamed { return nil }
    if id != nil, !request.labels.has(here.name), !request.told.has(here.name) { return nil }
    if request.labels.has(here.name) { return .label }
    let numbers: Set<ColumnType.Kind> = [.integer, .number]
    guard here.kind == there.kind || numbers.contains(here.kind) && numbers.contains(there.kind)
    else {
      // What names a row does so in any type: '00017' is not 18.
      return isTold(here.name) ? .told : nil
    }
    if isTold(here.name) { return .told }
    let words = Set(here.name.wordsOfName)
    if !words.isDisjoint(with: Self.answers) { return nil }
    // The number that a data frame gives its rows is another in every file.
    if words.isEmpty || !words.isDisjoint(with: ["unnamed", "index", "row", "level"]) {
      return nil
    }
    return [.integer, .number, .string, .timestamp].contains(here.kind) ? .distinct : nil
  }

  /// Whether a column names rows, or is read of the holdout by the manifest.
  private func isTold(_ name: String) -> Bool {
    if request.told.has(name) { return true }
    let words = Set(name.wordsOfName)
    return words.isDisjoint(with: Self.answers)
      && !words.isDisjoint(with: ["id", "ids", "uuid", "guid"])
  }

  /// Words of names that a model's answers have.
  private static let answers: Set = [
    "class", "label", "model", "p", "pred", "predicted", "prediction", "predictions", "prob",
    "probability", "proba", "rank", "run", "score", "scores",
  ]
}

extension Column {
  /// Whether its numbers are not all whole.
  fileprivate var isOfFractions: Bool {
    if case .doubles(let values) = values {
      return values.contains { $0.isFinite && $0 != $0.rounded() }
    }
    return false
  }

  /// Whether a row has the same value as another column has in its own, or either has none.
  fileprivate func agrees(_ row: Int, with other: Column, in place: Int) -> Bool {
    if isNull(row) || other.isNull(place) { return true }
    switch (values, other.values) {
    case (.strings(let codes, let texts), .strings(let others, let theirs)):
      return texts[Int(codes[row])].isSame(as: theirs[Int(others[place])])
    case (.booleans(let mine), .booleans(let theirs)): return mine[row] == theirs[place]
    case (.integers(let mine), .integers(let theirs)),
      (.timestamps(let mine), .timestamps(let theirs)):
      return mine[row] == theirs[place]
    case (.doubles(let mine), .doubles(let theirs)): return Self.isNear(mine[row], theirs[place])
    case (.doubles(let mine), .integers(let theirs)):
      return Self.isNear(mine[row], Double(theirs[place]))
    case (.integers(let mine), .doubles(let theirs)):
      return Self.isNear(Double(mine[row]), theirs[place])
    case (.strings(let codes, let texts), _):
      return Self.isNumber(texts[Int(codes[row])], other, place)
    case (_, .strings(let codes, let texts)):
      return Self.isNumber(texts[Int(codes[place])], self, row)
    default: return true
    }
  }

  /// A label whatever its type: truth is 1 and its opposite 0, and a text that is a number is that number; nil: none.
  private func label(_ row: Int) -> ExactText? {
    if isNull(row) { return nil }
    func text(_ number: Double) -> ExactText {
      ExactText(Int(exactly: number).map(String.init) ?? "\(number)")
    }
    switch values {
    case .booleans(let flags): return flags[row] ? "1" : "0"
    case .integers(let numbers): return ExactText("\(numbers[row])")
    case .doubles(let numbers): return text(numbers[row])
    case .strings(let codes, let texts):
      let word = texts[Int(codes[row])]
      if let flag = ["true": "1", "false": "0"][word.lowercased()] { return ExactText(flag) }
      return Double(word).map(text) ?? ExactText(word)
    default: return nil
    }
  }

  /// Whether a row has the same label as another column of another type has in its own, or either has none.
  fileprivate func isLabelled(_ row: Int, as other: Column, in place: Int) -> Bool {
    guard let mine = label(row), let theirs = other.label(place) else { return true }
    return mine == theirs
  }

  /// Its labels, whatever their type.
  fileprivate var labels: Set<ExactText> { Set((0..<count).compactMap(label)) }

  /// Whether a text is the number that a column has in a row; of other columns it is not known.
  private static func isNumber(_ text: String, _ other: Column, _ row: Int) -> Bool {
    guard let numbers = other.doubles else { return true }
    return Double(text).map { isNear($0, numbers[row]) } ?? false
  }

  /// Whether two numbers are one but for their digits; what is no number contradicts nothing.
  private static func isNear(_ a: Double, _ b: Double) -> Bool {
    a == b || a.isNaN || b.isNaN || abs(a - b) <= 1e-6 * max(abs(a), abs(b))
  }

  /// Whether every value is also one of another column's.
  fileprivate func hasNone(beyond other: Column) -> Bool {
    if case .strings(let codes, let texts) = values,
      case .strings(let others, let theirs) = other.values
    {
      let known = Set(Set(others).filter { $0 >= 0 }.map { ExactText(theirs[Int($0)]) })
      return Set(codes).allSatisfy { $0 < 0 || known.contains(ExactText(texts[Int($0)])) }
    }
    guard let mine = doubles, let theirs = other.doubles else { return true }
    let known = Set(theirs)
    return mine.allSatisfy { $0.isNaN || known.contains($0) }
  }

  /// Whether another column has the same values as often, all of them once, or of many most of them, so that its rows
  /// stand in another order.
  fileprivate func isOtherOrder(of other: Column) -> Bool {
    guard let mine = counts, let theirs = other.counts, mine == theirs else { return false }
    // A few decimals may well be the same of something else.
    var isDecimal = false
    if case .doubles = values { isDecimal = true }
    return mine.count == count && !isDecimal
      ? count >= 2 : mine.count >= 10 && 2 * mine.count > count
  }

  /// How often each value stands there, nulls left out; nil: truth values, which tell no rows apart.
  private var counts: [ExactText: Int]? {
    func count(_ text: (Int) -> ExactText) -> [ExactText: Int] {
      var counts: [ExactText: Int] = [:]
      for row in 0..<self.count where !isNull(row) { counts[text(row), default: 0] += 1 }
      return counts
    }
    switch values {
    case .integers(let numbers), .timestamps(let numbers):
      return count { ExactText("\(numbers[$0])") }
    case .doubles(let numbers): return count { ExactText("\(numbers[$0])") }
    case .strings(let codes, let texts): return count { ExactText(texts[Int(codes[$0])]) }
    case .booleans: return nil
    }
  }
}

extension String {
  /// Whether it is what a column without a name in the header is called by.
  fileprivate var isUnnamed: Bool { hasPrefix("column") && dropFirst(6).allSatisfy(\.isNumber) }
}
