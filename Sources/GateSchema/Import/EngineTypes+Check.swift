import GateCore

extension EngineTypes {
  /// A check of a column's type; throws where none of the names is known.
  ///
  /// A suite may name one type in the words of several engines, as profilers do; those that are not known say nothing
  /// while another is.
  package static func check(_ column: String, _ names: [String]) throws(ImportGap)
    -> Expectation.Draft
  {
    let types = names.flatMap { declared($0) ?? [] }.unique
    guard !types.isEmpty else {
      throw ImportGap(
        names.count == 1
          ? "the type '\(names[0])' is not known"
          : "of the types \(names.map { "'\($0)'" }.joined(separator: ", ")) none is known")
    }
    return Expectation.Draft(column, "of_type", [.init("types", .texts(types))])
  }
}
