/// A format of the report.
public struct Reporter: Sendable, Identifiable {
  /// The name users ask for: `junit`.
  public let id: String
  /// One sentence.
  public let summary: String
  /// Without a dot.
  public let fileExtension: String
  /// How its files begin, one of these, by which they are told from files of others.
  public let marks: [String]
  /// The text of a report, the same whether it was just made or read back from its record.
  public let render: @Sendable (Report) -> String

  public init(
    _ id: String, summary: String, fileExtension: String, marks: [String],
    render: @escaping @Sendable (Report) -> String
  ) {
    self.id = id
    self.summary = summary
    self.fileExtension = fileExtension
    self.marks = marks
    self.render = { render($0.recorded) }
  }
}

/// Every report format; a new one is a line here.
public enum Reporters {
  public static let all: [Reporter] = [.json, .junit, .junitStrict, .verdict]

  /// The format of that name.
  public static func named(_ id: String) -> Reporter? { all.first { $0.id == id } }
}
