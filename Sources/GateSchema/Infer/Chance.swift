import GateCore

/// What another sample of the same size may hold by chance of what this one holds hardly or not at all.
///
/// Rows that break a rule and stand in two samples alike fall into either with the same chance. When one sample has `v`
/// of them, the other has a number of them that is negative binomial with `v + 1` successes at one half, whatever the
/// column's distribution: more than `k` beside none at all has a chance of `2^-(k + 1)`.
struct Chance: Sendable {
  /// The chance, for one check, that another sample has more than is allowed.
  package let level: Double

  /// Rows that even a column may have whose values look settled: one value beside frequent ones is seen in real tables,
  /// and nothing tells of it beforehand.
  package static let few = 3

  /// The chance that a whole schema alarms without a cause, shared by its columns.
  static let ofAll = 0.05

  /// Of each of so many columns.
  package init(columns: Int) { level = Self.ofAll / Double(max(1, columns)) }

  /// The most rows that another sample may have where this one has `seen`; throws `Undefined` never, for counts.
  package func most(beside seen: Int) throws(Undefined) -> Int {
    var (low, high) = (-1, 64)
    while try exceeds(high, beside: seen) { (low, high) = (high, high * 2) }
    while low + 1 < high {
      let middle = (low + high) / 2
      if try exceeds(middle, beside: seen) { low = middle } else { high = middle }
    }
    return high
  }

  /// Whether more than `count` rows beside `seen` are likelier than the level.
  private func exceeds(_ count: Int, beside seen: Int) throws(Undefined) -> Bool {
    try Beta(Double(count + 1), Double(seen + 1)).cdf(0.5) > level
  }

  /// The share of `rows` that may break a rule which `seen` of them break; nil when they are too few to tell.
  ///
  /// `bound`: from which share on that is so.
  package func share(
    beside seen: Int, of rows: Int, below bound: Double = 0.5
  ) throws(Undefined) -> RoundedShare? {
    Self.share(of: try most(beside: seen), in: rows, below: bound)
  }

  /// As `share`, of rows whose values another sample lacks: as many as values here stand in one row, but they vary more, for
  /// such a value may have several rows.
  ///
  /// Of values with m rows in both samples one lacks m 2^-m of the rows in the mean, which is how many stand in one row; the
  /// variance of the rows is that number and twice that of the values in two rows (`pairs`).
  package func share(
    beside singles: Int, pairs: Int, of rows: Int
  ) throws(Undefined) -> RoundedShare? {
    let most = try most(beside: singles)
    let more = Double(most - singles) * Double(pairs) / Double(max(1, singles))
    return Self.share(of: most + Int(more.rounded(.up)), in: rows)
  }

  /// As `share`, of rows that are known.
  package static func share(of count: Int, in rows: Int, below bound: Double = 0.5) -> RoundedShare?
  {
    let share = (Double(count) + 0.5) / Double(max(1, rows))
    return share < bound ? RoundedShare(above: share) : nil
  }
}

/// A share with two digits that count, at least as large as the one it was made of.
struct RoundedShare: Sendable {
  /// The share is `digits` / 10^`places`.
  private let digits: Int
  private let places: Int

  /// Rounds up a share between 0 and 1.
  package init(above share: Double) {
    var (scaled, places) = (share, 0)
    while scaled < 10, places < 15 { (scaled, places) = (scaled * 10, places + 1) }
    digits = Int(scaled.rounded(.up))
    self.places = places
  }

  /// As a number.
  package var value: Double { Double(digits) / scale }
  /// As a decimal: 0.0047.
  package var text: String { Self.decimal(digits, places) }
  /// What is left of 1, as a decimal: 0.9953.
  package var rest: String { Self.decimal(Int(scale) - digits, places) }

  /// 10^`places`.
  private var scale: Double { (0..<places).reduce(1) { scale, _ in scale * 10 } }

  /// A share of 10^`places` without zeros at its end.
  private static func decimal(_ digits: Int, _ places: Int) -> String {
    let text = String(digits)
    var decimals = String(repeating: "0", count: max(0, places - text.count)) + text
    while decimals.last == "0" { decimals.removeLast() }
    return decimals.isEmpty ? "0" : "0." + decimals
  }
}
