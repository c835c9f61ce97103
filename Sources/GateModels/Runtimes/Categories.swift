import GateCore

/// A list of the values of a categorical input; a value's code is its place.
enum Categories {
  /// By the bytes of the text.
  case texts([[UInt8]: Int])
  case numbers([Double: Int])
  case booleans([Bool: Int])

  /// What a column must hold.
  var kind: InputKind {
    switch self {
    case .texts: .textCategory
    case .numbers: .numberCategory
    case .booleans: .booleanCategory
    }
  }

  /// Whether a text of the list has a letter that is none of ASCII's.
  var isBeyondASCII: Bool {
    guard case .texts(let places) = self else { return false }
    return places.keys.contains { $0.contains { $0 >= 0x80 } }
  }

  /// Whether a column's values are of the list's type.
  func fits(_ column: Column) -> Bool {
    switch (self, column.values) {
    case (.texts, .strings), (.booleans, .booleans), (.numbers, .doubles), (.numbers, .integers):
      true
    default: false
    }
  }

  /// The code of every row, NaN for a null and for a value that the list does not have, and the rows of such values.
  func codes(_ column: Column) -> (codes: [Double], unseen: [Int]) {
    codes(column, rows: 0..<column.count)
  }

  /// The same of some rows.
  func codes(_ column: Column, rows: Range<Int>) -> (codes: [Double], unseen: [Int]) {
    let code: (Int) -> Int?
    switch (self, column.values) {
    case (.texts(let places), .strings(let codes, let dictionary)):
      let known = dictionary.map { places[Array($0.utf8)] }
      code = { known.indices.contains(Int(codes[$0])) ? known[Int(codes[$0])] : nil }
    case (.booleans(let places), .booleans(let values)): code = { places[values[$0]] }
    case (.numbers(let places), _):
      let values = column.doubles ?? []
      code = { places[values[$0]] }
    default: code = { _ in nil }
    }
    var unseen: [Int] = []
    let codes = rows.map { row -> Double in
      if column.isNull(row) || column.isNaN(row) { return .nan }
      guard let code = code(row) else {
        unseen.append(row)
        return .nan
      }
      return Double(code)
    }
    return (codes, unseen)
  }
}

extension Column {
  /// Whether a row holds a number that is none.
  fileprivate func isNaN(_ row: Int) -> Bool {
    if case .doubles(let values) = values { values[row].isNaN } else { false }
  }

  /// The value of a row as text.
  func words(_ row: Int) -> String {
    switch values {
    case .doubles(let values):
      Int(exactly: values[row]).map { "\($0)" } ?? "\(values[row])"
    case .integers(let values), .timestamps(let values): "\(values[row])"
    case .booleans(let values): "\(values[row])"
    case .strings(let codes, let dictionary):
      dictionary.indices.contains(Int(codes[row])) ? dictionary[Int(codes[row])] : ""
    }
  }
}

extension [Column] {
  /// The columns with codes in place of what lists of categories have, and the values that no list has.
  func coded(by lists: [Int: Categories]) -> ([Column], [UnseenCategories]) {
    var columns = self
    var found: [UnseenCategories] = []
    for (place, list) in lists.sorted(by: { $0.key < $1.key }) where indices.contains(place) {
      let (codes, unseen) = list.codes(self[place])
      columns[place].values = .doubles(codes)
      columns[place].validity = nil
      guard let first = unseen.first else { continue }
      found.append(
        UnseenCategories(
          input: place, count: unseen.count, first: self[place].words(first), row: first))
    }
    return (columns, found)
  }
}

extension [Column] {
  /// Numbers that stand for categories by themselves, of inputs without a list, which training did not have.
  func strangers(to seen: [Int: Set<Double>], beside lists: [Int: Categories]) -> [UnseenCategories]
  {
    seen.sorted { $0.key < $1.key }.compactMap { place, known in
      guard indices.contains(place), lists[place] == nil, let values = self[place].doubles else {
        return nil
      }
      let rows = values.indices.filter {
        !self[place].isNull($0) && !values[$0].isNaN && !known.contains(values[$0])
      }
      return rows.first.map {
        UnseenCategories(input: place, count: rows.count, first: self[place].words($0), row: $0)
      }
    }
  }
}

/// Which of a model's categorical inputs its lists of categories belong to, where there are more inputs than lists: the
/// lists stand in the inputs' order, and each fits its column.
enum CategoryPlaces {
  /// The one way to give each list an input; the others hold numbers that stand for themselves.
  ///
  /// - Throws: A `Diagnostic` when there is no way, or more than one.
  static func told(
    _ lists: [Categories], _ places: [Int], _ columns: [Column]
  ) throws(Diagnostic) -> [Int: Categories] {
    var ways: [[Int]] = []
    search(lists[...], places[...], columns, [], &ways)
    guard ways.count == 1 else {
      let names = places.map { columns[$0].name }
      throw Diagnostic(
        "the model has \(lists.count) lists of categories for \(places.count) inputs "
          + "(\(ModelInputs.list(names))), and the columns do not tell which belongs to which",
        hint:
          "name the inputs that were of dtype category, in order, under 'categories' of the model")
    }
    return Dictionary(zip(ways[0], lists)) { first, _ in first }
  }

  /// Gathers up to two ways to give the lists, in order, to columns of their type; a text column must have one.
  private static func search(
    _ lists: ArraySlice<Categories>, _ places: ArraySlice<Int>, _ columns: [Column],
    _ taken: [Int], _ ways: inout [[Int]]
  ) {
    guard ways.count < 2, lists.count <= places.count else { return }
    guard let place = places.first else {
      ways.append(taken)
      return
    }
    if let list = lists.first, list.fits(columns[place]) {
      search(lists.dropFirst(), places.dropFirst(), columns, taken + [place], &ways)
    }
    if case .strings = columns[place].values { return }
    search(lists, places.dropFirst(), columns, taken, &ways)
  }
}
