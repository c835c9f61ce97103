import GateCore
import Glibc

/// What a library makes of the sums of a row, in place; the functions are those of the same C library, in the same order, so
/// that the bits are the same.
struct TreeLink: Sendable {
  /// Takes all sums, and how many a row has.
  let apply: @Sendable (inout [Double], Int) -> Void

  /// The sums themselves.
  static let none = TreeLink { _, _ in }

  /// One function of each sum by itself.
  static func each(_ function: @escaping @Sendable (Double) -> Double) -> TreeLink {
    TreeLink { sums, _ in for place in sums.indices { sums[place] = function(sums[place]) } }
  }

  /// One function of all sums of a row.
  private static func rows(
    _ function: @escaping @Sendable (inout [Double], Range<Int>) -> Void
  ) -> TreeLink {
    TreeLink { sums, groups in
      for first in stride(from: 0, to: sums.count, by: groups) {
        function(&sums, first..<first + groups)
      }
    }
  }
}

// MARK: LightGBM

extension TreeLink {
  /// The link that the line `objective=` of a LightGBM model names; of no such line, the sums.
  static func lightGBM(_ objective: String) throws(NotScoredHere) -> TreeLink {
    let words = objective.split(separator: " ").map(String.init)
    func parameter(_ key: String) -> Double? {
      words.first { $0.hasPrefix(key + ":") }.flatMap { Double($0.dropFirst(key.count + 1)) }
    }
    let isSquared = words.dropFirst().contains("sqrt")
    switch words.first {
    case nil, "lambdarank", "rank_xendcg", "huber", "fair", "quantile", "mape", "regression_l1":
      if isSquared { break }
      return .none
    case "regression":
      return isSquared ? .each { ($0 > 0 ? 1 : $0 < 0 ? -1 : 0) * $0 * $0 } : .none
    case "poisson", "gamma", "tweedie": return .each { exp($0) }
    case "cross_entropy": return .each { 1 / (1 + exp(-$0)) }
    case "cross_entropy_lambda": return .each { log1p(exp($0)) }
    case "binary", "multiclassova":
      guard let slope = parameter("sigmoid") else { break }
      return .each { 1 / (1 + exp(-slope * $0)) }
    case "multiclass": return .rows(softmax)
    default: break
    }
    throw NotScoredHere("its objective is '\(objective.prefix(40))'")
  }

  /// LightGBM's softmax, in double precision.
  private static func softmax(_ sums: inout [Double], _ row: Range<Int>) {
    var most = sums[row.lowerBound]
    for place in row.dropFirst() { most = sums[place] > most ? sums[place] : most }
    var total = 0.0
    for place in row {
      sums[place] = exp(sums[place] - most)
      total += sums[place]
    }
    for place in row { sums[place] /= total }
  }
}

// MARK: XGBoost

extension TreeLink {
  /// Objectives whose answers are the sums themselves.
  private static let plain: Set = [
    "reg:squarederror", "reg:squaredlogerror", "reg:absoluteerror", "reg:pseudohubererror",
    "reg:quantileerror", "binary:logitraw", "rank:ndcg", "rank:map", "rank:pairwise",
  ]

  /// The link of an XGBoost objective, and the sum to start from for a base score.
  static func xgBoost(
    _ objective: String
  ) throws(NotScoredHere) -> (link: TreeLink, start: (Float) -> Float) {
    switch objective {
    case _ where plain.contains(objective): return (.none, { $0 })
    case "binary:logistic", "reg:logistic":
      return (.single { 1 / (expf(min(-$0, 88.7)) + 1 + 1e-16) }, { -logf(1 / $0 - 1) })
    case "count:poisson", "reg:gamma", "reg:tweedie":
      return (.single { expf($0) }, { logf($0) })
    case "binary:hinge": return (.single { $0 > 0 ? 1 : 0 }, { $0 })
    case "multi:softprob": return (.rows(singleSoftmax), { $0 })
    case "multi:softmax":
      return (TreeLink { sums, groups in sums = mostLikely(sums, groups) }, { $0 })
    default: throw NotScoredHere("its objective is '\(objective.prefix(40))'")
    }
  }

  /// One function, in single precision, of each sum by itself.
  private static func single(_ function: @escaping @Sendable (Float) -> Float) -> TreeLink {
    .each { Double(function(Float($0))) }
  }

  /// XGBoost's softmax: in single precision, but for the total.
  private static func singleSoftmax(_ sums: inout [Double], _ row: Range<Int>) {
    var most = Float(sums[row.lowerBound])
    for place in row.dropFirst() { most = fmaxf(Float(sums[place]), most) }
    var total = 0.0
    for place in row {
      sums[place] = Double(expf(Float(sums[place]) - most))
      total += sums[place]
    }
    for place in row { sums[place] = Double(Float(sums[place]) / Float(total)) }
  }

  /// The first of the largest sums of each row, one number a row.
  private static func mostLikely(_ sums: [Double], _ groups: Int) -> [Double] {
    stride(from: 0, to: sums.count, by: groups).map { first in
      var best = 0
      for place in 1..<max(1, groups) where sums[first + place] > sums[first + best] {
        best = place
      }
      return Double(best)
    }
  }
}
