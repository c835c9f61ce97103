import Foundation
import Testing

/// What `init` takes for the label and the task.
@Suite struct InitChoiceTests {
  private static func noise(_ place: Int, _ seed: Int) -> Double { InitRows.noise(place, seed) }
  private static func text(_ value: Double) -> String { InitRows.text(value) }

  /// A folder that is to give a manifest.
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let files: [String: String]
    var models: [String: String] = [:]
    var words: [String] = []
    let lines: [String]
    var absent: [String] = []
    var code: Int32 = 0
    var testDescription: String { name }
  }

  static let examples: [Example] = [
    Example(
      name: "the one column beside the id is the score, and what nothing reads is told",
      files: [
        "holdout.csv": InitRows.csv("a,id,y") { place in
          ["\(place % 7)", "k\(place)", "\(place % 3 == 0 ? 1 : 0)"]
        },
        "p.csv": InitRows.csv("id,s") { place in
          ["k\(place)", text((place % 3 == 0 ? 0.4 : 0.1) + noise(place, 1) * 0.5)]
        },
        "book.xlsx": "x", "model.joblib": "x", "broken.csv": "a,b\n1\n", "empty.csv": "a,b\n",
        "other.csv": "c\n1\n",
      ],
      lines: [
        "label: \"y\"", "score: s", "book.xlsx: tables are read as csv",
        "model.joblib: the model 'model.joblib' is a Python pickle", "broken.csv: line 2 of",
        "empty.csv: it has no rows", "other.csv: it is neither",
      ]),
    Example(
      name: "0/1 columns beside shares are the label, not the classes that are called target",
      files: [
        "test.csv": InitRows.csv("a,target,id,y") { place in
          ["\(place % 7)", "\(place % 3)", "k\(place)", "\(place % 3 == 0 ? 1 : 0)"]
        },
        "preds.csv": InitRows.csv("id,prediction") { place in
          ["k\(place)", text((place % 3 == 0 ? 0.4 : 0.1) + noise(place, 1) * 0.5)]
        },
      ], lines: ["task: binary", "label: \"y\"", "score: prediction"]),
    Example(
      name: "columns of scores by the values of a text are classes",
      files: [
        "iris.csv": InitRows.csv("length,target,species,id") { place in
          ["\(place % 7)", "\(place % 3)", ["9", "10", " a"][place % 3], "k\(place)"]
        },
        "iris_scores.csv": InitRows.csv("p_ a,p_10,p_9,id") { place in
          let own = place % 5 == 0 ? (place + 1) % 3 : place % 3
          return [2, 1, 0].map { $0 == own ? "0.5" : "0.25" } + ["k\(place)"]
        },
      ],
      lines: ["task: multiclass", "label: species", "\" a\": p_ a"]),
    Example(
      name: "a number of the row is no label, and what no model takes is one",
      files: [
        "rows.csv": InitRows.csv("income,age,region,joint,late,row") { place in
          [
            text(20 + noise(place, 1) * 40), "\(20 + place % 40)",
            ["north", "south", "east"][place % 3], place % 2 == 0 ? "true" : "false",
            "\(noise(place, 1) < 0.4 ? 1 : 0)", "\(place)",
          ]
        }
      ], models: ["binary.lightgbm.txt": "model.txt"],
      lines: ["task: binary", "label: late", "from: model.txt"], absent: ["label: row"], code: -1),
    Example(
      name: "a model that ranks tells the task, and a query is found",
      files: [
        "trips.tsv": InitRows.csv("person\tmode\tchoice\ta\tb\tsize", separator: "\t") { place in
          [
            "\(place / 4 + 10).0", "\(place % 4 + 1).0",
            place % 4 == (place / 4) % 4 ? "1.0" : "0.0",
            text(noise(place, 1) * 4 - 2), text(noise(place, 2) * 4 - 2), "\(1 + place / 4 % 3).0",
          ]
        }
      ], models: ["ranking.lightgbm.txt": "rank.txt"],
      lines: ["task: ranking", "label: choice", "query: person", "ndcg: {k: 10,"], code: -1),
    Example(
      name: "several labels with scores by their own names, joined by a number",
      files: [
        "test.csv": InitRows.csv("age,dole,educated,news,n") { place in
          [
            "\(place % 50)", "\(place % 2)", "\(place % 3 == 0 ? 1 : 0)",
            "\(place % 5 == 0 ? 1 : 0)", "\(place)",
          ]
        },
        "scores.csv": InitRows.csv("dole,educated,news,n") { place in
          let truths = [place % 2 == 1, place % 3 == 0, place % 5 == 0]
          return truths.enumerated().map { text(($1 ? 0.4 : 0.1) + noise(place, $0) * 0.5) }
            + ["\(place)"]
        },
      ], lines: ["task: multilabel", "labels: [dole, educated, news]", "dole: dole"]),
    Example(
      name: "a model that answers several labels",
      files: [
        "rows.csv": InitRows.csv("a,b,late,high") { place in
          [
            text(noise(place, 1) * 4 - 2), text(noise(place, 2) * 4 - 2),
            "\(noise(place, 1) > 0.6 ? 1 : 0)", "\(noise(place, 1) > 0.5 ? 1 : 0)",
          ]
        }
      ], models: ["flags.xgboost.json": "model.json"],
      lines: ["task: multilabel", "labels: [late, high]", "from: model.json"], code: -1),
    Example(
      name: "both models' scores in one file, and a query of whole decimals",
      files: [
        "judged.csv": InitRows.csv("row_id,query_id,time,relevance") { place in
          ["\(place)", "\(place / 6).0", "\(place % 9).0", place % 6 == 2 ? "1.0" : "0.0"]
        },
        "scores.csv": InitRows.csv("row_id,candidate,champion") { place in
          let own = place % 6 == 2 ? 3.0 : 0
          return ["\(place)", text(own + noise(place, 1) * 2), text(own + noise(place, 2) * 6)]
        },
      ],
      lines: [
        "task: ranking", "query: query_id", "score: candidate", "score: champion",
        "gate: champion",
      ]),
    Example(
      name: "decimal commas, missing words, comments and another separator",
      files: [
        "test.csv": "# exported on Monday\n"
          + InitRows.csv("id;price;size;rooms", separator: ";") { place in
            [
              "\(place)", text(100 + Double(place)).replacing(".", with: ","),
              text(noise(place, 3)).replacing(".", with: ","),
              place % 9 == 0 ? "NA" : "\(place % 5)",
            ]
          },
        "train.csv": InitRows.csv("id;price;size;rooms", separator: ";") { place in
          [
            "\(place + 500)", "100,5", text(noise(place, 4)).replacing(".", with: ","),
            "\(place % 5)",
          ]
        },
        "predictions.csv": InitRows.csv("id;prediction", separator: ";") { place in
          ["\(place)", text(100.5 + Double(place) + noise(place, 5)).replacing(".", with: ",")]
        },
      ],
      lines: [
        "task: regression", "label: price", "comment: \"#\"", "decimal: \",\"", "nulls: [NA]",
        "reference: {path: train.csv, csv: {", "columns: [size, rooms]",
      ], code: -1),
    Example(
      name: "thousands are not decimals",
      files: [
        "test.csv": InitRows.csv("id,price") {
          ["\($0)", "\"\(1 + $0 % 9),\(100 + $0 * 7),\(100 + $0)\""]
        },
        "predictions.csv": InitRows.csv("id,prediction") {
          ["\($0)", "\((1 + $0 % 9) * 1_000_000 + (100 + $0 * 7) * 1000)"]
        },
      ], lines: ["csv: {thousands: \",\"}", "label: price"]),
    roles(["cand.csv", "champ.csv"]), roles(["scores_v10.csv", "scores_v9.csv"]),
    Example(
      name: "of the labels 1 and 2 the second is positive",
      files: [
        "test.csv": InitRows.csv("id,y") { ["k\($0)", "\(1 + $0 % 2)"] },
        "scores.csv": InitRows.csv("id,score") { place in
          ["k\(place)", text((place % 2 == 1 ? 0.5 : 0.1) + noise(place, 1) * 0.4)]
        },
      ], lines: ["task: binary", "positive: \"2\""]),
    Example(
      name: "what could not be judged keeps its folder's name",
      files: ["notes.csv": InitRows.csv("text") { ["note \($0)"] }], lines: [],
      absent: ["loan-default"], code: -2),
  ]

  /// Scores of two models in files with these names, the candidate's first.
  private static func roles(_ names: [String]) -> Example {
    func scores(_ seed: Int) -> String {
      InitRows.csv("id,score") { place in
        ["k\(place)", text((place % 2 == 1 ? 0.5 : 0.1) + noise(place, seed) * 0.4)]
      }
    }
    return Example(
      name: "\(names[0]) is judged, \(names[1]) is the champion",
      files: [
        "test.csv": InitRows.csv("id,y") { ["k\($0)", "\($0 % 2)"] },
        names[0]: scores(1), names[1]: scores(2),
      ],
      lines: [
        "candidate:\n    predictions: \(names[0])", "champion:\n    predictions: \(names[1])",
      ], code: -1)
  }

  @Test("the label and the task follow from what was found", arguments: examples)
  func chosen(example: Example) throws {
    let folder = try InitFolder(example.files)
    defer { folder.remove() }
    for (model, place) in example.models { try folder.copyModel(model, to: place) }
    guard example.code != -2 else {
      #expect(try folder.run(["init"]).code == 0)
      let written = try String(
        contentsOf: folder.url.appending(path: "gatewright.yaml"), encoding: .utf8)
      for line in example.absent { #expect(!written.contains(line), "\(line)\n\(written)") }
      return
    }
    let (manifest, code) = try folder.judged(example.words)
    for line in example.lines { #expect(manifest.contains(line), "\(line)\n\(manifest)") }
    for line in example.absent { #expect(!manifest.contains(line), "\(line)\n\(manifest)") }
    if example.code >= 0 { #expect(code == example.code, "\(manifest)") }
  }

  @Test("no limit accepts a model that is worse than guessing")
  func worse() throws {
    for (head, label, score) in [
      ("id,late", { $0 % 3 == 0 ? 1.0 : 0 }, { $0 % 3 == 0 ? 0.1 : 0.8 }),
      ("id,price", { 100 + Double($0 % 11) }, { 900 - Double($0) }),
    ] as [(String, (Int) -> Double, (Int) -> Double)] {
      let folder = try InitFolder([
        "test.csv": InitRows.csv(head) { ["\($0)", Self.text(label($0))] },
        "predictions.csv": InitRows.csv("id,score") { ["\($0)", Self.text(score($0))] },
      ])
      defer { folder.remove() }
      let (manifest, code) = try folder.judged()
      #expect(code == 1, "\(manifest)")
      #expect(manifest.contains("# WORSE THAN GUESSING"))
      #expect(manifest.contains("roc_auc: {min: 0.5}") || manifest.contains("r2: {min: 0}"))
    }
  }

  @Test("drift is asked of what the candidate takes")
  func drift() throws {
    func rows(_ seed: Int) -> String {
      InitRows.csv("income,age,region,joint,other,late") { place in
        [
          Self.text(20 + Self.noise(place, seed) * 40), "\(20 + place % 40)",
          ["north", "south", "east"][place % 3], place % 2 == 0 ? "true" : "false",
          "\(place % 6)", "\(Self.noise(place, seed) < 0.4 ? 1 : 0)",
        ]
      }
    }
    let folder = try InitFolder(["test.csv": rows(1), "train.csv": rows(2)])
    defer { folder.remove() }
    try folder.copyModel("binary.lightgbm.txt", to: "model.txt")
    let (manifest, _) = try folder.judged()
    #expect(manifest.contains("columns: [income, age, region, joint]"), "\(manifest)")
  }

  @Test("the example of the repository, with what its own manifest derives")
  func example() throws {
    let folder = try InitFolder()
    defer { folder.remove() }
    let place = folder.url.appending(path: "loan")
    try FileManager.default.copyItem(
      at: CommandLineRun.root.appending(path: "examples/loan-default"), to: place)
    let inside = InitFolder(at: place)
    let (manifest, _) = try inside.judged()
    #expect(manifest.contains("label: defaulted"), "\(manifest)")
    #expect(manifest.contains("debt_ratio: \"debt / nullif(income, 0)\""), "\(manifest)")
  }
}
