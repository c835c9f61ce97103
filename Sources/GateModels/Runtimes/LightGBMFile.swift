import GateCore

/// What LightGBM's text format says before its library reads it: that it is whole, its features, and the lists
/// of categories that its Python package adds in the last line.
struct LightGBMFile {
  let features: [String]
  /// False when all are called `Column_0`, `Column_1`: the model was trained on a plain matrix.
  let namesFeatures: Bool
  /// As the format names it: `v4`.
  let version: String
  /// What it was trained for.
  let objective: Objective
  /// The lists of categories, in the order of the features they belong to.
  let lists: [Categories]
  /// The places of the categorical features.
  let places: [Int]
  /// The places of features that a list may belong to: an ordered category of pandas has a list and is taken for numbers.
  var listed: [Int] { lists.count > places.count ? Array(features.indices) : places }
  /// What it is made of.
  let size: ModelSize
  /// The level of a model of quantiles.
  let alpha: Double?
  /// The whole numbers that training had of each feature that a tree splits by category.
  let seen: [Int: Set<Double>]
  /// The lists by the place of their feature, where there is one for each categorical feature.
  var categories: [Int: Categories] {
    lists.count == places.count ? Dictionary(zip(places, lists)) { first, _ in first } : [:]
  }

  /// What a model was trained for; nothing for a function of the user's own.
  struct Objective {
    let name: String

    /// Whether it gives probabilities of classes.
    var isProbability: Bool {
      ["binary", "multiclass", "multiclassova", "cross_entropy", "xentropy"].contains(name)
    }

    /// The objective in words.
    var words: String { name.isEmpty ? "an objective of its own" : "the objective '\(name)'" }
  }

  /// Reads the head and the tail, and sees that each tree stands where the head says.
  ///
  /// - Throws: A `Diagnostic` that says what is missing.
  init(_ bytes: [UInt8], name: String) throws(Diagnostic) {
    let parts: Parts
    do throws(Diagnostic) {
      parts = try Parts(bytes)
    } catch {
      throw Diagnostic(
        "the model '\(name)' is not a whole LightGBM text model: \(error.message)",
        hint: error.hint ?? "save or fetch it again, one model in a file")
    }
    (features, version, objective) = (parts.features, parts.version, parts.objective)
    size = parts.size
    namesFeatures = !features.enumerated().allSatisfy { $1 == "Column_\($0)" }
    do throws(Diagnostic) {
      lists = try Self.lists(parts.tail)
    } catch {
      throw Diagnostic("the model '\(name)': \(error.message)", hint: error.hint)
    }
    let infos = parts.infos
    let named = Self.named(parts.tail) ?? []
    places =
      !named.isEmpty && named.allSatisfy(infos.indices.contains)
      ? named.sorted() : infos.indices.filter { !infos[$0].hasPrefix("[") && infos[$0] != "none" }
    alpha = Self.parameter("alpha", parts.tail).flatMap { Double($0) }
    seen =
      lists.count < places.count
      ? LightGBMSplits.seen(infos, parts.trees, categorical: places) : [:]
  }

  /// The parts of the text, each where the head says.
  private struct Parts {
    let features: [String]
    let version: String
    let objective: Objective
    let infos: [Substring]
    /// The trees, and what follows them.
    let trees: Substring
    let tail: String
    let size: ModelSize

    /// Takes the text apart.
    init(_ bytes: [UInt8]) throws(Diagnostic) {
      if bytes.contains(0) { throw Diagnostic("it holds a zero byte") }
      let text = String(decoding: bytes, as: UTF8.self)
      if text.hasPrefix("tree\r\n") {
        throw Diagnostic(
          "its lines end in a carriage return and a line feed, and LightGBM writes a line feed alone",
          hint:
            "git may have changed them: write '*.txt -text' for it in .gitattributes and check it out again"
        )
      }
      guard text.hasPrefix("tree\n") else { throw Diagnostic("it does not start with 'tree'") }
      guard let headEnd = text.utf8.firstRange(of: Array("\n\nTree=0\n".utf8))?.lowerBound else {
        throw Diagnostic("it ends before its first tree")
      }
      let head = try LightGBMFile.head(text[..<headEnd])
      version = head["version"] ?? ""
      objective = Objective(name: (head["objective"] ?? "").before(" "))
      features = (head["feature_names"] ?? "").split(separator: " ").map(String.init)
      infos = (head["feature_infos"] ?? "").split(separator: " ")
      guard let last = Int(head["max_feature_idx"] ?? ""), last == features.count - 1,
        infos.count == features.count
      else {
        throw Diagnostic(
          "its head has \(features.count) names and \(infos.count) ranges of features")
      }
      trees = text[text.utf8.index(headEnd, offsetBy: 2)...]
      tail = try LightGBMFile.tail(trees.utf8, sizes: head["tree_sizes"] ?? "")
      try LightGBMFile.refuseMore(tail)
      size = try LightGBMTrees.check(trees, features: features.count)
      // Files of the versions before may have no parameters.
      if ["v3", "v4"].contains(version), !tail.contains("\nend of parameters") {
        throw Diagnostic("it ends before the line 'end of parameters'")
      }
      // The Python package writes an empty line before its last.
      if tail.hasSuffix("end of parameters\n\n") {
        throw Diagnostic("its last line, 'pandas_categorical', is cut off")
      }
      if tail.contains("\n" + LightGBMFile.mark), try LightGBMFile.json(tail) == nil {
        throw Diagnostic("its lists of categories, 'pandas_categorical', are cut short")
      }
    }
  }

  /// The lines `key=value` before the first tree.
  fileprivate static func head(_ text: Substring) throws(Diagnostic) -> [String: String] {
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
  fileprivate static func tail(
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

  /// The last line's JSON; nil: there is no such line, or it is not whole.
  fileprivate static func json(_ tail: String) throws(Diagnostic) -> JSON? {
    guard let line = tail.split(separator: "\n").last(where: { $0.hasPrefix(mark) }) else {
      return nil
    }
    return try? JSON(
      parsing: String(line.dropFirst(mark.count).drop(while: \.isWhitespace)), name: mark)
  }

  /// The lists of categories, in order; none where the model was not trained on a data frame.
  private static func lists(_ tail: String) throws(Diagnostic) -> [Categories] {
    guard let parsed = try json(tail), parsed != .null else { return [] }
    guard case .array(let items) = parsed else {
      throw Diagnostic("its 'pandas_categorical' is not a list of lists")
    }
    return try items.map { item throws(Diagnostic) in
      guard case .array(let list) = item else {
        throw Diagnostic("its 'pandas_categorical' is not a list of lists")
      }
      return try categories(list)
    }
  }

  /// The value of a parameter that the model was trained with, as it was saved: `[alpha: 0.9]`.
  private static func parameter(_ key: String, _ tail: String) -> Substring? {
    let start = "[\(key): "
    return tail.split(separator: "\n").first { $0.hasPrefix(start) }
      .map { $0.dropFirst(start.count).dropLast() }
  }

  /// Refuses what stands behind the end of the one model: the library would pass over it.
  fileprivate static func refuseMore(_ tail: String) throws(Diagnostic) {
    let lines = tail.split(separator: "\n", omittingEmptySubsequences: false)
    let last =
      lines.firstIndex { $0.hasPrefix(mark) }
      ?? lines.firstIndex { $0.hasPrefix("end of parameters") }
    // A model of old has nothing behind the trees but the importances of features.
    let isMore: (Int) -> Bool = { place in
      if let last { return place > last }
      return place > 0 && !lines[place].contains("=") && !lines[place].hasPrefix("feature")
    }
    let more = lines.indices.first { isMore($0) && !lines[$0].allSatisfy(\.isWhitespace) }
    if let more {
      throw Diagnostic(
        "behind its end stands more, which would be ignored: '\(lines[more].prefix(40))'")
    }
  }

  /// The places of categorical features as the parameters say them.
  private static func named(_ tail: String) -> [Int]? {
    guard let value = parameter("categorical_feature", tail) else { return nil }
    let places = value.split(separator: ",").map { Int($0) }
    guard !places.isEmpty, !places.contains(nil) else { return nil }
    return places.compactMap(\.self)
  }

  /// One list, whose values are of one type.
  private static func categories(_ list: [JSON]) throws(Diagnostic) -> Categories {
    var texts: [[UInt8]: Int] = [:]
    var numbers: [Double: Int] = [:]
    var booleans: [Bool: Int] = [:]
    for (code, value) in list.enumerated() {
      switch value {
      case .string(let text): texts[Array(text.utf8)] = code
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

  fileprivate static let mark = "pandas_categorical:"
}
