import Foundation
import Testing

/// What is said on the command line of `init` is used, or is an error that says why.
@Suite struct InitFlagTests {
  private static let rows = InitRows.csv("id,a,b,grade,late") { place in
    [
      "\(place)", "\(place % 7)", "\(place % 5)", "\(place % 3)", "\(place % 4 == 0 ? 1 : 0)",
    ]
  }
  private static let scores = InitRows.csv("id,score") { place in
    ["\(place)", InitRows.text(0.1 + (place % 4 == 0 ? 0.4 : 0) + InitRows.noise(place, 1) * 0.4)]
  }

  /// Flags, and a part of the message.
  static let refused: [([String], String)] = [
    (["--candidate", "gone.csv"], "gone.csv"),
    (["--candidate", "notes.csv"], "notes.csv"),
    (["--candidate", "short.csv"], "it has 1 row"),
    (["--champion", "short.csv"], "it has 1 row"),
    (["--candidate", "rank.txt"], "rank.txt"),
    (["--champion", "rank.txt"], "rank.txt"),
    (["--candidate", "broken.txt"], "broken.txt"),
    (["--label", "lat"], "did you mean 'late'"),
    (["--label", "grade", "--task", "binary"], "it has 3 values"),
    (["--task", "ranking"], "which rows are ranked together"),
    (["--task", "text"], "texts were wanted"),
    (["--data", "empty.csv"], "empty.csv"),
  ]

  @Test("what cannot be used is an error, and nothing is written", arguments: refused)
  func refuses(words: [String], message: String) throws {
    let folder = try InitFolder([
      "test.csv": Self.rows, "scores.csv": Self.scores, "notes.csv": "a,b\n1,2,3\n",
      "short.csv": "id,score\n1,0.5\n", "broken.txt": "tree\nversion=v4\n",
      "empty.csv": "id,late\n",
    ])
    defer { folder.remove() }
    try folder.copyModel("mixed.lightgbm.txt", to: "rank.txt")
    let run = try folder.run(["init"] + words)
    #expect(run.code == 2, "\(run.stdout)\(run.stderr)")
    #expect(run.stderr.contains(message), "\(run.stderr)")
    #expect(
      !FileManager.default.fileExists(atPath: folder.url.appending(path: "gatewright.yaml").path))
  }

  @Test("the manifest goes to standard output where a dash is named")
  func dash() throws {
    let folder = try InitFolder(["test.csv": Self.rows, "scores.csv": Self.scores])
    defer { folder.remove() }
    let shown = try folder.run(["init", "--manifest", "-"])
    #expect(shown.code == 0, "\(shown.stderr)")
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "-").path))
    _ = try folder.run(["init"])
    let written = try String(
      contentsOf: folder.url.appending(path: "gatewright.yaml"), encoding: .utf8)
    #expect(shown.stdout == written)
  }

  @Test("a good score that decides as guessing does is not called worse than guessing")
  func rareClass() throws {
    let rows = InitRows.csv("id,a,late") { ["\($0)", "\($0 % 7)", "\($0 % 15 == 0 ? 1 : 0)"] }
    // Every score is below a half, and those of late rows are the higher ones.
    let scores = InitRows.csv("id,score") { place in
      ["\(place)", InitRows.text((place % 15 == 0 ? 0.2 : 0.02) + InitRows.noise(place, 1) * 0.1)]
    }
    let folder = try InitFolder(["test.csv": rows, "scores.csv": scores])
    defer { folder.remove() }
    let (manifest, _) = try folder.judged([])
    #expect(!manifest.contains("WORSE THAN GUESSING"), "\(manifest)")
    #expect(manifest.contains("roc_auc: {min: "), "\(manifest)")
  }

  @Test("what can be used is used")
  func used() throws {
    let folder = try InitFolder([
      "test.csv": Self.rows, "scores.csv": Self.scores, "more.csv": Self.scores,
    ])
    defer { folder.remove() }
    let (manifest, _) = try folder.judged([
      "--candidate", "more.csv", "--label", "late", "--task", "binary", "--champion", "scores.csv",
    ])
    for line in [
      "candidate:\n    predictions: more.csv", "champion:\n    predictions: scores.csv",
      "label: late",
    ] {
      #expect(manifest.contains(line), "\(manifest)")
    }
  }

  @Test("where nothing answers, the reason of each file is said and nothing is invented")
  func reasons() throws {
    let folder = try InitFolder(["test.csv": Self.rows, "short_scores.csv": "id,score\n1,0.5\n"])
    defer { folder.remove() }
    try folder.copyModel("mixed.lightgbm.txt", to: "other.txt")
    let run = try folder.run(["init"])
    #expect(run.code == 0, "\(run.stderr)")
    #expect(run.stdout.contains("'short_scores.csv': it has 1 row"), "\(run.stdout)")
    #expect(run.stdout.contains("'other.txt': "), "\(run.stdout)")
    let manifest = try String(
      contentsOf: folder.url.appending(path: "gatewright.yaml"), encoding: .utf8)
    #expect(manifest.contains("task: binary\n") && manifest.contains("label: late"))
    #expect(manifest.contains("#   other.txt: "))
    for word in ["query_id", "application_id", "fraud", "\npositive:"] {
      #expect(!manifest.contains(word), "\(manifest)")
    }
    #expect(try folder.run(["validate"]).code == 0)
  }
}
