import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What a schema says once of many metrics holds of each of them: an editor offers the same names and keys, and refuses
/// the same others.
@Suite struct SharedKeysTests {
  static let gates: [String: [Parameter]] = [
    "performance": PerformanceGate.parameters(task: nil, metrics: Metrics.all),
    "champion": ChampionGate.parameters(task: nil, metrics: Metrics.all),
    "calibration": CalibrationGate.parameters(task: nil, metrics: Metrics.all),
    "fairness": FairnessGate.parameters(task: nil, metrics: Metrics.all),
  ]

  @Test(
    "a metric has its keys and no others, as a mapping and in a list",
    arguments: gates.keys.sorted())
  func keys(of gate: String) throws {
    let shape = try #require(Self.gates[gate]?.first { $0.id == "metrics" }?.shape)
    guard case .either(let forms) = shape, case .entries(_, let entries, _) = forms[0],
      case .list(.tagged(_, _, let listed, _)) = forms[1]
    else { return #expect(Bool(false)) }
    let (mapping, list) = (forms[0].schema, forms[1].schema["items"] ?? .null)
    let every = Set(entries.flatMap { $0.parameters.map(\.id) }).sorted()
    // All of many metrics would take minutes; every tenth has each kind among it.
    for (entry, item) in zip(entries, listed).enumerated().filter({
      $0.offset % 10 == 0 || entries.count < 200
    }).map(\.element) {
      #expect(
        Self.offered(by: mapping, of: entry.id) == Set(entry.parameters.map(\.id)), "\(entry.id)")
      #expect(
        Self.offeredInList(by: list, of: item.id) == Set(item.parameters.map(\.id) + ["metric"]),
        "\(item.id)")
      for key in every + ["zzz"] {
        let isKnown = entry.parameters.contains { $0.id == key }
        let refused = violations(
          of: mapping, by: .object([.init(entry.id, .object([.init(key, .null)]))])
        )
        .contains { $0.hasSuffix("unknown \(key)") || $0.hasPrefix("\(entry.id).\(key)?") }
        #expect(refused != isKnown, "\(entry.id): \(key)")
      }
    }
  }

  /// The keys that a schema of a mapping by name offers beside a name.
  static func offered(by schema: JSON, of name: String) -> Set<String> {
    var found: Set<String> = []
    if let own = schema["properties"]?[name] {
      found.formUnion(own["properties"]?.keys ?? [])
    } else if let rest = schema["additionalProperties"] {
      found.formUnion(rest["properties"]?.keys ?? [])
    }
    for part in schema["allOf"]?.items ?? [] { found.formUnion(offered(by: part, of: name)) }
    return found
  }

  /// The keys that a schema of records offers in one that says this name.
  static func offeredInList(by schema: JSON, of name: String) -> Set<String> {
    let variants = schema["oneOf"]?.items ?? []
    let mine = variants.first { variant in
      let key = variant["properties"]?["metric"]
      return key.map { violations(of: $0, by: .string(name)).isEmpty } ?? false
    }
    let own = (mine?["allOf"]?.items ?? []).flatMap { $0["properties"]?.keys ?? [] }
    // One that is apart says all of its keys itself.
    let isWhole = mine?["properties"]?["metric"]?["const"] != nil
    return Set(own + (isWhole ? [] : schema["properties"]?.keys ?? []))
  }

  @Test("the schema of a manifest is small enough for an editor")
  func size() {
    guard case .record(let keys) = Manifest.shape(task: nil, in: .test) else {
      return #expect(Bool(false))
    }
    #expect(Shape.manifestSchema(keys).compact.utf8.count < 300_000)
  }
}

extension JSON {
  fileprivate var items: [JSON] { if case .array(let items) = self { items } else { [] } }
}
