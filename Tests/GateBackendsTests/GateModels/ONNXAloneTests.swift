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

/// A model whose answer for a row is made of other rows too is refused, and no other is.
@Suite struct ONNXAloneTests {
  private typealias Node = ONNXBytes

  /// A reduction over the rows, or over the columns.
  private static func reduce(_ type: String, _ output: String, axis: Int = 0) -> ONNXBytes {
    Node.node(type, ["x"], [output], [Node.attribute("axes", integers: [axis])])
  }

  private static let sigmoid = Node.node("Sigmoid", ["s"], ["p"])
  private static let centred = [
    reduce("ReduceMean", "m"), Node.node("Sub", ["x", "m"], ["s"]), sigmoid,
  ]
  private static let ranged = [
    reduce("ReduceMin", "a"), reduce("ReduceMax", "b"), Node.node("Sub", ["x", "a"], ["t"]),
    Node.node("Sub", ["b", "a"], ["r"]), Node.node("Div", ["t", "r"], ["p"]),
  ]
  private static let shared = [
    Node.node("Softmax", ["x"], ["p"], [Node.attribute("axis", integer: 0)])
  ]
  private static let plain = [Node.node("Sigmoid", ["x"], ["p"])]
  private static let rowwise = [
    reduce("ReduceMean", "m", axis: 1), Node.node("Add", ["x", "m"], ["s"]), sigmoid,
  ]
  /// One row alone loses its dimension by this.
  private static let squeezed = [
    Node.node("Squeeze", ["x"], ["f"]), Node.node("Sigmoid", ["f"], ["s1"]),
    Node.node("Reshape", ["s1", "shape"], ["p"]),
  ]

  /// What scoring 40 rows with a model throws; nil when it gives scores.
  private func failure(_ bytes: [UInt8]) throws -> String? {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "\(UUID().uuidString).onnx")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    var rows = Rows()
    rows.add("x", .doubles((0..<40).map { Double($0) / 8 - 2 }))
    return Models.failure(Models.source(file.path), rows)
  }

  @Test(arguments: [0, 7]) func `answers of the batch are refused`(rows: Int) throws {
    for nodes in [Self.centred, Self.ranged, Self.shared] {
      let said = try failure(Node.model(nodes, rows: rows))
      #expect(said?.contains("for row 1 depends on the other rows that are scored with it") == true)
      #expect(said?.contains("axis 0") == true, "\(said ?? "")")
    }
  }

  @Test(arguments: [0, 1, 7]) func `answers of the row are taken`(rows: Int) throws {
    for nodes in [Self.plain, Self.rowwise] {
      #expect(try failure(Node.model(nodes, rows: rows)) == nil)
    }
    // One row at a time is a batch of its own.
    if rows == 1 { #expect(try failure(Node.model(Self.centred, rows: 1)) == nil) }
    let shape = [-1, 1].reduce(Node().adding(2, value: 7)) { $0.adding(7, value: $1) }
      .adding(8, "shape").adding(1, value: 2)
    #expect(try failure(Node.model(Self.squeezed, constants: [shape])) == nil)
  }

  @Test func `numbers are compared as far as they are meant`() {
    func failure(
      _ batch: [Double], _ alone: Double, isScaled: Bool = false
    ) -> String {
      let look = ONNXAlone(name: "loan.onnx", isScaledByBatch: isScaled)
      do throws(Diagnostic) {
        try look.compare(
          .numbers(batch, width: 1, labels: nil), at: 1,
          with: .numbers([alone, alone], width: 1, labels: nil), row: 2)
        return ""
      } catch { return error.message }
    }
    #expect(failure([0, 0.5], 0.5005).isEmpty && failure([0, 2e6], 2.001e6).isEmpty)
    #expect(failure([0, 0.25], 0.5).contains("0.25 among them, 0.5 by itself"))
    #expect(failure([0, 0.5], 0.52, isScaled: true).isEmpty && !failure([0, 0.5], 0.52).isEmpty)
    #expect(failure([0, .nan], .nan).isEmpty && failure([0, .infinity], .infinity).isEmpty)
    #expect(!failure([0, 0.5], .nan).isEmpty && !failure([0, .nan], 0.5).isEmpty)
    #expect(!failure([0, .infinity], 1).isEmpty)
    // Answers may be small by nature.
    #expect(!failure([2e-5, 1e-5], 3e-5).isEmpty && failure([2e-5, 1e-5], 1.001e-5).isEmpty)
    #expect(ONNXAlone.places(3..<40).count == 8 && ONNXAlone.places(3..<40).last == 39)
    #expect(ONNXAlone.places(0..<3) == [0, 1, 2])
  }
}
