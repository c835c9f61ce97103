import Foundation
import Testing

/// `schema import` as a person runs it.
struct SchemaImportTests {
  private func folder(_ suite: String) throws -> URL {
    let folder = try Program.scratch()
    try Data(suite.utf8).write(to: folder.appending(path: "suite.json"))
    return folder
  }

  private let mixed = """
    {"expectations": [
    {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "income"}},
    {"type": "expect_moon", "kwargs": {}}
    ]}
    """

  @Test func `what has no counterpart is an error, and nothing is written`() throws {
    let folder = try folder(mixed)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Program.run(["schema", "import", "suite.json", "-o", "out.yaml"], in: folder)
    #expect(run.status == 2)
    #expect(run.out == "")
    #expect(run.err.contains("suite.json:3:10: error: 'expect_moon' has no counterpart"))
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "out.yaml").path))
  }

  @Test func `it can be left out, and is listed all the same`() throws {
    let folder = try folder(mixed)
    defer { try? FileManager.default.removeItem(at: folder) }
    let words = ["schema", "import", "suite.json", "--allow-missing"]
    let run = try Program.run(words, in: folder)
    #expect(run.status == 0)
    #expect(run.err.contains("suite.json:3:10: note: 'expect_moon' has no counterpart"))
    #expect(run.out.contains("columns:\n  income:\n    not_null:\n      allow_empty: true\n"))
    let written = try Program.run(words + ["-o", "out.yaml"], in: folder)
    #expect(written.status == 0)
    let file = try String(contentsOf: folder.appending(path: "out.yaml"), encoding: .utf8)
    #expect(file == run.out)
    // A file that is there is not overwritten.
    #expect(try Program.run(words + ["-o", "out.yaml"], in: folder).status == 2)
  }

  @Test(arguments: [
    (["schema", "imprt", "x"], "did you mean 'import'"),
    (["schema", "import", "x", "--from", "sodaa"], "did you mean 'soda'"),
    (["schema", "import", "x", "--table", "a"], "wanted NAME=PATH"),
    (["schema", "import"], "FILE is missing"),
  ])
  func `wrong usage is 64`(words: [String], hint: String) throws {
    let folder = try folder("{}")
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Program.run(words, in: folder)
    #expect(run.status == 64)
    #expect(run.err.contains(hint), "\(run.err)")
  }

  @Test func `a long line is not repeated in a message`() throws {
    let folder = try folder(
      mixed.split(separator: "\n").joined() + String(repeating: " ", count: 9999))
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Program.run(["schema", "import", "suite.json"], in: folder)
    #expect(run.status == 2)
    #expect(run.err.utf8.count < 1000)
  }
}
