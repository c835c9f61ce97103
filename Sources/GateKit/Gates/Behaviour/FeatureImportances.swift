import GateCore
import GateMetrics

/// How much worse a model's metric gets when the values of one of its inputs are dealt out among the rows anew.
///
/// Source: Breiman, "Random forests", Machine Learning 45, 2001; the drop in score of scikit-learn's
/// `permutation_importance`: every repeat deals the values of all inputs out alike, one input at a time.
package struct FeatureImportances: Sendable {
  /// The model's inputs, in its order.
  let features: [String]
  /// The metric on the rows as they are.
  let baseline: Double
  /// By feature and repeat: how much worse the metric is, in its own unit; below 0 where it is better.
  let drops: [[Double]]

  /// The mean drop of each feature.
  var means: [Double] { drops.map(Self.mean) }

  /// Repeats.
  var repeats: Int { drops.first?.count ?? 0 }

  /// What some features, by their places, have of the sum of all mean drops, those below 0 taken as 0; in 0...1.
  ///
  /// `skipping`: a repeat that is left out. Undefined where no feature's mean drop is above 0.
  func share(of places: [Int], skipping: Int? = nil) throws(Undefined) -> Double {
    let means = drops.map { drops in
      max(0, Self.mean(drops.indices.filter { $0 != skipping }.map { drops[$0] }))
    }
    let total = means.reduce(0, +)
    guard total > 0 else {
      throw Undefined("permuting any one feature makes the metric no worse")
    }
    return min(1, places.reduce(0) { $0 + means[$1] } / total)
  }

  /// The interval for that share over permutations of these rows: Student's of a jackknife of the repeats, cut to 0...1.
  ///
  /// Undefined where all repeats agree on a share that is not 0 for certain.
  func interval(ofShareOf places: [Int], confidence: Double) throws(Undefined) -> ConfidenceInterval
  {
    let method = "jackknife of repeats, Student's t"
    let isIdle = places.allSatisfy { drops[$0].allSatisfy { $0 == 0 } }
    let all = try share(of: places)
    if isIdle {
      return ConfidenceInterval(low: 0, high: 0, level: confidence, method: method)
    }
    let count = Double(repeats)
    var pseudo: [Double] = []
    for place in 0..<repeats {
      pseudo.append(count * all - (count - 1) * (try share(of: places, skipping: place)))
    }
    var interval = try MeanInterval(of: pseudo).plainInterval(confidence: confidence)
    (interval.low, interval.high) = (
      max(0, min(all, interval.low)), min(1, max(all, interval.high))
    )
    interval.method = method
    return interval
  }

  /// Student's interval for a feature's mean drop over permutations of these rows; undefined where all repeats agree.
  func interval(of place: Int, confidence: Double) throws(Undefined) -> ConfidenceInterval {
    try MeanInterval(of: drops[place]).plainInterval(confidence: confidence)
  }

  /// Places of features of which no drop is shown: the interval of the mean is not all above 0.
  func unused(confidence: Double) -> [Int] {
    drops.indices.filter { place in
      ((try? interval(of: place, confidence: confidence))?.low ?? Self.mean(drops[place])) <= 0
    }
  }

  /// Spearman's correlation of the mean drops with another model's, over the features that both take; in -1...1.
  ///
  /// Undefined for fewer than three of them, or where one model's drops are all equal.
  func rankCorrelation(to other: FeatureImportances) throws(Undefined) -> (value: Double, n: Int) {
    let pairs = features.indices.compactMap { place in
      other.features.firstIndex { $0.isSame(as: features[place]) }.map { (place, $0) }
    }
    guard pairs.count >= 3 else {
      throw Undefined(
        "the models have \(pairs.count.counted("feature")) in common, and a ranking takes 3 at least"
      )
    }
    guard let metric = Metrics.all.first(where: { $0.id == "spearman" && $0.task == .regression })
    else { throw Undefined("there is no rank correlation") }
    let sample = RegressionSample(
      targets: pairs.map { other.means[$0.1] }, predictions: pairs.map { means[$0.0] })
    return (try metric.value(on: .regression(sample), Arguments()), pairs.count)
  }

  /// A line a feature, largest drop first, for the record.
  func evidence(confidence: Double) -> JSON {
    let order = features.indices.sorted {
      (-means[$0], $0) < (-means[$1], $1)
    }
    return .array(
      order.map { place in
        let interval = try? interval(of: place, confidence: confidence)
        return .object([
          JSON.Member("feature", .string(features[place])),
          JSON.Member("drop", .number(means[place])),
          JSON.Member("low", .number(interval?.low)),
          JSON.Member("high", .number(interval?.high)),
          JSON.Member("share", .number(try? share(of: [place]))),
        ])
      })
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}

/// Asks for the importances of a model's inputs.
struct ImportanceQuestion: Asked {
  typealias Answer = Result<FeatureImportances, Diagnostic>
  let role: Role
  /// The metric's id.
  let metric: String
  let repeats: Int
}

extension Workbench {
  /// What the order of each repeat is drawn by.
  static let importanceSeed: UInt64 = 20_261_202

  /// How much worse a metric of a model gets when each of its inputs is permuted, all by one new process; throws why that is
  /// not known.
  ///
  /// `order`: of so many rows, for a repeat, the row whose value each row is given.
  func importances(
    of role: Role, _ metric: Metric, repeats: Int,
    order: @escaping @Sendable (_ rows: Int, _ repeat: Int) -> [Int32] = {
      RandomSource.order(of: $0, seed: importanceSeed, stream: UInt64($1))
    }
  ) async throws(Diagnostic) -> FeatureImportances {
    try await once(ImportanceQuestion(role: role, metric: metric.id, repeats: repeats)) {
      do throws(Diagnostic) {
        let sample = try await sample(role)
        return Result { try permuted(role, metric, repeats, sample, order) }
          .located(at: mark(of: role))
      } catch { return .failure(error) }
    }.get()
  }

  private func permuted(
    _ role: Role, _ metric: Metric, _ repeats: Int, _ sample: Sample,
    _ order: @escaping @Sendable (Int, Int) -> [Int32]
  ) throws -> FeatureImportances {
    let source = try scoredModel(role, for: "permuting its inputs")
    let holdout = try table("holdout")
    let features = try backends.describe(source, holdout).features
    let read = try ReadTable(features.map(\.sql).unique, of: holdout)
    func value(_ sample: Sample) throws(Diagnostic) -> Double {
      do throws(Undefined) { return try metric.value(on: sample, Arguments()) } catch {
        throw Diagnostic("the \(role.rawValue)'s \(metric.id) is undefined: \(error.reason)")
      }
    }
    let baseline = try value(sample)
    let sign: Double = metric.direction == .higherIsBetter ? 1 : -1
    var drops = features.map { _ in [Double](repeating: 0, count: repeats) }
    let runs = features.indices.flatMap { feature in
      (0..<repeats).map { place in
        ModelRun {
          read.moving(features[feature].sql, to: order(holdout.rows, place))
        }
      }
    }
    try backends.scoreEach(source, runs) { place, answers in
      let dropped = sign * (baseline - (try value(try self.sample(role, of: answers))))
      drops[place / repeats][place % repeats] = dropped
    }
    return FeatureImportances(features: features.map(\.name), baseline: baseline, drops: drops)
  }
}
