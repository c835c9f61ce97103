import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The default that a definition states is the one that holds: written out, it changes nothing.
@Suite struct DefaultTests {
  /// The arguments with a parameter's default written out; nil where it was given, or the default is no value but words.
  static func spelled(_ parameter: Parameter, in arguments: Arguments) -> Arguments? {
    guard let standard = parameter.standard, !arguments.has(parameter.id) else { return nil }
    var arguments = arguments
    if parameter.shape.isNumber, let number = Double(standard) {
      arguments.numbers[parameter.id] = number
    } else if accepts(parameter.shape, standard) {
      arguments.texts[parameter.id] = standard
    } else {
      return nil
    }
    return arguments
  }

  private static func accepts(_ shape: Shape, _ word: String) -> Bool {
    switch shape {
    case .choice(let words): words.contains(word)
    case .boolean: ["true", "false"].contains(word)
    case .either(let shapes): shapes.contains { accepts($0, word) }
    default: false
    }
  }

  private static let metrics = Metrics.all.filter { $0.parameters.contains { $0.standard != nil } }

  @Test(arguments: metrics.map(Named.init)) func `of a metric`(named: Named) {
    let metric = named.metric
    let rows = Rows(seed: 5, task: metric.task, count: 200)
    var samples = metric.examples.map { ($0.sample, $0.arguments, $0.champion) }
    samples.append(
      (rows.sample, named.ordinary(rows), metric.comparesModels ? rows.sample.otherwise : nil))
    for parameter in metric.parameters {
      for (sample, arguments, champion) in samples {
        // Beside another parameter it may be refused: an average beside one class.
        guard let spelled = Self.spelled(parameter, in: arguments),
          metric.refuse?.refusal(spelled) == nil
        else { continue }
        let left = try? metric.value(on: sample, arguments, champion: champion)
        let right = try? metric.value(on: sample, spelled, champion: champion)
        #expect(left == right, "\(named), \(parameter.id): \(parameter.standard ?? "")")
      }
    }
  }

  @Test(arguments: DriftTests.all.map(\.id)) func `of a drift test`(id: String) throws {
    let test = try #require(DriftTests.named(id))
    for parameter in test.parameters {
      for example in test.examples {
        guard let spelled = Self.spelled(parameter, in: example.arguments) else { continue }
        let left = try? test.figure(on: example.subject, example.arguments)
        let right = try? test.figure(on: example.subject, spelled)
        #expect(left?.value == right?.value, "\(id), \(parameter.id): \(parameter.standard ?? "")")
      }
    }
  }

  @Test(arguments: FairnessNamedTests.metrics.indices)
  func `of a fairness metric`(index: Int) async throws {
    let metric = FairnessNamedTests.metrics[index]
    for parameter in metric.parameters {
      for example in metric.examples {
        guard let spelled = Self.spelled(parameter, in: example.arguments) else { continue }
        let left = try? await metric.value(of: example)
        let right = try? await metric.value(of: example, spelled)
        #expect(left == right, "\(metric.id), \(parameter.id): \(parameter.standard ?? "")")
      }
    }
  }

  @Test func `defaults that are values fit where they stand`() {
    let all =
      Metrics.all.flatMap(\.parameters) + DriftTests.all.flatMap(\.parameters)
      + FairnessMetrics.named.flatMap(\.parameters)
      + SchemaChecks.all.flatMap { $0.parameters + $0.common }
    for parameter in all {
      guard let standard = parameter.standard else { continue }
      switch parameter.shape {
      case .choice(let words): #expect(words.contains(standard), "\(parameter.id): \(standard)")
      case .boolean: #expect(["true", "false"].contains(standard), "\(parameter.id): \(standard)")
      case .integer(let range):
        if let number = Int(standard) { #expect(range.contains(number), "\(parameter.id)") }
      case .number(let range):
        if let number = Double(standard) { #expect(range.contains(number), "\(parameter.id)") }
      default: break
      }
    }
  }
}
