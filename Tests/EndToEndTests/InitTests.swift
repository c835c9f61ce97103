import Foundation
import Testing

/// What `init` makes of the files it finds.
@Suite struct InitTests {
  /// A folder with these files.
  private func folder(_ files: [String: [[String]]]) throws -> URL {
    let folder = try CommandLineRun.temporaryFolder()
    for (name, rows) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let separator = name.hasSuffix(".tsv") ? "\t" : ","
      let text = rows.map { $0.joined(separator: separator) }.joined(separator: "\n") + "\n"
      try Data(text.utf8).write(to: file)
    }
    return folder
  }

  /// Runs the program there in the environment of these tests, in which it finds its libraries.
  private func run(_ words: [String], in folder: URL) throws -> CommandLineRun.Result {
    try CommandLineRun.run(
      words, in: folder, environment: ProcessInfo.processInfo.environment)
  }

  /// Runs `init` and then `check` there; the manifest that was written, which must be judged.
  private func judged(
    _ files: [String: [[String]]], _ words: [String] = [],
    _ place: SourceLocation = #_sourceLocation
  ) throws -> String {
    let folder = try folder(files)
    defer { try? FileManager.default.removeItem(at: folder) }
    let written = try run(["init"] + words, in: folder)
    #expect(written.code == 0, "\(written.stderr)", sourceLocation: place)
    #expect(written.stdout.contains("then run 'gatewright check'"), sourceLocation: place)
    let check = try run(["check"], in: folder)
    #expect(
      [0, 1, 3].contains(check.code), "\(check.stdout)\(check.stderr)", sourceLocation: place)
    return try String(
      contentsOf: folder.appending(path: "gatewright.yaml"), encoding: .utf8)
  }

  private func expect(
    _ manifest: String, _ lines: [String], _ place: SourceLocation = #_sourceLocation
  ) {
    for line in lines {
      #expect(manifest.contains(line), "\(line)\n\(manifest)", sourceLocation: place)
    }
  }

  /// 120 rows, each of its number; not random, so that the tests give the same every time.
  private static func rows(_ head: [String], _ row: (Int) -> [String]) -> [[String]] {
    [head] + (0..<120).map(row)
  }

  /// A number in 0 to 1 that looks like chance.
  private static func noise(_ place: Int, _ seed: Int) -> Double {
    Double((place * 7919 + seed * 104_729) % 997) / 997
  }

  private static func share(_ value: Double) -> String { String(format: "%.3f", value) }

  private static let applications = rows(["application_id", "age", "region", "churned"]) { place in
    [
      "\(place + 1000)", "\(20 + place % 40)", ["north", "south", "east"][place % 3],
      place % 4 == 0 ? "yes" : "no",
    ]
  }

  private static let olderApplications = rows(["application_id", "age", "region", "churned"]) {
    place in
    [
      "\(place + 500)", "\(20 + (place + 7) % 40)", ["north", "south", "east"][place % 3],
      place % 4 == 1 ? "yes" : "no",
    ]
  }

  private static func scores(_ seed: Int) -> [[String]] {
    rows(["application_id", "score"]) { place in
      ["\(place + 1000)", share((place % 4 == 0 ? 0.4 : 0.1) + noise(place, seed) * 0.5)]
    }
  }

  @Test("two classes, two files of scores and older rows")
  func binary() throws {
    let manifest = try judged([
      "data/holdout.csv": Self.applications, "data/train.csv": Self.olderApplications,
      "scores/champion.csv": Self.scores(1), "scores/candidate.csv": Self.scores(2),
    ])
    expect(
      manifest,
      [
        "task: binary", "positive: \"yes\"", "path: data/holdout.csv", "label: churned",
        "id: application_id", "reference: {path: data/train.csv}",
        "predictions: scores/champion.csv", "predictions: scores/candidate.csv",
        "- gate: champion", "- gate: drift", "columns: [age, region]",
      ])
  }

  @Test("a champion that cannot be judged is named with the reason")
  func championLeftOut() throws {
    let short = Array(Self.scores(1).dropLast(7))
    let numbered = Self.rows(["score"]) { [Self.share(0.2 + Self.noise($0, 1) * 0.5)] }
    for (champion, reason) in [(short, "it has 113 rows"), (numbered, "joined in another way")] {
      let folder = try folder([
        "data/holdout.csv": Self.applications, "scores/champion.csv": champion,
        "scores/candidate.csv": Self.scores(2),
      ])
      defer { try? FileManager.default.removeItem(at: folder) }
      let written = try run(["init"], in: folder)
      let manifest = try String(
        contentsOf: folder.appending(path: "gatewright.yaml"), encoding: .utf8)
      let comment = manifest.split(separator: "\n").first {
        $0.hasPrefix("  #   scores/champion.csv: ")
      }
      #expect(comment?.contains(reason) == true, "\(manifest)")
      #expect(written.stderr.hasPrefix("not used: 'scores/champion.csv': "), "\(written.stderr)")
      #expect(written.stderr.contains(reason), "\(written.stderr)")
      #expect(manifest.contains("predictions: scores/candidate.csv"), "\(manifest)")
      #expect(try run(["check"], in: folder).code == 0)
    }
  }

  @Test("scores beside the label, in one file")
  func beside() throws {
    let manifest = try judged([
      "d.csv": Self.rows(["id", "y", "a", "prob"]) { place in
        [
          "\(place)", "\(place % 3 == 0 ? 1 : 0)", "\(place % 7)",
          Self.share((place % 3 == 0 ? 0.3 : 0) + Self.noise(place, 3) * 0.7),
        ]
      }
    ])
    expect(manifest, ["task: binary", "label: \"y\"", "predictions: d.csv", "score: prob"])
    #expect(!manifest.contains("gate: champion"))
    #expect(!manifest.contains("\npositive:"))
  }

  @Test("several classes, tabs between the cells")
  func multiclass() throws {
    let classes = ["low", "mid", "high"]
    let manifest = try judged([
      "test.tsv": Self.rows(["id", "a", "grade"]) { ["\($0)", "\($0 % 9)", classes[$0 % 3]] },
      "predictions.csv": Self.rows(["id", "p_low", "p_mid", "p_high"]) { place in
        let own = place % 5 == 0 ? (place + 1) % 3 : place % 3
        return ["\(place)"] + (0..<3).map { $0 == own ? "0.5" : "0.25" }
      },
    ])
    expect(
      manifest,
      ["task: multiclass", "label: grade", "scores: {high: p_high, low: p_low, mid: p_mid}"])
  }

  @Test("numbers, an old and a new model")
  func regression() throws {
    func predictions(_ seed: Int) -> [[String]] {
      Self.rows(["house_id", "prediction"]) { place in
        ["\(place)", Self.share(100 + Double(place) + Self.noise(place, seed) * 20)]
      }
    }
    let manifest = try judged([
      "houses.csv": Self.rows(["house_id", "rooms", "price"]) {
        ["\($0)", "\($0 % 5)", Self.share(100 + Double($0) + Self.noise($0, 9))]
      },
      "old_predictions.csv": predictions(1), "new_predictions.csv": predictions(2),
    ])
    expect(
      manifest,
      [
        "task: regression", "label: price",
        "candidate:\n    predictions: new_predictions.csv",
        "champion:\n    predictions: old_predictions.csv", "max_drop_relative",
      ])
  }

  @Test("rows ranked within queries")
  func ranking() throws {
    let manifest = try judged([
      "test.csv": Self.rows(["doc_id", "query_id", "relevance"]) {
        ["\($0)", "q\($0 / 10)", "\($0 % 10 == 3 ? 2 : $0 % 2)"]
      },
      "scores.csv": Self.rows(["doc_id", "score"]) { ["\($0)", Self.share(Self.noise($0, 5))] },
    ])
    expect(manifest, ["task: ranking", "label: relevance", "query: query_id", "ndcg: {k: 10,"])
  }

  @Test("texts as json lines")
  func text() throws {
    let words = "the cat sat on a mat and saw the big dog".split(separator: " ")
    func sentence(_ place: Int) -> String {
      (0..<6).map { String(words[(place * 3 + $0 * 5) % words.count]) }.joined(separator: " ")
    }
    let manifest = try judged([
      "eval.jsonl": (0..<40).map { ["{\"id\": \($0), \"reference\": \"\(sentence($0)) \($0)\"}"] },
      "candidate_outputs.jsonl": (0..<40).map {
        ["{\"id\": \($0), \"output\": \"\(sentence($0 + $0 % 2)) \($0)\"}"]
      },
    ])
    expect(manifest, ["task: text", "label: reference", "text: output"])
  }

  @Test("several labels a row")
  func multilabel() throws {
    let manifest = try judged([
      "holdout.csv": Self.rows(["id", "label_fraud", "label_late"]) {
        ["\($0)", "\($0 % 3 == 0 ? 1 : 0)", "\($0 % 5 == 0 ? 1 : 0)"]
      },
      "predictions.csv": Self.rows(["id", "p_fraud", "p_late"]) {
        ["\($0)", Self.share(Self.noise($0, 1)), Self.share(Self.noise($0, 2))]
      },
    ])
    expect(
      manifest,
      [
        "task: multilabel", "labels: [label_fraud, label_late]",
        "scores: {label_fraud: p_fraud, label_late: p_late}",
      ])
  }

  @Test(
    "models that ask for more than the rows have, and what is said on the command line goes before what is found"
  )
  func models() throws {
    let folder = try CommandLineRun.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let example = CommandLineRun.root.appending(path: "examples/loan-default")
    for name in ["data", "models"] {
      try FileManager.default.copyItem(
        at: example.appending(path: name), to: folder.appending(path: name))
    }
    let written = try run(["init"], in: folder)
    #expect(written.code == 0, "\(written.stderr)")
    // Its models read a ratio that only the example's manifest derives: nothing to guess, and no draft.
    #expect(written.stdout.contains("nothing that answers for the rows was found"))
    let manifest = try String(
      contentsOf: folder.appending(path: "gatewright.yaml"), encoding: .utf8)
    expect(manifest, ["task: binary", "path: data/holdout.parquet", "label: defaulted"])

    let said = try judged(
      [
        "a.csv": Self.applications, "b.csv": Self.applications, "s1.csv": Self.scores(1),
        "s2.csv": Self.scores(2),
      ],
      ["--data", "b.csv", "--label", "churned", "--candidate", "s1.csv", "--champion", "s2.csv"])
    expect(
      said,
      [
        "path: b.csv", "candidate:\n    predictions: s1.csv", "champion:\n    predictions: s2.csv",
      ])
  }

  @Test(
    "where nothing is found the template of the task is written, once, and it is accepted",
    arguments: ["binary", "multiclass", "regression", "ranking", "multilabel", "text"])
  func template(task: String) throws {
    let folder = try CommandLineRun.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try CommandLineRun.run(["init", "--task=\(task)"], in: folder)
    #expect(first.code == 0, "\(first.stderr)")
    #expect(first.stdout.contains("no table was found"))
    let file = folder.appending(path: "gatewright.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains("\ntask: \(task)\n"))
    #expect(text.contains("\npositive: 1\n") == (task == "binary"))
    let validated = try CommandLineRun.run(["validate"], in: folder)
    #expect(validated.code == 0, "\(validated.stderr)")
    #expect(validated.stdout.contains("is accepted: \(task) task"))
    try Data("mine".utf8).write(to: file)
    let second = try run(["init"], in: folder)
    #expect(second.code == 2)
    #expect(second.stderr.contains("'gatewright.yaml' is there already"))
    #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
  }

  @Test("rows that nothing answers for fill the template, and a wrong word is an error")
  func rowsOnly() throws {
    let folder = try folder(["data/rows.csv": Self.applications, "notes.json": [["{}"]]])
    defer { try? FileManager.default.removeItem(at: folder) }
    for (words, message) in [
      (["--label", "churnd", "--data", "data/rows.csv"], "did you mean 'churned'?"),
      (["--data", "data/row.csv"], "did you mean 'rows.csv'"),
    ] {
      let wrong = try run(["init"] + words, in: folder)
      #expect(wrong.code == 2, "\(wrong.stdout)")
      #expect(wrong.stderr.contains(message), "\(wrong.stderr)")
    }
    let written = try run(["init"], in: folder)
    #expect(written.code == 0)
    #expect(written.stdout.contains("nothing that answers for the rows was found"))
    let text = try String(
      contentsOf: folder.appending(path: "gatewright.yaml"), encoding: .utf8)
    #expect(text.contains("path: data/rows.csv") && text.contains("label: churned"))
    #expect(try CommandLineRun.run(["validate"], in: folder).code == 0)
  }
}
