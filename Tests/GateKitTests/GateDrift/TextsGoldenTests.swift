import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Drift of texts, as numpy, scipy and scikit-learn have it.
@Suite struct TextsGoldenTests {
  struct Length: Decodable {
    struct KS: Decodable { let value, pValue: Double }
    let reference, current: [Int]
    let ks: KS
  }
  struct Bayes: Decodable {
    let vocabulary: Int?
    let rocAuc: Double?
    let undefined: String?
  }
  struct Case: Decodable {
    let characters, parts: Length
    let currentWords, referenceDistinctWords: Int
    let unseenShare: TablesGolden.Figure
    let unseenWords: [String]
    let naiveBayes: Bayes
  }
  struct Cases: Decodable { let texts: [String: Case] }
  struct Area: Decodable {
    let value, pValue: Double?
  }
  struct Classifiers: Decodable { let texts: [String: Area] }

  static func all() throws -> [(name: String, subject: DriftSubject, golden: Case)] {
    let data = try TablesGolden.data().texts
    let golden = try TablesGolden.cases("drift-tables-numpy", Cases.self).texts
    try #require(golden.count == 5)
    return try golden.map { ($0.key, try #require(data[$0.key]).subject, $0.value) }
  }

  @Test func `lengths are tested as scipy does`() throws {
    for (name, subject, golden) in try Self.all() {
      for (unit, length) in [("characters", golden.characters), ("words", golden.parts)] {
        let figure = try DriftTest.textLength.figure(on: subject, Arguments(texts: ["unit": unit]))
        #expect(figure.value.isClose(to: length.ks.value), "\(name), \(unit)")
        let p = try #require(figure.pValue)
        #expect(p.isClose(to: length.ks.pValue, relative: 1e-6), "\(name), \(unit): \(p)")
      }
    }
  }

  @Test func `words are those of Python`() throws {
    for (name, subject, golden) in try Self.all() {
      let test = DriftTest.outOfVocabulary
      test.expect(golden.unseenShare, on: subject, case: name)
      guard golden.unseenShare.number != nil else { continue }
      let figure = try test.figure(on: subject)
      #expect(figure.settings["words"] == .integer(golden.currentWords), "\(name)")
      #expect(
        figure.settings["vocabulary"] == .integer(golden.referenceDistinctWords), "\(name)")
      guard case .array(let words)? = figure.evidence["new_words"] else {
        Issue.record("no words of '\(name)'")
        continue
      }
      #expect(words.count == min(20, golden.unseenWords.count), "\(name)")
      for case .object(let members) in words {
        guard case .string(let word)? = members["word"] else { continue }
        #expect(golden.unseenWords.contains(word), "\(name): \(word)")
      }
    }
  }

  @Test func `naive Bayes tells sides apart as scikit-learn's does`() throws {
    let areas = try TablesGolden.cases("drift-classifiers", Classifiers.self).texts
    for (name, subject, golden) in try Self.all() {
      let figure = try? DriftTest.textDomainClassifier.figure(on: subject)
      #expect((figure == nil) == (golden.naiveBayes.undefined != nil), "\(name)")
      guard let figure, let area = golden.naiveBayes.rocAuc else { continue }
      #expect(figure.value.isClose(to: area), "\(name): \(figure.value)")
      #expect(
        figure.settings["vocabulary"] == golden.naiveBayes.vocabulary.map(JSON.integer), "\(name)")
      let p = try #require(figure.pValue)
      #expect(p.isClose(to: try #require(areas[name]?.pValue), relative: 1e-6), "\(name): \(p)")
    }
  }

  @Test func `the share of new words gets its p-value from shuffles`() throws {
    let texts = DriftTexts(reference: ["a b", "b a"], current: ["c a", "d b"])
    let figure = try DriftTest.outOfVocabulary.figure(
      on: .texts(texts), Arguments(["permutations": 20_000]), wantsPValue: true)
    // All six ways to deal four texts.
    let all = ["a b", "b a", "c a", "d b"]
    var asFar = 0
    for one in 0..<4 {
      for other in (one + 1)..<4 {
        let current = [all[one], all[other]]
        let reference = all.indices.filter { $0 != one && $0 != other }.map { all[$0] }
        let known = Set(reference.joined(separator: " ").split(separator: " "))
        let words = current.joined(separator: " ").split(separator: " ")
        let share = Double(words.count { !known.contains($0) }) / Double(words.count)
        if share >= figure.value - 1e-12 { asFar += 1 }
      }
    }
    let exact = Double(asFar) / 6
    let error = (exact * (1 - exact) / 20_000).squareRoot()
    #expect(abs(try #require(figure.pValue) - exact) < 5 * error + 1e-4)
    #expect(figure.settings["permutations"] == .integer(20_000))
  }

  @Test func `a side without texts or words has a reason`() throws {
    let empty = DriftSubject.texts(DriftTexts(reference: ["a"], current: []))
    for test in [DriftTest.textLength, .outOfVocabulary, .textDomainClassifier] {
      #expect(throws: Undefined("the current rows have no text but nulls")) {
        try test.figure(on: empty)
      }
    }
    let silent = DriftSubject.texts(DriftTexts(reference: ["a"], current: ["?", "!"]))
    #expect(throws: Undefined("the 2 current texts have no word")) {
      try DriftTest.outOfVocabulary.figure(on: silent)
    }
  }
}
