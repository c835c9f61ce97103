package import GateCore
import GateSystem

/// A YAML file by its path from a folder; it is called by its path from the manifest that names it.
///
/// Gives the file with the digest of the very bytes that were read. Throws every mistake in it.
package func readYAML(
  _ path: String, from folder: String, beside manifest: String
) throws(Diagnostics) -> (node: Node, file: DataFile) {
  // A schema has a line or more a column, and there are tables of thousands.
  let limits = YAMLLimits(bytes: 16 << 20, nodes: 1_000_000)
  let bytes: [UInt8]
  let file: DataFile
  do throws(Diagnostic) {
    let place = absolute(path, from: folder)
    bytes = try readFile(place, limit: limits.bytes)
    let name = named(located(place), from: realPath(folder) ?? folder)
    file = DataFile(path: place, name: name, bytes: bytes.count, sha256: try sha256(bytes))
  } catch { throw Diagnostics([error]) }
  let base = manifest.lastIndex(of: "/").map { String(manifest[...$0]) } ?? ""
  let node = try parseYAML(bytes, name: path.hasPrefix("/") ? path : base + path, limits: limits)
  return (node, file)
}

/// The most a YAML text may hold, so that one made to exhaust the machine becomes an error.
package struct YAMLLimits: Sendable {
  /// Bytes of the file.
  package var bytes: Int
  /// Lists and mappings inside each other.
  package var depth: Int
  /// Values and keys, each alias counted as what it stands for.
  package var nodes: Int
  /// Bytes of one text.
  package var scalar: Int

  /// The limits of a manifest unless given otherwise.
  package init(bytes: Int = 256 << 10, depth: Int = 32, nodes: Int = 20_000, scalar: Int = 64 << 10)
  {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.scalar = scalar
  }
}

/// The one document of a YAML 1.1 text, with marks; `name` is the file as messages call it.
///
/// Aliases and merge keys are expanded within `limits.nodes`, and an aliased value is marked where the alias
/// stands. Throws every mistake that could be told apart in one reading, in the order of the text.
package func parseYAML(
  _ text: [UInt8], name: String, limits: YAMLLimits = YAMLLimits()
) throws(Diagnostics) -> Node {
  let problems: [Diagnostic]
  do throws(Diagnostic) {
    let (bytes, source) = try readable(text, name: name, limits: limits)
    var composer = YAMLComposer(
      events: try YAMLEvents(bytes, source: source), source: source, limits: limits)
    let (node, found) = composer.compose()
    if let node, found.isEmpty { return node }
    problems = found
  } catch {
    problems = [error]
  }
  throw Diagnostics(problems)
}

/// The bytes without a byte order mark, once they are text that libyaml takes.
private func readable(
  _ text: [UInt8], name: String, limits: YAMLLimits
) throws(Diagnostic) -> (bytes: [UInt8], source: Source) {
  guard text.count <= limits.bytes else {
    throw Diagnostic(
      "'\(name)' has \(text.count) bytes, more than the \(limits.bytes) it may have",
      hint: "name the right file; lists that long belong in a data file")
  }
  if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
    throw Diagnostic("'\(name)' is UTF-16, not UTF-8", hint: "save the file as UTF-8")
  }
  let bytes = text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
  let source = Source(name: name, text: String(decoding: bytes, as: UTF8.self))
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  var (line, column, afterReturn) = (1, 1, false)
  while true {
    let mark = Mark(source: source, line: line, column: column)
    switch decoder.decode(&iterator) {
    case .emptyInput: return (bytes, source)
    case .error:
      throw Diagnostic("bytes here are not valid UTF-8", at: mark, hint: "save the file as UTF-8")
    case .scalarValue(let scalar):
      guard scalar.isYAML else {
        let code = String(scalar.value, radix: 16, uppercase: true)
        throw Diagnostic(
          "the character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) may not stand here",
          at: mark,
          hint: scalar == "\0"
            ? "delete it" : "delete it, or write it as an escape in double quotes")
      }
      if scalar == "\n", afterReturn {
        // The second half of one line end.
      } else if ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) {
        (line, column) = (line + 1, 1)
      } else {
        column += 1
      }
      afterReturn = scalar == "\r"
    }
  }
}

extension Unicode.Scalar {
  /// Whether YAML lets this character stand in a text as it is.
  fileprivate var isYAML: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0x10000...0x10FFFF: true
    case 0xE000...0xFFFD: value != 0xFEFF
    default: false
    }
  }
}
