import GateCore

/// A figure of how long models take.
enum LatencyFigure: Sendable, Hashable {
  /// A quantile of single rows, in milliseconds.
  case quantile(Double)
  /// The candidate's quantile over the champion's.
  case ratio(Double)
  /// Milliseconds until the model is open, and of the first row.
  case load, firstRow

  /// The quantiles that a manifest may name.
  static let quantiles: [(id: String, level: Double, summary: String)] = [
    ("p50_ms", 0.5, "The median."), ("p95_ms", 0.95, "The time that 95 of 100 rows keep."),
    ("p99_ms", 0.99, "The time that 99 of 100 rows keep."),
    ("p99_9_ms", 0.999, "The time that 999 of 1,000 rows keep."),
  ]

  var comparesModels: Bool { if case .ratio = self { true } else { false } }
}

/// Times of single rows, sorted once, of which a draw takes whole rounds.
///
/// What else the machine does hits the rows of a round together, so that rounds, not rows, are drawn.
struct LatencySample: Sendable {
  /// Milliseconds, rising, with the round that each is of.
  private let sorted: [(value: Double, round: Int)]
  private let rounds: Int

  init(_ times: ModelTimes) {
    rounds = times.rounds.count
    sorted = times.rounds.enumerated().flatMap { round, durations in
      durations.map { (value: Double($0) * 1e-6, round: round) }
    }.sorted { $0.value < $1.value }
  }

  var count: Int { sorted.count }

  /// The smallest time that the share `level` of the rows keeps, each round counted so often as `weights` says.
  func quantile(_ level: Double, _ weights: [Int]? = nil) -> Double {
    let total = weights.map { weights in sorted.reduce(0) { $0 + weights[$1.round] } } ?? count
    let wanted = max(1, Int((level * Double(total)).rounded(.up)))
    var seen = 0
    for (value, round) in sorted {
      seen += weights?[round] ?? 1
      if seen >= wanted { return value }
    }
    return sorted.last?.value ?? 0
  }

  /// Whether so many rows tell a quantile: some ten of them must take longer.
  func tells(_ level: Double) -> Bool { Double(count) * (1 - level) >= 10 }
}

/// A figure with its limit.
struct LatencyRequest: Sendable {
  let name: String
  let figure: LatencyFigure
  let bound: Double
  let mark: Mark

  /// What a gate asks for.
  static func read(_ node: Node) -> [LatencyRequest] {
    var requests: [LatencyRequest] = []
    func add(_ name: String, _ figure: LatencyFigure, _ key: Node?, _ bound: Node?) {
      guard let key, let bound = bound?.number else { return }
      requests.append(LatencyRequest(name: name, figure: figure, bound: bound, mark: key.mark))
    }
    let single = node["single_row"]
    for quantile in LatencyFigure.quantiles {
      add(
        "single_row/\(quantile.id)", .quantile(quantile.level), single?.key(quantile.id),
        single?[quantile.id]?["max"])
    }
    if let versus = single?["vs_champion"] {
      let word = versus["quantile"]?.text ?? "p50"
      let level = LatencyFigure.quantiles.first { $0.id == word + "_ms" }?.level ?? 0.5
      add(
        "single_row/vs_champion", .ratio(level), single?.key("vs_champion"), versus["max_ratio"])
    }
    add("load_ms", .load, node.key("load_ms"), node["load_ms"]?["max"])
    add("first_row_ms", .firstRow, node.key("first_row_ms"), node["first_row_ms"]?["max"])
    return requests
  }

  /// The check: of single rows on the interval, of what is measured once on the value.
  func judge(
    gate: String, _ candidate: ModelTimes, champion: ModelTimes?, level: Double, seed: UInt64
  ) -> Check {
    var check = Check(
      id: "\(gate)/\(name)", gate: gate, outcome: .error, message: "", metric: name,
      model: .candidate, limit: [figure.comparesModels ? "max_ratio" : "max": bound],
      location: mark.location)
    check.evidence["unit"] = .string(figure.comparesModels ? "times" : "ms")
    switch figure {
    case .load: return single(check, candidate.loadSeconds, champion?.loadSeconds)
    case .firstRow: return single(check, candidate.firstSeconds, champion?.firstSeconds)
    case .quantile(let quantile), .ratio(let quantile):
      let (mine, theirs) = (LatencySample(candidate), champion.map(LatencySample.init))
      check.n = mine.count
      check.evidence["rounds"] = .integer(candidate.rounds.count)
      guard mine.tells(quantile) else {
        let wanted = Int((10 / (1 - quantile)).rounded(.up))
        check.outcome = .inconclusive
        check.message =
          "\(mine.count) times are too few to tell this quantile; \(wanted) would: raise 'rounds' or 'rows'"
        return check
      }
      if case .ratio = figure {
        guard let theirs else {
          return check.failing(.error, Diagnostic("there is no champion to compare with"))
        }
        check.value = mine.quantile(quantile) / max(theirs.quantile(quantile), 1e-9)
      } else {
        check.value = mine.quantile(quantile)
        check.champion = theirs?.quantile(quantile)
        check.difference = check.champion.flatMap { champion in check.value.map { $0 - champion } }
      }
      return judged(
        check,
        Self.draws(
          mine, figure.comparesModels ? theirs : nil, quantile, candidate.rounds.count, seed),
        level, rounds: candidate.rounds.count)
    }
  }

  /// A time that was taken once.
  private func single(_ blank: Check, _ seconds: Double, _ champion: Double?) -> Check {
    var check = blank
    let value = seconds * 1000
    check.value = value
    check.champion = champion.map { $0 * 1000 }
    check.outcome = value <= bound ? .passed : .failed
    check.message =
      "\(name) \(value.brief) ms is \(value <= bound ? "at most" : "above") the max of \(bound.brief)"
    return check
  }

  /// The figure on draws of the rounds, rising.
  private static func draws(
    _ mine: LatencySample, _ theirs: LatencySample?, _ quantile: Double, _ rounds: Int,
    _ seed: UInt64
  ) -> [Double] {
    (0..<1000).map { draw in
      var random = RandomSource(seed: seed, stream: UInt64(draw + 1))
      var weights = [Int](repeating: 0, count: rounds)
      for _ in 0..<rounds { weights[random.index(below: UInt32(rounds))] += 1 }
      let value = mine.quantile(quantile, weights)
      return theirs.map { value / max($0.quantile(quantile, weights), 1e-9) } ?? value
    }.sorted()
  }

  /// The verdict on the interval.
  private func judged(
    _ blank: Check, _ draws: [Double], _ level: Double, rounds: Int
  ) -> Check {
    var check = blank
    let tail = (1 - level) / 2
    let low = draws[Int((tail * Double(draws.count - 1)).rounded(.down))]
    let high = draws[Int(((1 - tail) * Double(draws.count - 1)).rounded(.up))]
    check.interval = ConfidenceInterval(
      low: low, high: high, level: level, method: "bootstrap of rounds, percentile")
    let unit = figure.comparesModels ? " times the champion's" : " ms"
    let range = "\(low.brief) to \(high.brief)\(unit)"
    if high <= bound {
      check.outcome = .passed
      check.message = "\(name) is \(range), at most \(bound.brief)"
    } else if low > bound {
      check.outcome = .failed
      check.message = "\(name) is \(range), above \(bound.brief)"
    } else {
      check.outcome = .inconclusive
      let value = check.value ?? bound
      let share = max(abs(value - bound), 1e-3 * bound) / max((high - low) / 2, 1e-12)
      let wanted = min(100_000, Double(rounds) / (share * share) * 1.2)
      check.message =
        "\(name) is \(range), and the limit of \(bound.brief) lies between; about \(Int(wanted.rounded(.up))) rounds would tell"
    }
    return check
  }
}
