import GateCore

/// The first files of a plugin, which pass its own test.
struct PluginTemplate {
  /// What the program is written in.
  enum Language: String, CaseIterable, Sendable {
    case python, shell, swift

    /// What runs the program.
    var interpreter: String { self == .shell ? "sh" : rawValue }
    /// How the program's file ends.
    var ending: String {
      switch self {
      case .python: "py"
      case .shell: "sh"
      case .swift: "swift"
      }
    }
  }

  let kind: Plugin.Kind
  let language: Language
  /// The plugin's id.
  let name: String

  /// Each file by its path from the plugin's folder.
  var files: [(path: String, text: String)] {
    [
      (kind.file, settings), ("\(kind.rawValue).\(language.ending)", program),
      ("example/example.yaml", example), ("example/expected.json", expected),
    ] + inputs
  }

  /// The program.
  private var program: String {
    switch language {
    case .python: Self.python(kind)
    case .shell: Self.shell(kind)
    case .swift: Self.swift(kind)
    }
  }

  /// The plugin's own file.
  private var settings: String {
    let command = "[\(language.interpreter), \(kind.rawValue).\(language.ending)]"
    let head = "id: \(name)\nversion: 0.1.0\nsummary: \(summary)\ncommand: \(command)\n"
    switch kind {
    case .gate:
      return head + """
        format: csv
        needs:
          tables: [holdout]
        parameters:
          column: {type: text, required: true, summary: The column that is looked at.}
          least: {type: number, default: 0, summary: The least value that a row may have.}

        """
    case .metric:
      return head + """
        format: csv
        gives: row
        direction: lower
        range: [0, 1]

        """
    case .runtime: return head + "format: csv\n"
    case .source: return head
    }
  }

  /// What it does, in one sentence.
  private var summary: String {
    switch kind {
    case .gate: "Checks that every row has a value in a column, and that none is too small."
    case .metric: "How far a score is from the label, by row."
    case .runtime: "Scores a logistic regression whose weights stand in a CSV file."
    case .source: "Takes the file that a URI names from the folder 'files' of this plugin."
    }
  }

  /// What the test hands over.
  private var example: String {
    switch kind {
    case .gate:
      """
      with: {column: income, least: 0}
      tables: {holdout: rows.csv}

      """
    case .metric:
      """
      task: binary
      predictions: {candidate: answers.csv}

      """
    case .runtime:
      """
      task: binary
      tables: {rows: rows.csv}
      models: {candidate: weights.csv}

      """
    case .source: "uri: \(name):loans.csv\n"
    }
  }

  /// What the program must answer to it.
  private var expected: String {
    switch kind {
    case .gate:
      """
      {
        "checks": [
          {"id": "income", "outcome": "failed", "value": 2, "n": 4,
           "message": "2 of 4 rows have no income of at least 0.0"}
        ]
      }

      """
    case .metric:
      """
      {"file": {"value": [0.25, 0.125, 0.5]}}

      """
    case .runtime:
      """
      {"file": {"score": [0.5, 0.8807970779778823, 0.11920292202211755]}}

      """
    case .source:
      """
      {"file": {"age": [31, 44], "income": [2400, 3100]}}

      """
    }
  }

  /// The files that the example names, and those of the plugin itself.
  private var inputs: [(path: String, text: String)] {
    switch kind {
    case .gate: [("example/rows.csv", "age,income\n31,2400\n44,-1\n58,\n23,1900\n")]
    case .metric:
      [("example/answers.csv", "row,label,score\n0,1,0.75\n1,0,0.125\n2,1,0.5\n")]
    case .runtime:
      [
        ("example/rows.csv", "age,debt\n20,1\n40,1\n20,2\n"),
        ("example/weights.csv", "input,weight\nintercept,0\nage,0.1\ndebt,-2\n"),
      ]
    case .source: [("files/loans.csv", "age,income\n31,2400\n44,3100\n")]
    }
  }
}
