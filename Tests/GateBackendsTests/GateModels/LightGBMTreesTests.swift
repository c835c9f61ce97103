import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateGit
@testable import GateModels
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// A LightGBM model whose trees are not whole is refused, whatever its length says.
@Suite struct LightGBMTreesTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  static func model(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test("every model that the library saved is whole")
  func whole() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".lightgbm.txt") }
    #expect(names.count > 5)
    for name in names { _ = try LightGBMFile(Array(try Self.model(name).utf8), name: name) }
  }

  @Test(
    "one other letter in a tree is found",
    arguments: [
      ("leaf_value=", "0123456789", "x", "which is no number"),
      ("threshold=", ".", ",", "which is no number"),
      ("split_feature=", "0123456789", "9", "splits by input"),
      ("left_child=", "123456789", "9", "has the child"),
      ("right_child=", " ", "`", "which are whole numbers"),
      ("num_leaves=", "123456789", "9", "tree 0 has"),
      ("decision_type=", " ", "1", "numbers of 'decision_type'"),
    ])
  func letter(line: String, of letters: String, other: String, says: String) throws {
    let text = try Self.model("binary.lightgbm.txt")
    let start = try #require(text.range(of: "\n" + line)).upperBound
    let end = try #require(text[start...].firstIndex(of: "\n"))
    let place = try #require(text[start..<end].firstIndex { letters.contains($0) })
    let damaged = text.replacingCharacters(in: place...place, with: other)
    #expect(damaged != text)
    do throws(Diagnostic) {
      _ = try LightGBMFile(Array(damaged.utf8), name: "m.txt")
      Issue.record("\(line) was taken")
    } catch {
      #expect(error.message.contains(says), "\(error.message)")
    }
  }
}
