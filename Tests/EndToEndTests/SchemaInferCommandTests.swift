import Foundation
import Testing

/// `gatewright schema infer`.
@Suite struct SchemaInferCommandTests {
  @Test func `a schema is written once, the same by both ways`() throws {
    let folder = try CommandLineRun.temporaryFolder()
    let rows = (0..<100).map { "\($0),\($0 % 40),\($0 % 2 == 0 ? "north" : "south")\n" }.joined()
    try Data("id,age,region\n\(rows)".utf8).write(to: folder.appending(path: "loans.csv"))
    let shown = try CommandLineRun.run(["schema", "infer", "loans.csv"], in: folder)
    #expect(shown.code == 0, "\(shown.stderr)")
    #expect(shown.stdout.contains("  id:\n    type: integer\n    not_null: true\n"))
    #expect(shown.stdout.contains("    in_set:\n      [north, south]\n"))
    let words = ["schema", "infer", "loans.csv", "-o", "loans.yaml"]
    #expect(try CommandLineRun.run(words, in: folder).code == 0)
    let written = try String(contentsOf: folder.appending(path: "loans.yaml"), encoding: .utf8)
    #expect(written == shown.stdout)
    let again = try CommandLineRun.run(words, in: folder)
    #expect(again.code == 2)
    #expect(again.stderr.contains("another file with '--output'"))
  }
}
