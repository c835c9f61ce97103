package import GateCore
package import GateSchema
import GateYAML

/// A suite of another tool from the bytes of its file: JSON, YAML, or the text format of protocol buffers.
///
/// `tool`: whose it is, nil: from its content. Throws every mistake in a text that is meant to be JSON or YAML.
package func readSuite(
  _ bytes: [UInt8], name: String, tool: String? = nil,
  tables: [(name: String, path: String)] = []
) throws(Diagnostics) -> ImportSource {
  let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw Diagnostics([Diagnostic("'\(name)' is not valid UTF-8", hint: "save it as UTF-8")])
  }
  let source = ImportSource(name: name, text: text, root: nil, tables: tables)
  if Importers.isProtoText(source, tool: tool) { return source }
  let limits = YAMLLimits(bytes: 64 << 20, depth: 64, nodes: 4_000_000, scalar: 1 << 20)
  var tree = source
  // JSON is YAML, but for characters beyond the first 65,536 that it may write as two escapes.
  let isJSON = text.first { !$0.isWhitespace } == "{"
  tree.root = try parseYAML(isJSON ? joined(bytes) : bytes, name: name, limits: limits)
  return tree
}

extension ImportedSchema {
  /// The same without the checks that the gate would refuse, which are listed with what else is left over.
  package func accepted(from file: String) -> ImportedSchema {
    /// Why a schema is refused.
    func refusal(_ schema: ImportedSchema) -> Diagnostic? {
      do throws(Diagnostics) { _ = try schema.checkedYAML(from: file) } catch {
        return error.all.first
      }
      return nil
    }
    guard !isEmpty, refusal(self) != nil else { return self }
    var schema = self
    schema.leaveRefused(refusal)
    return schema
  }

  /// The schema as a file that the gate accepts; throws what it would refuse.
  package func checkedYAML(from file: String) throws(Diagnostics) -> String {
    let text = yaml(from: file)
    let limits = YAMLLimits(bytes: 64 << 20, nodes: 4_000_000, scalar: 1 << 20)
    let node = try parseYAML(Array(text.utf8), name: "the schema of \(file)", limits: limits)
    _ = try TableSchema(node)
    return text
  }
}

/// The bytes of a JSON text in which a pair of surrogate escapes is one escape as YAML has it.
private func joined(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var place = 0
  while place < bytes.count {
    guard bytes[place] == UInt8(ascii: "\\"), place + 1 < bytes.count else {
      result.append(bytes[place])
      place += 1
      continue
    }
    if let high = code(bytes, at: place), 0xD800..<0xDC00 ~= high,
      let low = code(bytes, at: place + 6), 0xDC00..<0xE000 ~= low
    {
      let scalar = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
      let hex = String(scalar, radix: 16)
      result += Array("\\U\(String(repeating: "0", count: 8 - hex.count))\(hex)".utf8)
      place += 12
    } else {
      result += bytes[place...(place + 1)]
      place += 2
    }
  }
  return result
}

/// The number of an escape `\u1234` at a place; nil: there is none.
private func code(_ bytes: [UInt8], at place: Int) -> UInt32? {
  guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"),
    bytes[place + 1] == UInt8(ascii: "u")
  else { return nil }
  return UInt32(String(decoding: bytes[(place + 2)..<(place + 6)], as: UTF8.self), radix: 16)
}
