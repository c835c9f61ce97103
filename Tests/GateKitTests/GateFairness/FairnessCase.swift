import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The rows of one case of the fairness reference files.
struct FairnessCase: Decodable {
  var task: String
  var score: [Double]?
  var scores: [[Double]]?
  var label: [Int]?
  var target: [Double]?
  var prediction: [Double]?
  var by: [String]
  var groups: [String: [String?]]
  var privileged: [String: String]
  var control: [String]?
  var weight: [Double]?
  /// The group of each row, once it is found.
  var found: [String?]?

  /// What a score of at least this decides is positive.
  static let threshold = 0.5

  /// The group of each row; nil: an attribute is null.
  var groupOfRow: [String?] { found ?? grouped }

  /// The same case with the group of each row at hand.
  var finding: FairnessCase {
    var one = self
    one.found = grouped
    return one
  }

  private var grouped: [String?] {
    let columns = by.map { groups[$0] ?? [] }
    return columns[0].indices.map { row in
      let values = columns.compactMap { $0[row] }
      return values.count == by.count ? values.joined(separator: ",") : nil
    }
  }

  /// The groups that have rows, in the order of their texts.
  var names: [String] { Set(groupOfRow.compactMap { $0 }).sorted() }

  /// The group that others are compared with.
  var reference: String { by.map { privileged[$0] ?? "" }.joined(separator: ",") }

  /// The task of the metrics.
  var kind: TaskKind { TaskKind(rawValue: task) ?? .binary }

  /// What the model said; without the weights with `weighs: false`.
  func sample(weighs: Bool = true) -> Sample {
    let weights = weighs ? weight : nil
    switch kind {
    case .regression:
      return .regression(
        RegressionSample(targets: target ?? [], predictions: prediction ?? [], weights: weights))
    case .multiclass:
      return .multiclass(
        MulticlassSample(
          classes: ["0", "1", "2"], probabilities: (scores ?? []).flatMap { $0 },
          labels: (label ?? []).map { Int32($0) }, weights: weights))
    default:
      return .binary(
        BinarySample(
          scores: score ?? [], positives: (label ?? []).map { $0 == 1 }, weights: weights,
          threshold: Self.threshold))
    }
  }

  /// Whether each row is positive and is decided so, of one class or of two.
  func cells(class name: String? = nil) -> [(positive: Bool, selected: Bool)] {
    let labels = label ?? []
    if let name, let scores {
      return labels.indices.map { row in
        let best = scores[row].firstIndex(of: scores[row].max() ?? 0)
        return (String(labels[row]) == name, best.map(String.init) == name)
      }
    }
    return zip(labels, score ?? []).map { ($0 == 1, $1 >= Self.threshold) }
  }

  /// The strata; nil: the case has none.
  var strata: SlicedRows? {
    guard let control else { return nil }
    let names = Set(control).sorted()
    return SlicedRows(
      groups: names.map { SliceGroup(values: [SliceValue("control", .text($0))]) },
      codes: control.map { value in Int32(names.firstIndex(of: value) ?? -1) })
  }
}

/// What a rate is a share of.
enum Whole: String {
  case rows, positives, negatives, selected, rejected
}

extension FairnessCase {
  /// Whether rows have nothing that a rate would be a share of; counted here, not by what is tested.
  func lacks(_ whole: Whole, among rows: [Int], class name: String? = nil) -> Bool {
    if whole == .rows { return rows.isEmpty }
    guard kind == .binary || name != nil else { return false }
    let cells = cells(class: name)
    return !rows.contains { row in
      switch whole {
      case .rows: true
      case .positives: cells[row].positive
      case .negatives: !cells[row].positive
      case .selected: cells[row].selected
      case .rejected: !cells[row].selected
      }
    }
  }
}

/// Which rows of a case are of which group.
struct FairnessGroups {
  var names: [String]
  /// Negative: none.
  var codes: [Int32]
  /// The place of the reference group; nil: it has no rows here.
  var reference: Int?

  /// All groups; with `nulls` the rows without one are a group as well.
  init(_ one: FairnessCase, nulls: Bool = false) {
    names = one.names + (nulls && one.groupOfRow.contains(nil) ? ["null"] : [])
    let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    codes = one.groupOfRow.map { name in (name ?? "null").placed(in: places) }
    reference = names.firstIndex(of: one.reference)
  }

  /// The rows for which `place` says one of `names`.
  init(
    _ one: FairnessCase, names: [String], reference: Int? = nil, _ place: (String) -> Int?
  ) {
    (self.names, self.reference) = (names, reference)
    codes = one.groupOfRow.map { name in name.flatMap(place).map { Int32($0) } ?? -1 }
  }

  /// One group alone.
  static func alone(_ one: FairnessCase, _ name: String) -> FairnessGroups {
    FairnessGroups(one, names: [name]) { $0 == name ? 0 : nil }
  }

  /// All rows that have a group as one.
  static func all(_ one: FairnessCase) -> FairnessGroups {
    FairnessGroups(one, names: ["all"]) { _ in 0 }
  }

  /// One group, and all others as the one it is compared with.
  static func facet(_ one: FairnessCase, _ name: String) -> FairnessGroups {
    FairnessGroups(one, names: ["others", name], reference: 0) { $0 == name ? 1 : 0 }
  }

  /// The same among the rows of one stratum.
  func within(_ stratum: String, of one: FairnessCase) -> FairnessGroups {
    var groups = self
    for (row, value) in (one.control ?? []).enumerated() where value != stratum {
      groups.codes[row] = -1
    }
    return groups
  }

  /// The rows of each group that has any.
  var rows: [[Int]] {
    names.indices.map { group in codes.indices.filter { Int(codes[$0]) == group } }
      .filter { !$0.isEmpty }
  }
}

extension String {
  /// The place of a group, or none.
  fileprivate func placed(in places: [String: Int]) -> Int32 { Int32(places[self] ?? -1) }
}
