extension JSON {
  /// A JSON Schema in which the keys that large records have in common stand once: each of them then says its own keys,
  /// those in common, and that there are no others.
  var splittingRecords: JSON {
    var records: [Record] = []
    collect(&records)
    let families = Dictionary(grouping: records.filter { $0.properties.count >= Record.fewest }) {
      $0.properties[0]
    }
    var common: [Member: [Member]] = [:]
    for (first, family) in families {
      let known = family.dropFirst().map { Set($0.properties) }
      let shared = family[0].properties.filter { member in
        known.allSatisfy { $0.contains(member) }
      }
      if family.count > 1, shared.count >= Record.fewest { common[first] = shared }
    }
    return splitting(common)
  }

  /// A mapping of these keys and no others.
  private struct Record {
    let properties: [Member]
    /// Fewer keys are not worth it.
    static let fewest = 40

    /// Nil: it is none, or says more of its keys.
    init?(_ members: [Member]) {
      let keys = Set(members.map(\.key))
      guard keys.isDisjoint(with: ["propertyNames", "allOf"]),
        members.contains(Member("additionalProperties", false)),
        case .object(let properties)? = members.first(where: { $0.key == "properties" })?.value,
        !properties.isEmpty
      else { return nil }
      self.properties = properties
    }
  }

  private func collect(_ records: inout [Record]) {
    guard case .object(let members) = self else { return }
    if let record = Record(members) { records.append(record) }
    for inner in Self.schemas(in: members) { inner.collect(&records) }
  }

  private func splitting(_ common: [Member: [Member]]) -> JSON {
    guard case .object(let members) = self else { return self }
    let inner = Self.replacing(members) { $0.splitting(common) }
    guard let record = Record(members), let shared = common[record.properties[0]],
      Set(record.properties).isSuperset(of: shared)
    else { return .object(inner) }
    let names = Set(shared.map(\.key))
    let parts = inner.flatMap { member -> [Member] in
      switch (member.key, member.value) {
      case ("additionalProperties", _): return []
      case ("properties", .object(let properties)):
        let (own, others) = (
          properties.filter { !names.contains($0.key) },
          properties.filter { names.contains($0.key) }
        )
        func anyName(_ of: [Member]) -> JSON {
          .object([Member("enum", .array(of.map { .string($0.key) }))])
        }
        return (own.isEmpty ? [] : [Member("properties", .object(own))]) + [
          Member("allOf", [.object([Member("properties", .object(others))])]),
          Member(
            "propertyNames",
            own.isEmpty
              ? anyName(others) : .object([Member("anyOf", [anyName(others), anyName(own)])])),
        ]
      default: return [member]
      }
    }
    return .object(parts)
  }
}
