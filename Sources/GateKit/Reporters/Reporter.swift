package import GateCore

/// A format of the report.
package struct Reporter: Sendable, Identifiable {
  /// The name users ask for: `junit`.
  package let id: String
  /// One sentence.
  package let summary: String
  /// Without a dot.
  package let fileExtension: String
  /// How its files begin, one of these, by which they are told from files of others.
  package let marks: [String]
  /// The text of a report, the same whether it was just made or read back from its record.
  package let render: @Sendable (Report) -> String

  package init(
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
package enum Reporters {
  package static let all: [Reporter] = [
    .json, .junit, .junitStrict, .html, .markdown, .comment, .sarif, .github, .githubOutput,
    .gitlabCodeQuality,
    .openmetrics, .prometheus, .azure, .buildkite, .teamcity, .tap, .csv, .dotenv, .line, .verdict,
  ]

  /// The format of that name.
  package static func named(_ id: String) -> Reporter? { all.first { $0.id == id } }
}
