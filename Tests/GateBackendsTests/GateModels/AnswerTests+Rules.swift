import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// Rules that hold of every model: locales of texts, names of classes, thresholds.
extension AnswerTests {
  /// A locale that is not there has one of C's stand in for it, or says what to install.
  @Test func localesOfTexts() throws {
    var rows = Rows()
    rows.add("word", texts: ["É", "é", "I", "Я", "q"])
    var source = Models.source("folded.onnx")
    source.options.output = "probability"
    // Its list is held against the texts as they are after that: one of them it has never seen.
    #expect(Models.failure(source, rows)?.contains("first 'q' in row 5") == true)
    source.options.unseen = 0.2
    let answer = try Models.score(source, rows)
    #expect(answer.scoring["unseen/word"] == "1 of 5 rows, first 'q' in row 5")
    #expect(distance(answer.numbers, [0.1, 0.1, 0.3, 0.4, 0.9]) < 1e-6)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Models.folder + "folded.onnx"))
    let turkish = String(decoding: bytes, as: Unicode.ASCII.self)
    #expect(turkish.contains("en_US.UTF-8"))
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "\(UUID().uuidString).onnx")
    defer { try? FileManager.default.removeItem(at: file) }
    var other = bytes
    let place = try #require(bytes.range(of: Data("en_US.UTF-8".utf8)))
    other.replaceSubrange(place, with: Data("tr_TR.UTF-9".utf8))
    try other.write(to: file)
    let error = Models.failure(Models.source(file.path), rows)
    #expect(error?.contains("the locale 'tr_TR.UTF-9', which this machine lacks") == true)
    #expect(error?.contains("LOCPATH") == true, "\(error ?? "")")
  }

  @Test func theRuleOfNames() {
    func names(_ classes: [String], _ kind: ColumnType.Kind?) -> ClassNames {
      ClassNames(classes: classes, kind: kind)
    }
    // Texts by code point, whatever they look like; numbers by value.
    #expect(names(["9", "10"], .string).sorted(hasTextLabels: nil) == ["10", "9"])
    #expect(names(["10", "9", "-1"], .integer).sorted(hasTextLabels: nil) == ["-1", "9", "10"])
    #expect(names(["10", "9"], .integer).sorted(hasTextLabels: true) == ["10", "9"])
    #expect(names(["9", "10"], .string).sorted(hasTextLabels: false) == ["9", "10"])
    #expect(
      names(["b", "B", "é", "", " a"], .string).sorted(hasTextLabels: nil)
        == ["", " a", "B", "b", "é"])
    // One rule of equality: bytes; and of other types what is the same value.
    #expect(names(["é"], .string).place(of: "e\u{301}", isText: true) == nil)
    #expect(names(["1"], .integer).place(of: "1.0", isText: true) == nil)
    #expect(names(["1"], .integer).place(of: "01", isText: true) == nil)
    #expect(names(["1"], .string).place(of: "true", isText: false) == nil)
    #expect(names(["0", "1"], .integer).place(of: "true", isText: false) == 1)
    #expect(names(["false", "true"], .boolean).place(of: "1", isText: false) == 1)
    #expect(names(["false", "true"], .boolean).place(of: "True", isText: true) == 1)
    #expect(names(["false", "true"], .string).place(of: "True", isText: true) == nil)
  }

  /// A threshold meets scores of single precision as NumPy has it: both rounded to it.
  @Test func thresholdsOfSinglePrecision() throws {
    let truth = Truth(
      labels: .binary([true, false]), classes: ["0", "1"], weights: nil, clusters: nil, rows: 2)
    for (isSingle, positives) in [(true, 2.0), (false, 1.0)] {
      let predictions = Predictions(
        values: .scores([0.2, Double(Float(0.7))]), runtime: "", isSingle: isSingle)
      let sample = try Sample(truth, predictions, threshold: 0.7)
      guard case .binary(let binary) = sample else {
        Issue.record("no binary sample")
        continue
      }
      let confusion = binary.confusion()
      #expect(confusion.truePositives + confusion.falsePositives == positives - 1)
    }
  }
}
