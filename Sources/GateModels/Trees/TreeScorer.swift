import GateCore

/// Scores a model by its trees, for as long as the library gives the same bits.
///
/// The library is the judge: some of the first rows, and as many that are made to be hard, are scored by both. One bit of
/// difference, or anything in the model that is not known here, and the library scores every row.
final class TreeScorer {
  /// What the library gives for some rows of columns of numbers.
  typealias Library = ([Column], Range<Int>) throws(Diagnostic) -> [Double]

  /// Why the library scores; nil: it does not.
  private(set) var reason: String?
  private var ready: ReadyForest?
  private let forest: Forest?
  private let link: TreeLink
  private var isJudged = false

  /// How many rows of each kind both score.
  static let judged = 500

  /// Makes trees ready that `read` gives.
  init(_ read: () throws(NotScoredHere) -> (forest: Forest, link: TreeLink)) {
    do throws(NotScoredHere) {
      let (forest, link) = try read()
      ready = try ReadyForest(forest)
      (self.forest, self.link) = (forest, link)
    } catch {
      (reason, forest, link) = (error.reason, nil, .none)
    }
  }

  /// What scores the model, for the record.
  var words: String { reason.map { "library: \($0)" } ?? "trees" }

  /// The answers for some rows, of whichever scores.
  func score(
    _ columns: [Column], rows: Range<Int>, by library: Library
  ) throws(Diagnostic) -> [Double] {
    guard ready != nil, !rows.isEmpty else { return try library(columns, rows) }
    let numbers = columns.map { $0.doubles ?? [] }
    if !isJudged { try judge(columns, numbers, rows, by: library) }
    // An infinity that XGBoost refuses is for it to say.
    guard let answers = answers(numbers, rows) else { return try library(columns, rows) }
    return answers
  }

  /// The trees' own answers; nil: the library must answer.
  private func answers(_ numbers: [[Double]], _ rows: Range<Int>) -> [Double]? {
    guard let ready, var sums = ready.sums(numbers, rows: rows) else { return nil }
    link.apply(&sums, ready.groups)
    return sums
  }

  /// Lets the library score rows of the data, and rows that are made to be hard, and compares.
  private func judge(
    _ columns: [Column], _ numbers: [[Double]], _ rows: Range<Int>, by library: Library
  ) throws(Diagnostic) {
    guard let forest else { return }
    isJudged = true
    let real = rows.lowerBound..<min(rows.upperBound, rows.lowerBound + Self.judged)
    let hard = HardRows(forest).columns(count: Self.judged, beside: numbers, real)
    let hardColumns = zip(columns, hard).map { Column(name: $0.name, values: .doubles($1)) }
    var differences = compare(try library(columns, real), answers(numbers, real))
    do {
      let all = 0..<Self.judged
      differences += compare(try library(hardColumns, all), answers(hard, all))
    } catch {
      differences += 1
    }
    guard differences > 0 else { return }
    ready = nil
    reason =
      "its trees gave other bits for \(differences.counted("number")) of the rows that were compared"
  }

  /// How many numbers differ in any bit; a NaN is like any other, and rows that the trees do not answer differ.
  private func compare(_ library: [Double], _ own: [Double]?) -> Int {
    guard let own else { return 1 }
    guard own.count == library.count else { return max(own.count, library.count) }
    return zip(library, own).count {
      $0.bitPattern != $1.bitPattern && !($0.isNaN && $1.isNaN)
    }
  }
}
