import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Why a metric of texts has no value, in the user's words, and that texts are compared by their scalars.
@Suite struct TextReasonTests {
  @Test(arguments: [
    ("bleu", Sample.noReason, Arguments(), "no reference has words"),
    (
      "bleu", .texts(["yes sir"], predictions: ["yes sir"]), Arguments(),
      "no prediction has 3 words in a row; lower 'max_ngram_order', or say 'effective_order: true'"
    ),
    (
      "bleu", .reasons, Arguments(["smooth_value": 1]),
      "'smooth_value' is for 'smooth_method: floor' and 'add-k', not 'exp'"
    ),
    (
      "sentence_bleu", .reasons,
      Arguments(["smooth_value": 1], texts: ["smooth_method": "none"]),
      "'smooth_value' is for 'smooth_method: floor' and 'add-k', not 'none'"
    ),
    ("length_ratio", .noReason, Arguments(), "no reference has words"),
    ("chrf", .noReason, Arguments(), "no reference has characters"),
    ("rouge_n", .reasons, Arguments(), "'n' is missing: how many words an n-gram has"),
    ("word_error_rate", .noReason, Arguments(), "no reference has words"),
    ("character_error_rate", .noReason, Arguments(), "no reference has characters"),
    ("exact_match", .repaidOnly, Arguments(), "this is a metric of text predictions"),
  ])
  func reason(_ id: String, _ sample: Sample, _ arguments: Arguments, _ reason: String) {
    #expect(throws: Undefined(reason), "\(id)") {
      try #require(Metrics.named(id, task: .text)).value(on: sample, arguments)
    }
  }

  /// 'é' as one scalar and as two are equal strings of Swift, and different texts.
  @Test func scalarsCount() throws {
    let one = TextSample(references: ["\u{E9}"], predictions: ["\u{E9}"])
    let two = TextSample(references: ["\u{E9}"], predictions: ["e\u{301}"])
    #expect(one.right == [true] && two.right == [false])
    #expect(!one.isSame(as: two) && one.isSame(as: one))
    #expect(try Metric.Text.exactMatch.value(on: two.sample, Arguments()) == 0)
  }

  /// A draw of rows gives what the rows drawn give, read anew: the paired bootstrap reads each row once.
  @Test(arguments: Metrics.text.map(Named.init))
  func drawsAreRowsRepeated(_ named: Named) throws {
    guard case .sums(let sums) = named.metric.measure else {
      Issue.record("\(named) is no function of sums")
      return
    }
    let rows = Rows(seed: 4, task: .text, count: 30)
    let parts = try sums.parts(rows.sample, named.ordinary(rows))
    var random = SplitMix(8)
    let times = rows.indices.map { _ in Int(random.next() % 3) }
    let picked = rows.picked(rows.indices.flatMap { Array(repeating: $0, count: times[$0]) })
    let drawn = parts.sums(weights: times.map(Double.init))
    #expect(
      agree(
        try sums.total(drawn, named.ordinary(rows)), try #require(try named.value(on: picked)),
        relative: 1e-12))
  }

  @Test func flagsOfAManifestAreRead() {
    #expect(Arguments(texts: ["use_stemmer": "true"]).isTrue("use_stemmer"))
    #expect(!Arguments(texts: ["use_stemmer": "false"]).isTrue("use_stemmer"))
    #expect(!Arguments().isTrue("use_stemmer"))
  }

  /// Of a share Student's interval would be a point where every row is right, and a verdict sure of five rows.
  @Test(arguments: [Arguments(), Arguments(texts: ["normalize": "squad"])])
  func fiveRightRowsAreNotCertain(_ arguments: Arguments) async throws {
    let texts = ["low", "late", "owed", "paid", "lost"]
    let interval = try await Certainty(confidence: 0.95).interval(
      MetricCall(metric: Metric.Text.exactMatch, arguments: arguments),
      .texts(texts, predictions: texts))
    #expect(interval.method == "Clopper-Pearson")
    #expect(agree(interval.low, 0.4781762498950185, relative: 1e-6) && interval.high == 1)
  }

  /// With a parameter the rows that are right are others than those of equal texts, which McNemar's test would count.
  @Test func testsAreOfWhatIsMeasured() async {
    let wanted = ["low", "late", "owed", "paid", "lost", "sold"]
    let squad = MetricCall(
      metric: Metric.Text.exactMatch, arguments: Arguments(texts: ["normalize": "squad"]))
    let tests = await Certainty(confidence: 0.95).tests(
      squad, candidate: .texts(wanted, predictions: wanted.map { $0 + "." }),
      champion: .texts(wanted, predictions: wanted))
    #expect(tests.allSatisfy { !$0.result.method.contains("McNemar") }, "\(tests)")
  }
}
