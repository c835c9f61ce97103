import Foundation
import Testing

/// `gatewright schema infer`.
@Suite struct SchemaInferCommandTests {
  @Test func `codes that begin with zeros are told of, and kept where the type says so`() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = (0..<300).map { place in
      let digits = String(place)
      return String(repeating: "0", count: 5 - digits.count) + digits
        + ",\(place % 2),0.\(place % 9)\n"
    }.joined()
    try Data("zip,y,s\n\(rows)".utf8).write(to: folder.appending(path: "loans.csv"))
    func manifest(_ types: String) -> Data {
      Data(
        """
        version: 1
        name: loans
        task: binary
        data:
          holdout: {path: loans.csv, label: y\(types)}
        models:
          candidate: {predictions: loans.csv, score: s}
        gates:
          - {gate: schema, file: loans.yaml}
        """.utf8)
    }
    let hint = "types: {zip: VARCHAR}"
    try Data("version: 1\ncolumns: {zip: {not_null: true}}\n".utf8)
      .write(to: folder.appending(path: "loans.yaml"))
    for types in ["", ", \(hint)"] {
      try manifest(types).write(to: folder.appending(path: "gatewright.yaml"))
      let shown = try Program.run(
        ["schema", "infer", "loans.csv", "-m", "gatewright.yaml"], in: folder)
      #expect(shown.out.contains("# The file has '00000' in line 2") == types.isEmpty)
      #expect(shown.out.contains("'\(hint)'") == types.isEmpty, "\(shown.out)")
      #expect(shown.out.contains("  zip:\n    type: string") == !types.isEmpty)
      try Data(shown.out.utf8).write(to: folder.appending(path: "loans.yaml"))
      let checked = try Program.run(["check"], in: folder)
      #expect(checked.status == 0, "\(checked.out)\(checked.err)")
    }
  }

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
    let dash = try Program.run(["schema", "infer", "loans.csv", "-o", "-"], in: folder)
    #expect(dash.out == shown.out)
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "-").path))
    let words = ["schema", "infer", "loans.csv", "-o", "loans.yaml"]
    #expect(try Program.run(words, in: folder).status == 0)
    let written = try String(contentsOf: folder.appending(path: "loans.yaml"), encoding: .utf8)
    #expect(written == shown.out)
    let again = try Program.run(words, in: folder)
    #expect(again.status == 2)
    #expect(again.err.contains("another file with '--output'"))
  }

  @Test
  func
    `text is read as the flags or a manifest say, and without them texts like numbers are told of`()
    throws
  {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    let rows = (0..<100).map { "\($0 % 40),5;\($0 % 9 == 0 ? "NA" : "\($0)");a\($0)\n" }.joined()
    try FileManager.default.createDirectory(
      at: folder.appending(path: "rows"), withIntermediateDirectories: false)
    try write("age;count;name\n" + rows, "rows/loans.csv")
    try write("nothing", "rows/notes.md")
    let plain = try Program.run(["schema", "infer", "rows/loans.csv"], in: folder)
    #expect(plain.out.contains("  age:\n    type: string"))
    #expect(plain.err.contains("warning: read as texts"), "\(plain.err)")
    #expect(plain.err.contains("'age', 'count'"), "\(plain.err)")
    let hint = "decimal: \",\", nulls: [NA]"
    #expect(plain.err.contains("--csv '\(hint)'"), "\(plain.err)")
    try write(
      """
      version: 1
      name: loans
      task: regression
      data:
        holdout: {path: rows/loans.csv, label: age, csv: {\(hint)}}
      models:
        candidate: {predictions: rows/loans.csv, score: age}
      gates:
        - {gate: performance, metrics: {r2: {min: 0}}}
      """, "gatewright.yaml")
    for words in [
      ["rows/loans.csv", "--csv", hint], ["rows/loans.csv", "--csv", "{\(hint)}"],
      ["rows/loans.csv", "-m", "gatewright.yaml"],
      ["rows", "--exclude", "*.md", "--csv", hint],
    ] {
      let run = try Program.run(["schema", "infer"] + words, in: folder)
      #expect(run.status == 0 && run.err == "", "\(run.err)")
      #expect(run.out.contains("  age:\n    type: number"), "\(run.out)")
      #expect(run.out.contains("  count:\n    type: integer"), "\(run.out)")
    }
    for (words, message) in [
      (["--csv", "decimals: x"], "did you mean 'decimal'"), (["--csv", "decimal: x"], "--csv"),
      (["-m", "gone.yaml"], "gone.yaml"),
    ] {
      let run = try Program.run(["schema", "infer", "rows/loans.csv"] + words, in: folder)
      #expect(run.status == 2, "\(run.out)")
      #expect(run.err.contains(message), "\(run.err)")
    }
  }

  @Test func `the folders of a schema are made`() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = (0..<100).map { "\($0)\n" }.joined()
    try Data(("id\n" + rows).utf8).write(to: folder.appending(path: "loans.csv"))
    let run = try Program.run(
      ["schema", "infer", "loans.csv", "-o", "schemas/new/loan.yaml"], in: folder)
    #expect(run.status == 0, "\(run.err)")
    #expect(
      FileManager.default.fileExists(atPath: folder.appending(path: "schemas/new/loan.yaml").path))
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
