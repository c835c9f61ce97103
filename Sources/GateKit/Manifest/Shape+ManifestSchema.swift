package import GateCore

extension Shape {
  /// The JSON Schema of a whole manifest, which editors use.
  ///
  /// A manifest that defines no metrics of its own may name only the known ones.
  package static func manifestSchema(_ keys: [Parameter]) -> JSON {
    let own: JSON = ["not": ["required": ["metrics"]]]
    let known = Shape.record(keys).known.map { known in
      [JSON.Member("if", own), JSON.Member("then", .object(known))]
    }
    return .object(
      [
        JSON.Member("$schema", "https://json-schema.org/draft/2020-12/schema"),
        JSON.Member("title", "Gatewright manifest"),
      ] + recordKeywords(keys) + (known ?? [])
    ).sharingSchemas
  }

  /// What refuses, beside this shape's own schema, every name that only something of the manifest's own could have;
  /// nil: there is no such name.
  fileprivate var known: [JSON.Member]? {
    switch self {
    case .entries(_, let options, .some):
      return [JSON.Member("propertyNames", .object([Self.anyName(of: options)]))]
    case .tagged(let key, _, let options, .some):
      return [Self.property(key, [Self.anyName(of: options)])]
    case .tagged(let key, _, let options, nil):
      let inner = options.compactMap { $0.known(by: key) }
      return inner.isEmpty ? nil : [JSON.Member("allOf", .array(inner))]
    case .record(let parameters):
      let inner = parameters.compactMap { parameter in
        parameter.shape.known.map { JSON.Member(parameter.id, .object($0)) }
      }
      return inner.isEmpty ? nil : [JSON.Member("properties", .object(inner))]
    case .list(let shape): return shape.known.map { [JSON.Member("items", .object($0))] }
    case .either(let shapes):
      // Of shapes for different kinds of node, so that what is for one says nothing of the other.
      let inner = shapes.compactMap { $0.known.map(JSON.object) }
      return inner.isEmpty ? nil : [JSON.Member("allOf", .array(inner))]
    default: return nil
    }
  }

  /// Keywords of one key.
  fileprivate static func property(_ key: String, _ keywords: [JSON.Member]) -> JSON.Member {
    JSON.Member("properties", .object([JSON.Member(key, .object(keywords))]))
  }
}

extension Shape.Option {
  /// Its own part of `Shape.known`, where `key` says that it is meant.
  fileprivate func known(by key: String) -> JSON? {
    guard let known = Shape.record(parameters).known else { return nil }
    return .object([
      JSON.Member("if", .object([Shape.property(key, [JSON.Member("const", .string(id))])])),
      JSON.Member("then", .object(known)),
    ])
  }
}
