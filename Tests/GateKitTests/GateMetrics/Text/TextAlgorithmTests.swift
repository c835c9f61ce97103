import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The bit-parallel and hashed forms against the plain ones, and texts that are meant to break them.
@Suite struct TextAlgorithmTests {
  @Test(arguments: 0..<40)
  func distancesArePlain(_ seed: Int) {
    var random = SplitMix(UInt64(seed) + 500)
    var distance = EditDistance()
    var subsequence = CommonSubsequence()
    for _ in 0..<6 {
      let (left, right) = Self.pair(seed, &random)
      let (edits, common) = Self.tables(left, right)
      #expect(distance.between(left, right) == edits[left.count][right.count])
      #expect(distance.between(right, left) == edits[left.count][right.count])
      #expect(subsequence.length(left, right) == common[left.count][right.count])
      var taken = [Bool](repeating: false, count: left.count)
      subsequence.mark(left, right, in: &taken)
      #expect(taken == Self.walk(left, right, common))
    }
  }

  @Test(arguments: 0..<20)
  func matchesAreCounted(_ seed: Int) {
    var random = SplitMix(UInt64(seed) + 900)
    var tree = NGramTree()
    var matches: [Int] = []
    for _ in 0..<5 {
      let (left, right) = Self.pair(seed, &random)
      tree.matches(left, in: right, order: 5, into: &matches)
      #expect(matches == (1...5).map { Self.matches(left, right, $0) })
    }
  }

  @Test func wordsAreToldApart() {
    var numbers = WordNumbers()
    for round in 0..<3 {
      numbers.removeAll()
      let words = (0..<(round == 1 ? 3 : 5000)).map { "w\($0 * 7 + round)" }
      for _ in 0..<2 {
        let found = words.map { word in word.withBytes { numbers.number(of: $0) } }
        #expect(found == words.indices.map { UInt32($0) })
      }
      #expect(numbers.count == words.count)
    }
  }

  /// Nearly alike, long texts are done within a narrow band; wholly different ones in linear space.
  @Test func longTexts() {
    var random = SplitMix(3)
    let left = (0..<20_000).map { _ in UInt32(random.next() % 26 + 97) }
    var right = left
    for _ in 0..<150 { right[Int(random.next() % 20_000)] = 33 }
    right.removeFirst(40)
    var distance = EditDistance()
    let edits = distance.between(left, right)
    #expect(edits > 150 && edits <= 190)
    let other = [UInt32](repeating: 64, count: 3000)
    #expect(distance.between(left, other) == 20_000)
  }

  @Test(arguments: Metrics.text.map(Named.init))
  func hostileTextsHaveAValue(_ named: Named) throws {
    let marks = String(repeating: "e\u{301}\u{0}👍🏽 ", count: 300)
    let texts = [
      "", " ", "\u{0}", "\n\n", "\u{FFFD}\u{FEFF}", "👩‍👩‍👧‍👦", "你好", marks,
      String(repeating: "y", count: 3000),
      String(repeating: "&amp;", count: 500), String(repeating: ".,", count: 500), "loan",
      "\u{85}\u{A0}\u{2028}", "é", "e\u{301}", "İΣ\u{212A}",
    ]
    let references = texts.flatMap { text in texts.map { _ in text } }
    let predictions = texts.flatMap { _ in texts }
    let rows = Rows(seed: 1, task: .text, count: 1)
    let sample = Sample.texts(references, predictions: predictions)
    // Of all of them, in whatever letters: what the library would give.
    let value = try named.metric.figure(
      on: sample, named.ordinary(rows),
      champion: named.metric.comparesModels ? sample.otherwise : nil)
    #expect(named.metric.range.contains(value))
    _ = try named.value(on: sample, of: rows)
    for text in texts {
      // Alone each may be undefined, and must not trap.
      _ = try named.value(on: .texts([text], predictions: [text]), of: rows)
    }
  }

  @Test func lowerCaseAndSpacesArePythons() {
    #expect("ΟΔΥΣΣΕΥΣ ΣΑΣ Σ".lowered == "οδυσσευς σας σ")
    #expect(Array("İ\u{212A}ǅ".lowered.unicodeScalars) == Array("i\u{307}kǆ".unicodeScalars))
    #expect("ab \u{1C}\u{3000}".withoutTrailingSpace == "ab")
    #expect(" \n".withoutTrailingSpace == "")
    #expect("\u{200B}".withoutTrailingSpace == "\u{200B}")
  }

  /// Symbols from a small alphabet, alike or not, of lengths about those of one and several blocks.
  private static func pair(_ seed: Int, _ random: inout SplitMix) -> ([UInt32], [UInt32]) {
    let alphabet = UInt64([2, 3, 20, 200][seed % 4])
    let longest = UInt64([6, 70, 140, 330][seed / 4 % 4])
    let left = (0..<Int(random.next() % longest)).map { _ in UInt32(random.next() % alphabet) }
    if random.value() < 0.4 {
      return (
        left, (0..<Int(random.next() % longest)).map { _ in UInt32(random.next() % alphabet) }
      )
    }
    let share = random.value() * 0.4
    return (
      left,
      left.flatMap { symbol -> [UInt32] in
        let draw = random.value()
        if draw < share / 2 { return [] }
        return draw < share ? [symbol, UInt32(random.next() % alphabet)] : [symbol]
      }
    )
  }

  /// The tables of Levenshtein's distance and of the longest common subsequence.
  private static func tables(_ left: [UInt32], _ right: [UInt32]) -> ([[Int]], [[Int]]) {
    var edits = [[Int]](
      repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    var common = edits
    for i in 0...left.count {
      for j in 0...right.count {
        if i == 0 || j == 0 {
          edits[i][j] = i + j
          continue
        }
        let same = left[i - 1] == right[j - 1]
        edits[i][j] = min(
          edits[i - 1][j - 1] + (same ? 0 : 1), edits[i - 1][j] + 1, edits[i][j - 1] + 1)
        common[i][j] = same ? common[i - 1][j - 1] + 1 : max(common[i - 1][j], common[i][j - 1])
      }
    }
    return (edits, common)
  }

  /// rouge-score's way back through the table.
  private static func walk(_ left: [UInt32], _ right: [UInt32], _ table: [[Int]]) -> [Bool] {
    var taken = [Bool](repeating: false, count: left.count)
    var (i, j) = (left.count, right.count)
    while i > 0, j > 0 {
      if left[i - 1] == right[j - 1] {
        taken[i - 1] = true
        (i, j) = (i - 1, j - 1)
      } else if table[i][j - 1] > table[i - 1][j] {
        j -= 1
      } else {
        i -= 1
      }
    }
    return taken
  }

  /// N-grams of both, each counted as often as the rarer side has it.
  private static func matches(_ left: [UInt32], _ right: [UInt32], _ n: Int) -> Int {
    func counts(_ text: [UInt32]) -> [[UInt32]: Int] {
      guard text.count >= n else { return [:] }
      return (0...(text.count - n)).reduce(into: [:]) {
        $0[Array(text[$1..<($1 + n)]), default: 0] += 1
      }
    }
    let theirs = counts(right)
    return counts(left).reduce(0) { $0 + min($1.value, theirs[$1.key] ?? 0) }
  }
}
