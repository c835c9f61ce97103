import Testing

@testable import GateKit

@Suite struct BlindMetricTests {
  @Test func explore() throws {
    for metric in Metrics.all {
      let named = Named(metric: metric)
      var rows = Rows(seed: 5, task: metric.task, count: 60)
      if metric.task == .text { continue }
      let plain = try? named.value(on: rows)
      rows.scores = rows.scores.map { _ in 0.5 }
      rows.probabilities = rows.probabilities.map { _ in [0.4, 0.3, 0.3] }
      let score = try? named.value(on: rows)
      rows = Rows(seed: 5, task: metric.task, count: 60)
      rows.positives = rows.positives.map { _ in false }
      rows.labels = rows.labels.map { _ in 0 }
      rows.targets = rows.targets.map { _ in 2 }
      let label = try? named.value(on: rows)
      rows = Rows(seed: 5, task: metric.task, count: 60)
      rows.positives = rows.positives.map { _ in true }
      rows.labels = rows.labels.map { _ in 2 }
      rows.targets = rows.targets.map { _ in 0 }
      let label2 = try? named.value(on: rows)
      func s(_ v: Double??) -> String { v.flatMap { $0 }.map { String($0) } ?? "-" }
      print("EXP", metric.task, metric.id, metric.direction.rawValue.prefix(6), "plain", s(plain), "score", s(score), "label", s(label), "label2", s(label2))
    }
  }
}
