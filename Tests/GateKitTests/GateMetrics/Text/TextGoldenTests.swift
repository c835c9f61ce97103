import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Every figure of text.json, which sacrebleu, rouge-score, jiwer, rapidfuzz and SQuAD's script made.
@Suite struct TextGoldenTests {
  @Test(arguments: try Golden<TextInputs>.cases("text"))
  func text(_ golden: Golden<TextInputs>) throws {
    let sample = Sample.text(try golden.inputs.sample())
    #expect(!golden.expected.isEmpty)
    for (key, expectation) in golden.expected.sorted(by: { $0.key < $1.key }) {
      let figures = Figure.written(key, task: .text)
      #expect(!figures.isEmpty, "\(golden.name): '\(key)' names no metric")
      for figure in figures {
        figure.check(sample, gives: expectation, "\(golden.name), \(key)")
      }
    }
  }

  /// A metric, or a parameter, without a figure would otherwise go unnoticed.
  @Test func everyParameterHasAFigure() throws {
    let keys = Set(try Golden<TextInputs>.cases("text").flatMap(\.expected.keys))
    for metric in Metrics.text {
      let own = keys.filter { $0 == metric.id || $0.hasPrefix(metric.id + " ") }
      #expect(!own.isEmpty, "\(metric.id)")
      let family = keys.filter { $0.hasPrefix(String(metric.id.prefix(4))) || own.contains($0) }
      for parameter in metric.parameters {
        #expect(
          family.contains { $0.contains(" \(parameter.id)=") }, "\(metric.id) \(parameter.id)")
      }
    }
  }

  @Test func stems() throws {
    let url = try #require(
      Bundle.module.url(forResource: "text-stems", withExtension: "json", subdirectory: "Golden"))
    let stems = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: url))
    #expect(stems.count > 8000)
    var stemmer = PorterStemmer()
    var wrong: [String] = []
    for (word, stem) in stems {
      let found = Array(word.utf8).withUnsafeBufferPointer { stemmer.stem($0) }
      if String(decoding: found, as: UTF8.self) != stem { wrong.append(word) }
    }
    #expect(wrong.isEmpty, "\(wrong.sorted().prefix(20))")
  }
}

/// Texts, or how to make them.
struct TextInputs: Decodable, Sendable {
  var references: [String]?
  var predictions: [String]?
  var weights: [Double]?
  var generate: Recipe?

  /// As make_text.py's `generated` has it; `first` is the first row.
  struct Recipe: Decodable, Sendable {
    var seed: UInt64
    var n: Int
    var first: [String]
  }

  private static let vocabulary = [
    "loan", "income", "late", "low", "proof", "of", "paid", "in", "full", "no",
  ]

  func sample() throws -> TextSample {
    guard let generate else {
      return TextSample(
        references: try #require(references), predictions: try #require(predictions),
        weights: weights)
    }
    var random = SplitMix(generate.seed)
    var (references, predictions): ([String], [String]) = ([], [])
    for _ in 0..<generate.n {
      var (wanted, written): ([String], [String]) = ([], [])
      for _ in 0..<(2 + Int(random.value() * 4)) {
        let word = Self.vocabulary[Int(random.value() * 10)]
        wanted.append(word)
        let draw = random.value()
        if draw < 0.8 {
          written.append(word)
        } else if draw < 0.95 {
          written.append(Self.vocabulary[Int((draw - 0.8) / 0.15 * 10)])
        }
      }
      references.append(wanted.joined(separator: " "))
      predictions.append(written.joined(separator: " "))
    }
    try #require([references[0], predictions[0]] == generate.first)
    return TextSample(references: references, predictions: predictions)
  }
}
