import GateKit

/// What LightGBM's text format says before its library reads it: that it is whole, its features, and the lists
/// of categories that its Python package adds in the last line.
struct LightGBMFile {
  let features: [String]
  /// False when all are called `Column_0`, `Column_1`: the model was trained on a plain matrix.
  let namesFeatures: Bool
  /// As the format names it: `v4`.
  let version: String
  /// The lists by the place of their feature.
  let categories: [Int: Categories]

  /// The values of a categorical feature; a value's code is its place.
  enum Categories {
    case texts([ExactText: Int])
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

    /// The code of every row; NaN for a null and for a value that the list does not have.
    func codes(_ column: Column) -> [Double] {
      let code: (Int) -> Int?
      switch (self, column.values) {
      case (.texts(let places), .strings(let codes, let dictionary)):
        let known = dictionary.map { places[ExactText($0)] }
        code = { known.indices.contains(Int(codes[$0])) ? known[Int(codes[$0])] : nil }
      case (.booleans(let places), .booleans(let values)): code = { places[values[$0]] }
      case (.numbers(let places), _):
        let values = column.doubles ?? []
        code = { places[values[$0]] }
      default: code = { _ in nil }
      }
      return (0..<column.count).map { row in
        column.isNull(row) ? .nan : code(row).map(Double.init) ?? .nan
      }
    }
  }

  /// Reads the head and the tail, and sees that each tree stands where the head says.
  ///
  /// - Throws: A `Diagnostic` that says what is missing.
  init(_ bytes: [UInt8], name: String) throws(Diagnostic) {
    do throws(Diagnostic) {
      self = try LightGBMFile(whole: bytes)
    } catch {
      throw Diagnostic(
        "the model '\(name)' is not a whole LightGBM text model: \(error.message)",
        hint: "save or fetch it again")
    }
  }

  /// The same, without the file's name in what it throws.
  private init(whole bytes: [UInt8]) throws(Diagnostic) {
    if bytes.contains(0) { throw Diagnostic("it holds a zero byte") }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("tree\n") else { throw Diagnostic("it does not start with 'tree'") }
    guard let headEnd = text.utf8.firstRange(of: Array("\n\nTree=0\n".utf8))?.lowerBound else {
      throw Diagnostic("it ends before its first tree")
    }
    let head = try Self.head(text[..<headEnd])
    version = head["version"] ?? ""
    features = (head["feature_names"] ?? "").split(separator: " ").map(String.init)
    namesFeatures = !features.enumerated().allSatisfy { $1 == "Column_\($0)" }
    let infos = (head["feature_infos"] ?? "").split(separator: " ")
    guard let last = Int(head["max_feature_idx"] ?? ""), last == features.count - 1,
      infos.count == features.count
    else {
      throw Diagnostic(
        "its head has \(features.count) names and \(infos.count) ranges of features")
    }
    let trees = text.utf8[text.utf8.index(headEnd, offsetBy: 2)...]
    let tail = try Self.tail(trees, sizes: head["tree_sizes"] ?? "")
    categories = try Self.categories(tail, infos: infos)
  }

  /// The lines `key=value` before the first tree.
  private static func head(_ text: Substring) throws(Diagnostic) -> [String: String] {
    var fields: [String: String] = [:]
    for line in text.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      fields[String(line[..<equals])] = String(line[line.index(after: equals)...])
    }
    for key in ["version", "feature_names", "feature_infos", "max_feature_idx", "tree_sizes"]
    where fields[key] == nil {
      throw Diagnostic("its head has no '\(key)'")
    }
    return fields
  }

  /// What follows the trees, each of which must be as long as the head says.
  private static func tail(
    _ trees: Substring.UTF8View, sizes: String
  ) throws(Diagnostic) -> String {
    var rest = trees
    let sizes = sizes.split(separator: " ").map { Int($0) ?? -1 }
    for (tree, size) in sizes.enumerated() {
      guard rest.starts(with: "Tree=\(tree)\n".utf8), size > 0, size <= rest.count else {
        throw Diagnostic("tree \(tree) of \(sizes.count) is not where the head says")
      }
      rest = rest.dropFirst(size)
    }
    guard rest.starts(with: "end of trees".utf8) else {
      throw Diagnostic("the line 'end of trees' does not follow its \(sizes.count) trees")
    }
    let tail = String(Substring(rest))
    if tail.contains("\nparameters:"), !tail.contains("\nend of parameters") {
      throw Diagnostic("its parameters have no end")
    }
    return tail
  }

  /// The lists of categories by feature; the n-th list is that of the n-th categorical feature.
  private static func categories(
    _ tail: String, infos: [Substring]
  ) throws(Diagnostic) -> [Int: Categories] {
    guard let line = tail.split(separator: "\n").last(where: { $0.hasPrefix(mark) }) else {
      return [:]
    }
    let json = String(line.dropFirst(mark.count).drop(while: \.isWhitespace))
    if json == "null" { return [:] }
    guard let parsed = try? JSON(parsing: json, name: mark), case .array(let items) = parsed else {
      throw Diagnostic("its lists of categories, 'pandas_categorical', are cut short")
    }
    var lists: [[JSON]] = []
    for item in items {
      guard case .array(let list) = item else {
        throw Diagnostic("its 'pandas_categorical' is not a list of lists")
      }
      lists.append(list)
    }
    guard !lists.isEmpty else { return [:] }
    var places = infos.indices.filter { !infos[$0].hasPrefix("[") && infos[$0] != "none" }
    if let named = named(tail), named.allSatisfy(infos.indices.contains) { places = named.sorted() }
    guard places.count == lists.count else {
      throw Diagnostic(
        "it has \(lists.count) lists of categories for \(places.count) categorical features, so that "
          + "it cannot be told which belongs to which")
    }
    var found: [Int: Categories] = [:]
    for (place, list) in zip(places, lists) { found[place] = try categories(list) }
    return found
  }

  /// The places of categorical features as the parameters say them.
  private static func named(_ tail: String) -> [Int]? {
    let key = "[categorical_feature: "
    guard let line = tail.split(separator: "\n").first(where: { $0.hasPrefix(key) }) else {
      return nil
    }
    let places = line.dropFirst(key.count).dropLast().split(separator: ",").map { Int($0) }
    guard !places.isEmpty, !places.contains(nil) else { return nil }
    return places.compactMap(\.self)
  }

  /// One list, whose values are of one type.
  private static func categories(_ list: [JSON]) throws(Diagnostic) -> Categories {
    var texts: [ExactText: Int] = [:]
    var numbers: [Double: Int] = [:]
    var booleans: [Bool: Int] = [:]
    for (code, value) in list.enumerated() {
      switch value {
      case .string(let text): texts[ExactText(text)] = code
      case .integer(let number): numbers[Double(number)] = code
      case .number(let number): numbers[number] = code
      case .bool(let boolean): booleans[boolean] = code
      default: break
      }
    }
    if texts.count == list.count { return .texts(texts) }
    if numbers.count == list.count { return .numbers(numbers) }
    if booleans.count == list.count { return .booleans(booleans) }
    throw Diagnostic("a list of categories mixes types or names one value twice")
  }

  private static let mark = "pandas_categorical:"
}
