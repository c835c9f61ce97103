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
    // Who reads the file learns of it, too.
    #expect(
      file.contains(
        "# 1 part of the suite could not be imported, by line:\n#   3:10: 'expect_moon'"))
    let deep = try Program.run(words + ["-o", "schemas/loans/"], in: folder)
    #expect(deep.status == 0, "\(deep.err)")
    // A file that is there is not overwritten.
    #expect(try Program.run(words + ["-o", "out.yaml"], in: folder).status == 2)
  }

  @Test func `a part that could never hold is left out, and the others are taken`() throws {
    let folder = try folder(
      """
      {"expectations": [
      {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "income"}},
      {"type": "expect_column_min_to_be_between",
       "kwargs": {"column": "income", "min_value": 1, "max_value": 1, "strict_min": true}},
      {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}}
      ]}
      """)
    defer { try? FileManager.default.removeItem(at: folder) }
    let refused = try Program.run(["schema", "import", "suite.json"], in: folder)
    #expect(refused.status == 2)
    let said =
      "suite.json:3:10: error: 'expect_column_min_to_be_between' of 'income' has no counterpart"
    #expect(refused.err.contains(said), "\(refused.err)")
    let words = ["schema", "import", "suite.json", "--allow-missing", "-o", "-"]
    let run = try Program.run(words, in: folder)
    #expect(run.status == 0)
    #expect(run.out.contains("not_null") && run.out.contains("row_count"), "\(run.out)")
    #expect(!run.out.contains("minimum:"))
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "-").path))
  }

  private let tables = """
    checks for loans:
      - row_count > 0
    checks for branches:
      - missing_percent(code) < 10 %
    """

  @Test func `a file of several tables gives a schema for each`() throws {
    let folder = try folder(tables)
    defer { try? FileManager.default.removeItem(at: folder) }
    let words = ["schema", "import", "suite.json"]
    let all = try Program.run(words, in: folder)
    #expect(all.status == 0)
    #expect(all.out.contains("---\n# The schema of 'loans'.\n# Made by"))
    #expect(all.out.contains("---\n# The schema of 'branches'.\n# Made by"))
    let one = try Program.run(words + ["--dataset", "branches"], in: folder)
    #expect(one.out.contains("nullif") && !one.out.contains("row_count"))
    let none = try Program.run(words + ["--dataset", "branch"], in: folder)
    #expect(none.status == 2 && none.err.contains("it has: loans, branches"))
    let file = try Program.run(words + ["-o", "out.yaml"], in: folder)
    #expect(file.status == 64 && file.err.contains("'-o out.yaml/'"))
    try FileManager.default.createDirectory(
      at: folder.appending(path: "out"), withIntermediateDirectories: false)
    let written = try Program.run(words + ["-o", "out/"], in: folder)
    #expect(written.status == 0)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "out").path)
    #expect(names.sorted() == ["branches.yaml", "loans.yaml"])
  }

  @Test func `what asks for nothing is a note`() throws {
    let folder = try folder(
      "{\"expectations\": [{\"type\": \"expect_column_max_to_be_between\", \"kwargs\": "
        + "{\"column\": \"income\", \"min_value\": null}}]}")
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Program.run(["schema", "import", "suite.json"], in: folder)
    #expect(run.status == 0)
    #expect(run.err.contains("note: 'expect_column_max_to_be_between' of 'income' is recorded"))
    #expect(run.out.contains("record: true\n      blocking: false"))
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
