import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema
import Glibc

/// Times GateKit's own calls on arrays that run.py wrote, and prints the seconds and the figures as
/// JSON: `Measure FOLDER area|bootstrap RUNS`, or `Measure FOLDER set RUNS METRIC...`.
///
/// The seconds are those of the figures alone, sorting among them: no start of a process and no
/// reading. They are the median of RUNS runs.
@main struct Measure {
  /// The true label of each row, one for the positive class.
  let labels: [Bool]
  /// The scores of each model, candidate first, in row order.
  let scores: [(model: String, scores: [Double])]

  /// Reads one byte a label and eight a score, little-endian.
  init(folder: String) {
    labels = contents(of: folder + "/label.u8", as: UInt8.self).map { $0 == 1 }
    scores = ["candidate", "champion"].map { model in
      (model, contents(of: folder + "/\(model).f64", as: Double.self))
    }
  }

  /// Reads, measures, prints.
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4, let runs = Int(arguments[3]), runs > 0 else {
      fail("wanted: Measure FOLDER area|bootstrap|set RUNS [METRIC...]")
    }
    let measure = Measure(folder: arguments[1])
    var times: [Duration] = []
    var figures: [JSON.Member] = []
    for _ in 0..<runs {
      let start = ContinuousClock.now
      switch arguments[2] {
      case "area": figures = measure.area()
      case "bootstrap": figures = await measure.bootstrapped()
      case "set": figures = await measure.set(Array(arguments[4...]))
      default: fail("'\(arguments[2])' is not area, bootstrap or set")
      }
      times.append(ContinuousClock.now - start)
    }
    let seconds = times.sorted()[runs / 2] / .seconds(1)
    print(
      JSON.object([.init("seconds", .number(seconds)), .init("figures", .object(figures))]).text)
  }

  /// The area under the ROC curve of the candidate.
  func area() -> [JSON.Member] {
    let sample = BinarySample(scores: scores[0].scores, positives: labels)
    return [figure("roc_auc", of: sample, as: "roc_auc")]
  }

  /// A thousand replicates of both models' average precision, on the same draws.
  func bootstrapped() async -> [JSON.Member] {
    let samples = scores.map { BinarySample(scores: $0.scores, positives: labels) }
    let resampling = Resampling.rows(samples[0].rows, seed: 0)
    let models: [BinaryResample]
    do throws(Undefined) {
      models = [
        try BinaryResample(samples[0], resampling), try BinaryResample(samples[1], resampling),
      ]
    } catch { fail(error.reason) }
    let values = await bootstrap(resampling, replicates: 1000, groups: 0) {
      { draw in
        let (mine, other) = (models[0].averagePrecision(draw), models[1].averagePrecision(draw))
        return [mine, other, mine.flatMap { mine in other.map { mine - $0 } }]
      }
    }
    guard values[2].replicates.count == 1000 else { fail("a replicate is undefined") }
    return zip(["candidate", "champion", "difference"], values).map { name, values in
      JSON.Member(name, values.estimate.map(JSON.number) ?? .null)
    }
  }

  /// The binary metrics that the peer has too, of both models, on all cores.
  func set(_ metrics: [String]) async -> [JSON.Member] {
    let labels = labels
    return await withTaskGroup(of: (Int, [JSON.Member]).self) { group in
      for (place, (model, scores)) in scores.enumerated() {
        group.addTask {
          let sample = BinarySample(scores: scores, positives: labels)
          return (place, metrics.map { figure($0, of: sample, as: "\(model)/\($0)") })
        }
      }
      return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }
}

/// What the metrics that want a parameter are given, as peer.py has them.
private let arguments: [String: [String: Double]] = [
  "capture_at_top": ["share": 0.1],
  "expected_cost": ["cost_fp": 1, "cost_fn": 5],
  "expected_value": ["value_tp": 40, "value_fp": -250],
  "f_beta": ["beta": 2],
  "lift_at_top": ["share": 0.1],
  "precision_at_recall": ["recall": 0.5],
  "precision_at_top": ["share": 0.1],
  "recall_at_fpr": ["fpr": 0.1],
  "recall_at_precision": ["precision": 0.5],
  "recall_at_top": ["share": 0.1],
  "sensitivity_at_specificity": ["specificity": 0.9],
  "specificity_at_sensitivity": ["sensitivity": 0.9],
]

/// One metric's value, or the end of the program where it has none.
private func figure(_ id: String, of sample: BinarySample, as name: String) -> JSON.Member {
  guard let metric = Metrics.named(id, task: .binary) else { fail("there is no '\(id)'") }
  do throws(Undefined) {
    return JSON.Member(
      name, .number(try metric.value(on: .binary(sample), Arguments(arguments[id] ?? [:]))))
  } catch { fail("\(name): \(error.reason)") }
}

/// A whole file as numbers as they lie in it.
private func contents<Number: BitwiseCopyable>(of path: String, as _: Number.Type) -> [Number] {
  guard let file = fopen(path, "rb") else { fail("'\(path)' cannot be opened") }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let count = ftell(file) / MemoryLayout<Number>.size
  rewind(file)
  return [Number](unsafeUninitializedCapacity: count) { numbers, read in
    read = fread(numbers.baseAddress, MemoryLayout<Number>.size, count, file)
  }
}

/// Ends the program and says why.
private func fail(_ reason: String) -> Never {
  var text = "Measure: \(reason)\n"
  text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  exit(1)
}
