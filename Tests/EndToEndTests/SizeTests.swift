import Foundation
import Testing

/// Functions and files are short enough to be read at once.
@Suite struct SizeTests {
  @Test func `a file has at most 300 lines, and a function at most 40`() throws {
    let folder = Program.root.appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    var (functions, offenders): (Int, [String]) = (0, [])
    for case let path as String in files where path.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.count - 1 > 300 { offenders.append("\(path) has \(lines.count - 1) lines") }
      for function in Self.functions(lines) {
        functions += 1
        guard function.lines > 40 else { continue }
        offenders.append(
          "\(path):\(function.place): '\(function.name)' has \(function.lines) lines")
      }
    }
    #expect(functions > 3000)
    #expect(offenders.isEmpty, "\(offenders.sorted().joined(separator: "\n"))")
  }

  @Test func `a function's lines are those between its braces`() {
    let text = """
      struct A {
        /// Not counted.
        package static func one(
          _ a: Int
        ) -> Int {
          if a > 0 {
            return 1
          }
          return 2
        }
        init() { b = 1 }
        private init?(_ c: Int) throws {
          b = c
        }
      }
      """
    let found = Self.functions(text.split(separator: "\n", omittingEmptySubsequences: false))
    #expect(found.map { "\($0.name) \($0.place) \($0.lines)" } == ["one 3 4", "init 12 1"])
  }

  /// The functions and initialisers with a body of lines of its own, as swift-format indents them.
  private static func functions(
    _ lines: [Substring]
  ) -> [(name: String, place: Int, lines: Int)] {
    lines.indices.compactMap { place in
      let indent = lines[place].prefix { $0 == " " }
      guard !lines[place].hasSuffix("}"), let name = name(of: lines[place]),
        let start = lines[place...].firstIndex(where: {
          $0.prefix { $0 == " " } == indent && $0.hasSuffix("{")
        }),
        let end = lines[(start + 1)...].firstIndex(where: { $0.hasPrefix(indent + "}") }),
        // What lies between is the rest of the head, and no other declaration.
        lines[place..<start].dropFirst().allSatisfy({
          $0.hasPrefix(indent + " ") || $0.hasPrefix(indent + ")")
        })
      else { return nil }
      return (name, place + 1, end - start - 1)
    }
  }

  /// What a line begins to declare: a function's name, `init`; nil: neither.
  private static func name(of line: Substring) -> String? {
    let modifiers: Set<Substring> = [
      "package", "private", "fileprivate", "static", "mutating", "consuming", "borrowing",
      "override", "nonisolated", "prefix", "infix", "convenience",
    ]
    let words = line.split(separator: " ").drop { modifiers.contains($0) || $0.hasPrefix("@") }
    guard let first = words.first else { return nil }
    if first == "func" {
      return words.dropFirst().first.map { String($0.prefix { $0 != "(" && $0 != "<" }) }
    }
    return ["init(", "init?(", "init<"].contains { first.hasPrefix($0) } ? "init" : nil
  }
}
