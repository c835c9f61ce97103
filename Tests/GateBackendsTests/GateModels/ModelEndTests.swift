import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// A file of one model holds that model and no more.
@Suite struct ModelEndTests {
  private let hostile = HostileModelTests()

  /// What scoring a fixture, changed, throws; nil when it gives scores.
  private func failure(_ name: String, _ change: ([UInt8]) -> [UInt8]) throws -> String? {
    try hostile.with(name, change(try hostile.bytes(name))) {
      var source = Models.source($0)
      if name.contains("xgboost") { source.runtime = "xgboost" }
      return Models.failure(source, FixtureTests.gaps.rows)
    }
  }

  @Test(arguments: ["binary.lightgbm.txt", "binary.xgboost.json", "binary.xgboost.ubj"])
  func `what stands behind the end is refused`(name: String) throws {
    for more in ["garbage", "{\"learner\":1}", "tree\nversion=v4\n"] {
      let said = try failure(name) { $0 + Array(more.utf8) }
      #expect(said?.contains("which would be ignored") == true, "\(said ?? "")")
    }
    #expect(try failure(name) { $0 + $0 }?.contains("which would be ignored") == true)
    #expect(try failure(name) { $0 } == nil)
    if !name.hasSuffix("ubj") {
      #expect(try failure(name) { $0 + Array("\n \n".utf8) } == nil)
    } else {
      #expect(try failure(name) { $0 + [0] } != nil)
    }
  }

  @Test func `a LightGBM model without a last line has an end too`() throws {
    func change(_ more: String) throws -> String? {
      try failure("binary.lightgbm.txt") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        return Array((text.before("\npandas_categorical") + more).utf8)
      }
    }
    #expect(try change("\nmore\n")?.contains("'more'") == true)
    #expect(try change("")?.contains("which would be ignored") != true)
    // The Python package ends with a line of categories behind an empty one.
    #expect(try change("\n")?.contains("'pandas_categorical', is cut off") == true)
  }

  @Test func `a LightGBM model is cut off at no line`() throws {
    let lines = String(decoding: try hostile.bytes("binary.lightgbm.txt"), as: UTF8.self)
      .components(separatedBy: "\n")
    let end = try #require(lines.firstIndex(of: "end of trees"))
    let last = try #require(lines.firstIndex { $0.hasPrefix("pandas_categorical") })
    for count in end...last where lines[count - 1] != "end of parameters" {
      let said = try failure("binary.lightgbm.txt") { _ in
        Array((lines[..<count].joined(separator: "\n") + "\n").utf8)
      }
      #expect(said?.contains("is not a whole LightGBM text model") == true, "\(count)")
    }
  }

  @Test(arguments: ["binary.xgboost.json", "binary.xgboost.ubj"])
  func `an XGBoost file that ends early is said to`(name: String) throws {
    let whole = try hostile.bytes(name)
    for length in [2, whole.count / 3, whole.count / 2, whole.count - 1] {
      let said = try failure(name) { Array($0.prefix(length)) }
      #expect(
        said?.contains("has no end, which may be cut short") == true, "\(length): \(said ?? "")")
      #expect(said?.contains("cursor") == false)
    }
    let text = try failure(name) { _ in Array("hello".utf8) }
    #expect(text?.contains("is no XGBoost model in json or ubj") == true, "\(text ?? "")")
  }

  @Test func `a level that is not the model's own is refused`() throws {
    func failure(_ alpha: String, _ levels: [Double]) throws -> String? {
      let text = String(decoding: try hostile.bytes("binary.lightgbm.txt"), as: UTF8.self)
        .replacing("objective=binary sigmoid:1", with: "objective=quantile")
        .replacing("[alpha: 0.9]", with: "[alpha: \(alpha)]")
      return try hostile.with("model.lightgbm.txt", Array(text.utf8)) {
        var source = Models.source($0, task: .regression, classes: [])
        source.options.quantiles = levels
        return Models.failure(source, FixtureTests.gaps.rows)
      }
    }
    #expect(try failure("0.9", [0.5])?.contains("was trained for the level 0.9") == true)
    #expect(try failure("0.5", [0.5]) == nil)
    #expect(try failure("0.9", []) == nil)
  }

  /// Of `codes.lightgbm.txt`, whose first input is split by category, its third is a category that no tree splits.
  @Test func `codes that training never had are counted`() throws {
    func failure(_ codes: [Double], _ unseen: Double? = nil) -> String? {
      var rows = Rows()
      rows.add("k", .doubles(codes))
      rows.add("x", .doubles(codes.map { _ in 0.5 }))
      rows.add("m", .doubles(codes.map { _ in 77 }))
      var source = Models.source("codes.lightgbm.txt")
      source.options.unseen = unseen
      return Models.failure(source, rows)
    }
    let known = [Double](repeating: 3, count: 18)
    #expect(failure(known + [0, .nan]) == nil)
    #expect(failure(known + [0, 9]) == nil)
    let said = failure(known + [9, 12])
    #expect(said?.contains("has never seen what 'k' holds in 2 of 20 rows, first '9'") == true)
    for strange in [1.5, -1, 6] { #expect(failure(known + [strange, strange]) != nil) }
    #expect(failure(known + [9, 12], 0.1) == nil)
  }
}
