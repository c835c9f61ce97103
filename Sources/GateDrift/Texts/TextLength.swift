import GateCore

extension DriftTest {
  /// Two-sample Kolmogorov-Smirnov test of the texts' lengths.
  static let textLength = DriftTest(
    "text_length",
    "The two-sample Kolmogorov-Smirnov test of how long the texts are.",
    formula: "max |F(length) - G(length)|",
    source: "ks on len(text), or on len(text.split()) in Python's sense",
    undefined: ["A side has no text but nulls."],
    parameters: [
      Parameter(
        "unit",
        "What a length counts: characters are Unicode scalars, words stand between white space.",
        .choice(["characters", "words"]), standard: "characters")
    ],
    pValueMethod: .own,
    measure: .texts { (texts, arguments) throws(Undefined) in
      try texts.wantTexts()
      let unit = arguments.text("unit") ?? "characters"
      func lengths(_ texts: [String]) -> [Double] {
        texts.map { Double(unit == "words" ? $0.spacedWords : $0.unicodeScalars.count) }
      }
      let (before, after) = (lengths(texts.reference), lengths(texts.current))
      var figure = try DriftTest.ks.figure(on: .numbers(before, after))
      figure.finding = figure.finding.map { "of the lengths in \(unit) \($0)" }
      figure.settings.insert(JSON.Member("unit", .string(unit)), at: 0)
      figure.evidence.append(
        JSON.Member(
          "mean_length",
          .object([
            JSON.Member("reference", .number(before.reduce(0, +) / Double(before.count))),
            JSON.Member("current", .number(after.reduce(0, +) / Double(after.count))),
          ])))
      return figure
    },
    examples: [
      Example(
        .texts(
          DriftTexts(reference: ["a loan", "a car loan"], current: ["a loan", "asked twice"])),
        gives: 0.5, p: 1),
      Example(
        .texts(DriftTexts(reference: ["ä", "🇩🇪"], current: ["x", "ab"])),
        Arguments(texts: ["unit": "characters"]), gives: 0, p: 1),
      Example(
        .texts(DriftTexts(reference: ["one two"], current: ["three"])),
        Arguments(texts: ["unit": "words"]), gives: 1, p: 1),
      Example(.texts(DriftTexts(reference: [], current: ["a"])), gives: nil),
    ])
}

extension String {
  /// Words between white space, as `str.split()` has them.
  fileprivate var spacedWords: Int {
    withBytes { bytes in
      var count = 0
      bytes.eachWord { _ in count += 1 }
      return count
    }
  }
}
