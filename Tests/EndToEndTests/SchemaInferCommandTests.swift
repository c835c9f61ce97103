import Foundation
import Testing

/// `gatewright schema infer`.
@Suite struct SchemaInferCommandTests {
  @Test func `a schema is written once, the same by both ways`() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = (0..<100).map { "\($0),\($0 % 40),\($0 % 2 == 0 ? "north" : "south")\n" }.joined()
    try Data("id,age,region\n\(rows)".utf8).write(to: folder.appending(path: "loans.csv"))
    let shown = try Program.run(["schema", "infer", "loans.csv"], in: folder)
    #expect(shown.status == 0, "\(shown.err)")
    #expect(shown.out.contains("  id:\n    type: integer\n    not_null: true\n"))
    #expect(
      shown.out.contains(
        "    in_set:\n      mostly: 0.964\n      values:\n        [north, south]\n"))
    let words = ["schema", "infer", "loans.csv", "-o", "loans.yaml"]
    #expect(try Program.run(words, in: folder).status == 0)
    let written = try String(contentsOf: folder.appending(path: "loans.yaml"), encoding: .utf8)
    #expect(written == shown.out)
    let again = try Program.run(words, in: folder)
    #expect(again.status == 2)
    #expect(again.err.contains("another file with '--output'"))
  }

  @Test func `what it cannot do is wrong usage or an error`() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let unknown = try Program.run(["schema", "guess", "loans.csv"], in: folder)
    #expect(unknown.status == 64)
    #expect(unknown.err.contains("ACTION is 'guess', wanted infer"))
    let missing = try Program.run(["schema", "infer", "loans.csv"], in: folder)
    #expect(missing.status == 2)
    #expect(missing.err.contains("loans.csv"))
  }
}
