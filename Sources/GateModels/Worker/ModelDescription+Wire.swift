import GateCore

extension ModelDescription {
  /// Writes it.
  func write(to writer: inout WireWriter) {
    writer.put(runtime)
    writer.put(runtimeVersion)
    writer.put(inputs.count)
    for input in inputs {
      writer.put(input.kind.rawValue)
      writer.put(input.name.map { [$0] } ?? [])
    }
    writer.put(UInt8(importances == nil ? 0 : 1))
    writer.put(importances ?? [])
    answers.write(to: &writer)
    writer.put(size.counts.map { $0 ?? -1 })
  }

  /// Reads a description.
  init(_ reader: inout WireReader) throws(Diagnostic) {
    runtime = try reader.text()
    runtimeVersion = try reader.text()
    inputs = []
    for _ in 0..<(try reader.count(size: 9)) {
      guard let kind = InputKind(rawValue: try reader.byte()) else { throw WireReader.broken }
      inputs.append(ModelInput(name: try reader.texts().first, kind: kind))
    }
    let hasImportances = try reader.byte() == 1
    let gains = try reader.values(Double.self)
    guard gains.count == (hasImportances ? inputs.count : 0),
      gains.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { throw WireReader.broken }
    importances = hasImportances ? gains : nil
    answers = try AnswerDescription(&reader)
    let counts = try reader.values(Int.self).map { $0 < 0 ? nil : Optional($0) }
    guard counts.count == 3 else { throw WireReader.broken }
    size = ModelSize(trees: counts[0], nodes: counts[1], parameters: counts[2])
  }
}

extension ModelSize {
  /// Trees, nodes and parameters.
  fileprivate var counts: [Int?] { [trees, nodes, parameters] }
}
