import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The fairness figures of one library, or of the written formulas.
struct FairnessGolden: Decodable {
  var cases: [String: [String: Figure]]

  /// A figure as it was written down.
  enum Figure: Decodable {
    case number(Double)
    case verdict(Bool)
    case text(String)
    case undefined(String)

    private struct Why: Decodable { var undefined: String }

    init(from decoder: any Decoder) throws {
      if let why = try? Why(from: decoder) {
        self = .undefined(why.undefined)
        return
      }
      let one = try decoder.singleValueContainer()
      if let verdict = try? one.decode(Bool.self) {
        self = .verdict(verdict)
      } else if let number = try? one.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try one.decode(String.self))
      }
    }
  }

  /// The rows of all cases.
  static let data: [String: FairnessCase] = {
    struct File: Decodable { var cases: [String: FairnessCase] }
    return (try? read(File.self, "data").cases.mapValues(\.finding)) ?? [:]
  }()

  static let fairlearn = library("fairlearn")
  static let aif360 = library("aif360")
  static let aequitas = library("aequitas")
  static let formulas = library("formulas")

  private static func library(_ name: String) -> FairnessGolden {
    (try? read(FairnessGolden.self, name)) ?? FairnessGolden(cases: [:])
  }

  static func read<File: Decodable>(_ type: File.Type, _ name: String) throws -> File {
    let file = Recorded.root.appending(path: "Tests/GateKitTests/Golden/fairness-\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}

/// The name of a figure and what stands behind it: `recall_difference method=to_overall`.
struct FairnessKey {
  var base: String
  var arguments: [String: String] = [:]

  init(_ key: String) {
    var words = key.split(separator: " ").map(String.init)
    // `recall average=macro_difference` is the difference of `recall average=macro`.
    if words.count > 1, let end = words[1].firstIndex(of: "_"), words[1].hasPrefix("average=") {
      words[0] += String(words[1][end...])
      words[1] = String(words[1][..<end])
    }
    base = words[0]
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      arguments[parts[0]] = parts.count > 1 ? parts[1] : ""
    }
  }

  subscript(name: String) -> String? { arguments[name] }

  /// What a manifest would give for these parameters.
  func given(_ names: String...) -> Arguments {
    var given = Arguments()
    for name in names {
      guard let text = arguments[name] else { continue }
      if let number = Double(text), name != "class" {
        given.numbers[name] = number
      } else {
        given.texts[name] = text
      }
    }
    return given
  }
}

/// What is held against the figures of one file.
actor FairnessTally {
  /// Figures that agree.
  private(set) var compared = 0
  /// Figures that the library has, and that are undefined here.
  private(set) var undefined = 0
  /// Figures that both leave undefined.
  private(set) var bothUndefined = 0
  /// Figures that are not made here, by the reason.
  private(set) var left: [String: Int] = [:]

  /// How many of each there are: a figure that slips by, or a new one, changes a number.
  func expect(
    compared: Int, undefined: Int, bothUndefined: Int, left: [String: Int],
    at place: SourceLocation = #_sourceLocation
  ) {
    #expect(self.compared == compared, sourceLocation: place)
    #expect(self.undefined == undefined, sourceLocation: place)
    #expect(self.bothUndefined == bothUndefined, sourceLocation: place)
    #expect(self.left == left, sourceLocation: place)
  }

  /// Leaves one out.
  func leave(_ reason: String) { left[reason, default: 0] += 1 }

  /// Compares one figure; `isUndefined`: the library answers where there is none.
  func check(
    _ found: Result<Double, Undefined>, _ expected: FairnessGolden.Figure, isUndefined: Bool,
    _ context: String
  ) {
    switch (found, expected, isUndefined) {
    case (.success(let value), .number(let number), false):
      #expect(abs(value - number) <= 1e-9, "\(context): \(value), expected \(number)")
      compared += 1
    case (.failure(let why), .undefined, _):
      #expect(!why.reason.isEmpty && !why.reason.contains("not a finite"), "\(context)")
      bothUndefined += 1
    case (.failure(let why), .number, true):
      #expect(!why.reason.isEmpty && !why.reason.contains("not a finite"), "\(context)")
      undefined += 1
    default:
      Issue.record("\(context): \(found), expected \(expected), undefined here: \(isUndefined)")
    }
  }
}

/// The definitions by task and id.
enum FairnessDefinitions {
  static let byTask: [TaskKind: [String: FairnessMetric]] = Dictionary(
    uniqueKeysWithValues: [TaskKind.binary, .multiclass, .regression].map { task in
      (task, Dictionary(uniqueKeysWithValues: FairnessMetrics.all(task: task).map { ($0.id, $0) }))
    })

  /// The number of a metric on some groups of a case.
  static func value(
    _ id: String, _ one: FairnessCase, _ groups: FairnessGroups, _ arguments: Arguments,
    control: SlicedRows? = nil, weighs: Bool = true
  ) async throws -> Result<Double, Undefined> {
    let metric = try #require(byTask[one.kind]?[id], "there is no metric '\(id)'")
    do throws(Undefined) {
      return .success(
        try await metric.value(
          on: one.sample(weighs: weighs), codes: groups.codes, names: groups.names,
          reference: groups.reference, control: control, arguments))
    } catch { return .failure(error) }
  }
}
