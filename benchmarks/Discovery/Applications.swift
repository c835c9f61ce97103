import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

/// Loan applications with two models' decisions, as equally right everywhere but on a planted slice.
struct Applications {
  /// The columns that slices are cut from.
  let table: RowsInMemory
  /// What is true, and what both models decide.
  let positives, champion, candidate: [Bool]
  /// Rows on which the candidate is worse; none where nothing was planted.
  let planted: [Bool]

  /// Where the candidate is worse, each about three rows in a hundred.
  enum Plant: CaseIterable {
    /// One value of a category.
    case employer
    /// A category and an interval of whole numbers.
    case regionAndAge
    /// Intervals of two numbers, whose ends are no bin's.
    case incomeAndDebt
    /// A null of one column and a value of another.
    case missingAndSex

    /// For the page.
    var text: String {
      switch self {
      case .employer: "`employer` = one of 40"
      case .regionAndAge: "`region` = one of 8, `age` 25 to 39"
      case .incomeAndDebt: "`income` and `debt`, an interval each"
      case .missingAndSex: "`months_known` missing, `sex` = one of 2"
      }
    }
  }

  /// The share of rows the champion decides rightly.
  private static let accuracy = 0.85
  /// The share of the champion's right decisions that the candidate turns, and makes up for elsewhere.
  private static let turned = 0.04

  /// Makes rows; on the planted ones the candidate decides `harm` fewer rightly.
  init(rows: Int, numbers: Int, seed: UInt64, plant: Plant?, harm: Double = 0.1) {
    var random = RandomSource(seed: seed, stream: 1)
    func uniforms() -> [Double] { (0..<rows).map { _ in random.uniform() } }
    let age = uniforms().map { 18 + ($0 * 62).rounded(.down) }
    let region = uniforms().map { Int($0 * 8) }
    let employer = uniforms().map { Int($0 * $0 * 40) }
    let sex = uniforms().map { $0 < 0.55 ? 0 : 1 }
    let income = uniforms().map { 800 / (1.02 - $0) }
    let debt = uniforms().map { $0 * $0 }
    let months = uniforms().map { $0 < 0.065 ? nil : ($0 * $0 * 300).rounded(.down) }
    let others = (0..<numbers).map { number in
      Column.doubles("score_\(number)", uniforms().map { $0 * Double(number + 1) })
    }
    let places = 0..<rows
    switch plant {
    case nil: planted = places.map { _ in false }
    case .employer: planted = places.map { employer[$0] == 3 }
    case .regionAndAge: planted = places.map { region[$0] == 2 && age[$0] >= 25 && age[$0] < 40 }
    case .incomeAndDebt:
      planted = places.map {
        income[$0] >= 1200 && income[$0] < 1630 && debt[$0] >= 0.31 && debt[$0] < 0.52
      }
    case .missingAndSex: planted = places.map { months[$0] == nil && sex[$0] == 1 }
    }
    table = RowsInMemory(
      [
        .doubles("age", age), .doubles("income", income), .doubles("debt", debt),
        .doubles("months_known", months), .words("region", region), .words("employer", employer),
        .words("sex", sex),
      ] + others)
    var (positives, champion, candidate) = ([Bool](), [Bool](), [Bool]())
    let made = Self.turned * Self.accuracy / (1 - Self.accuracy)
    for place in places {
      let isPositive = random.uniform() < 0.3
      let isRight = random.uniform() < Self.accuracy
      var isStill = isRight ? random.uniform() >= Self.turned : random.uniform() < made
      if planted[place], isStill, random.uniform() < harm / Self.accuracy { isStill = false }
      positives.append(isPositive)
      champion.append(isRight == isPositive)
      candidate.append(isStill == isPositive)
    }
    (self.positives, self.champion, self.candidate) = (positives, champion, candidate)
  }

  /// What a gate reads of them.
  var bench: Workbench {
    func sample(_ decisions: [Bool]) -> Result<Sample, Diagnostic> {
      .success(
        .binary(BinarySample(scores: decisions.map { $0 ? 1 : 0 }, positives: positives)))
    }
    return Workbench(
      task: .binary, hasChampion: true, rows: positives.count,
      samples: [.candidate: sample(candidate), .champion: sample(champion)],
      tables: ["holdout": .success(table)])
  }
}

/// A table of columns in memory; an expression is a column's quoted name.
struct RowsInMemory: Table {
  let name = "holdout"
  /// The columns.
  private let held: [Column]

  /// Takes columns of as many rows each.
  init(_ columns: [Column]) { held = columns }

  var rows: Int { held.first?.count ?? 0 }

  var schema: [ColumnType] {
    held.map { ColumnType(name: $0.name, kind: .number, declared: "DOUBLE") }
  }

  func columns(_ expressions: [String]) throws -> [Column] {
    try expressions.map { expression in
      guard let column = held.first(where: { $0.name.sqlName == expression }) else {
        throw Diagnostic("no column \(expression)")
      }
      return column
    }
  }

  func scan(_ expressions: [String], batch: Int, _ body: ([Column]) throws -> Void) throws {
    try body(try columns(expressions))
  }

  func check(_ sql: String, isSelect: Bool) throws {}

  func query(_ sql: String) throws -> [Column] { throw Diagnostic("no SQL here") }
}

extension Column {
  /// Numbers, some of them missing.
  static func doubles(_ name: String, _ values: [Double?]) -> Column {
    Column(
      name: name, values: .doubles(values.map { $0 ?? 0 }),
      validity: values.contains(nil) ? values.map { $0 != nil } : nil)
  }

  /// Numbers.
  static func doubles(_ name: String, _ values: [Double]) -> Column {
    Column(name: name, values: .doubles(values))
  }

  /// Texts `v0`, `v1` and so on, by number.
  static func words(_ name: String, _ numbers: [Int]) -> Column {
    Column(
      name: name,
      values: .strings(
        codes: numbers.map(Int32.init), dictionary: (0...(numbers.max() ?? 0)).map { "v\($0)" }))
  }
}
