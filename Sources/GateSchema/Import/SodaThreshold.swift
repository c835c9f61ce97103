import GateCore

extension SodaLimit {
  /// 0 and nothing else.
  package static let zero = SodaLimit(low: (0, true, "0"), high: (0, true, "0"))
  /// Anything above 0.
  package static let some = SodaLimit(low: (0, false, "0"), high: nil)
}

/// What passes a check of a contract of Soda 4.
struct SodaThreshold {
  /// Whether a share of the rows is meant, in percent, instead of their number.
  private(set) var isPercent = false
  /// The unit of an age.
  package private(set) var unit = "hour"
  private var told: [(limit: SodaLimit, blocks: Bool)] = []
  /// Whether a breach of what passes by default blocks.
  private var blocks = true

  /// None is said.
  package init() {}

  /// Reads what stands under `threshold`.
  package init(_ node: Node) throws(ImportGap) {
    var keys = ImportArguments(node)
    if let metric = keys.take("metric") {
      guard let text = metric.text, ["count", "percent"].contains(text) else {
        throw ImportGap("'metric' is \(metric.found)", at: metric.mark)
      }
      isPercent = text == "percent"
    }
    if keys.take("unit") != nil { unit = try keys.text("unit") }
    let more = keys.take("additional")
    blocks = try Self.blocks(&keys)
    if let limit = try Self.limit(&keys) { told.append((limit, blocks)) }
    try keys.finish()
    guard let more else { return }
    var inner = ImportArguments(more)
    guard let limit = try Self.limit(&inner) else {
      throw ImportGap("'additional' has no limit", at: more.mark)
    }
    told.append((limit, try Self.blocks(&inner)))
    try inner.finish()
  }

  /// The limits; `standard`: what passes where none is said, nil: one must be.
  package func limits(standard: SodaLimit?) throws(ImportGap) -> [(limit: SodaLimit, blocks: Bool)]
  {
    if !told.isEmpty { return told }
    if let standard { return [(standard, blocks)] }
    throw ImportGap("it has no limit")
  }

  /// Whether a breach blocks.
  private static func blocks(_ keys: inout ImportArguments) throws(ImportGap) -> Bool {
    guard let level = keys.take("level") else { return true }
    guard let text = level.text, ["fail", "warn"].contains(text) else {
      throw ImportGap("'level' is \(level.found), wanted 'fail' or 'warn'", at: level.mark)
    }
    return text == "fail"
  }

  /// The one comparison of a mapping; nil: it has none.
  private static func limit(_ keys: inout ImportArguments) throws(ImportGap) -> SodaLimit? {
    var limits: [SodaLimit] = []
    for (key, isLow, isIn) in [
      ("must_be_greater_than", true, false), ("must_be_greater_than_or_equal", true, true),
      ("must_be_less_than", false, false), ("must_be_less_than_or_equal", false, true),
    ] {
      guard let end = try end(key, isIn, &keys) else { continue }
      limits.append(isLow ? SodaLimit(low: end, high: nil) : SodaLimit(low: nil, high: end))
    }
    for (key, isOutside) in [("must_be", false), ("must_not_be", true)] {
      guard let end = try end(key, true, &keys) else { continue }
      limits.append(SodaLimit(low: end, high: end, isOutside: isOutside))
    }
    for (key, isOutside) in [("must_be_between", false), ("must_be_not_between", true)] {
      guard let node = keys.take(key) else { continue }
      limits.append(try range(node, key, isOutside))
    }
    if limits.count > 1 {
      throw ImportGap("it has several limits, with which Soda evaluates none", at: keys.node.mark)
    }
    return limits.first
  }

  /// Both ends of a range; of one that must be left, the upper bound is the lower end of what passes.
  private static func range(
    _ node: Node, _ key: String, _ isOutside: Bool
  ) throws(ImportGap) -> SodaLimit {
    var keys = ImportArguments(node)
    // What lies outside begins where the inside ends.
    var low = try end("greater_than", isOutside, &keys)
    if low == nil { low = try end("greater_than_or_equal", !isOutside, &keys) }
    var high = try end("less_than", isOutside, &keys)
    if high == nil { high = try end("less_than_or_equal", !isOutside, &keys) }
    try keys.finish()
    guard let low, let high, isOutside ? high.value < low.value : low.value < high.value else {
      throw ImportGap("'\(key)' is no range of a lower and an upper bound", at: node.mark)
    }
    return isOutside
      ? SodaLimit(low: high, high: low, isOutside: true) : SodaLimit(low: low, high: high)
  }

  /// A number as an end of what passes; nil: it is not said.
  private static func end(
    _ key: String, _ isIn: Bool, _ keys: inout ImportArguments
  ) throws(ImportGap) -> (value: Double, isIn: Bool, text: String)? {
    guard case .plain(let text)? = try keys.number(key), let value = Double(text), value.isFinite
    else { return nil }
    return (value, isIn, text)
  }
}
