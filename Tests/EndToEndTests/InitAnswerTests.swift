import Foundation
import Testing

/// What `init` takes for scores, for one table and for classes.
@Suite struct InitAnswerTests {
  /// Rows with a label of two words, or of 0 and 1.
  private static func rows(_ words: [String]) -> String {
    InitRows.csv("id,income,outcome") { place in
      [
        "\(place)", InitRows.text(InitRows.noise(place, 1) * 1000),
        words[InitRows.noise(place, 2) > 0.6 ? 1 : 0],
      ]
    }
  }

  /// A column of the first class and one of the second, which know the label.
  private static func scores(_ head: String) -> String {
    InitRows.csv(head) { place in
      let own = 0.2 + 0.6 * InitRows.noise(place, 2)
      return ["\(place)", InitRows.text(1 - own), InitRows.text(own)]
    }
  }

  @Test(
    "of columns of both classes the positive one's is the score",
    arguments: [
      (["0", "1"], "id,proba_0,proba_1", "score: proba_1"),
      (["no", "yes"], "id,proba_0,proba_1", "score: proba_1"),
      (["no", "yes"], "id,no,yes", "score: \"yes\""),
      (["0", "1"], "id,0,1", "score: \"1\""),
      (["false", "true"], "id,p_false,p_true", "score: p_true"),
    ])
  func positive(words: [String], head: String, line: String) throws {
    let folder = try InitFolder(["test.csv": Self.rows(words), "scores.csv": Self.scores(head)])
    defer { folder.remove() }
    let (manifest, code) = try folder.judged()
    #expect(manifest.contains(line), "\(manifest)")
    #expect(!manifest.contains("WORSE THAN GUESSING"), "\(manifest)")
    #expect(code == 0)
  }

  @Test(
    "files of one header in a folder are one table",
    arguments: [
      ("data/part-0.csv", "data/part-1.csv", "path: \"data/part-*.csv\""),
      ("data/rows-1.csv", "data/rows-2.csv", "path: \"data/rows-*.csv\""),
    ])
  func parts(one: String, other: String, line: String) throws {
    let lines = Self.rows(["0", "1"]).split(separator: "\n")
    let folder = try InitFolder([
      one: (lines.prefix(61) + [""]).joined(separator: "\n"),
      other: (lines.prefix(1) + lines.dropFirst(61) + [""]).joined(separator: "\n"),
      "scores.csv": Self.scores("id,proba_0,proba_1"),
    ])
    defer { folder.remove() }
    #expect(try folder.judged().manifest.contains(line))
  }

  @Test("folders that give columns are one table with them")
  func partitions() throws {
    let lines = Self.rows(["0", "1"]).split(separator: "\n")
    let folder = try InitFolder([
      "data/region=north/a.csv": (lines.prefix(61) + [""]).joined(separator: "\n"),
      "data/region=south/a.csv": (lines.prefix(1) + lines.dropFirst(61) + [""])
        .joined(separator: "\n"),
      "scores.csv": Self.scores("id,proba_0,proba_1"),
    ])
    defer { folder.remove() }
    let manifest = try folder.judged().manifest
    #expect(manifest.contains("path: data\n"), "\(manifest)")
    #expect(manifest.contains("partitions: true"), "\(manifest)")
    #expect(manifest.contains("label: outcome"), "\(manifest)")
  }

  @Test("two models' answers are no parts of one table")
  func answers() throws {
    let folder = try InitFolder([
      "test.csv": Self.rows(["0", "1"]),
      "scores/model-1.csv": InitRows.csv("id,score") { place in
        ["\(place)", InitRows.text(InitRows.noise(place, 2))]
      },
      "scores/model-2.csv": InitRows.csv("id,score") { place in
        ["\(place)", InitRows.text(0.1 + 0.8 * InitRows.noise(place, 2))]
      },
    ])
    defer { folder.remove() }
    let manifest = try folder.judged().manifest
    #expect(manifest.contains("predictions: scores/model-1.csv"), "\(manifest)")
    #expect(manifest.contains("predictions: scores/model-2.csv"), "\(manifest)")
  }

  @Test("classes that a model chose are no scores and no texts")
  func classes() throws {
    let kinds = ["setosa", "versicolor", "virginica"]
    let folder = try InitFolder([
      "test.csv": InitRows.csv("id,a,species") { ["\($0)", "\($0 * 7 % 13)", kinds[$0 % 3]] },
      "scores.csv": InitRows.csv("id,prediction") { ["\($0)", kinds[$0 % 3]] },
    ])
    defer { folder.remove() }
    let written = try folder.run(["init"])
    #expect(written.code == 0)
    #expect(
      written.stdout.contains(
        "its column 'prediction' holds class labels of 'species', which are no scores: a multiclass task wants "
          + "a probability of each class"), "\(written.stdout)")
    let manifest = try String(
      contentsOf: folder.url.appending(path: "gatewright.yaml"), encoding: .utf8)
    #expect(manifest.contains("task: multiclass"), "\(manifest)")
    #expect(manifest.contains("label: species"), "\(manifest)")
    #expect(try folder.run(["validate"]).code == 0)
  }
}
