package import GateCore

extension Column {
  /// The first rows.
  func prefix(_ count: Int) -> Column {
    let cut: Values =
      switch values {
      case .doubles(let all): .doubles(Array(all.prefix(count)))
      case .integers(let all): .integers(Array(all.prefix(count)))
      case .booleans(let all): .booleans(Array(all.prefix(count)))
      case .timestamps(let all): .timestamps(Array(all.prefix(count)))
      case .strings(let codes, let texts):
        .strings(codes: Array(codes.prefix(count)), dictionary: texts)
      }
    return Column(name: name, values: cut, validity: validity.map { Array($0.prefix(count)) })
  }

  /// As many rows, each a null.
  var withoutValues: Column {
    Column(name: name, values: values, validity: [Bool](repeating: false, count: count))
  }

  /// Each row's value as JSON has it.
  func values(as type: JSON.Type) -> [JSON] {
    (0..<count).map { row in
      if isNull(row) { return .null }
      return switch values {
      case .doubles(let all): .number(all[row])
      case .integers(let all), .timestamps(let all): .integer(Int(all[row]))
      case .booleans(let all): .bool(all[row])
      case .strings(let codes, let texts): .string(texts[Int(codes[row])])
      }
    }
  }
}

extension JSON {
  /// The first place at which this is not what was wanted, in words; numbers may differ by 1e-9 of their size, and an
  /// object's members may stand in any order. nil: there is none.
  package func difference(from wanted: JSON, at path: String = "") -> String? {
    let place = path.isEmpty ? "the answer" : "'\(path)'"
    func number(_ json: JSON) -> Double? {
      switch json {
      case .integer(let value): Double(value)
      case .number(let value): value
      default: nil
      }
    }
    switch (self, wanted) {
    case (.array(let found), .array(let other)):
      guard found.count == other.count else {
        return "\(place) has \(found.count) items, wanted \(other.count)"
      }
      return found.indices.lazy.compactMap {
        found[$0].difference(from: other[$0], at: "\(path)[\($0)]")
      }.first
    case (.object(let found), .object(let other)):
      let theirs = Dictionary(other.map { ($0.key, $0.value) }) { first, _ in first }
      let mine = Set(found.map(\.key))
      if let more = found.first(where: { theirs[$0.key] == nil }) {
        return "\(place) has '\(more.key)', which is not wanted"
      }
      if let less = other.first(where: { !mine.contains($0.key) }) {
        return "\(place) has no '\(less.key)'"
      }
      return found.lazy.compactMap { member in
        theirs[member.key].flatMap {
          member.value.difference(from: $0, at: path.isEmpty ? member.key : "\(path).\(member.key)")
        }
      }.first
    default:
      if let mine = number(self), let other = number(wanted) {
        return abs(mine - other) <= 1e-9 * max(1, abs(other))
          ? nil : "\(place) is \(mine), wanted \(other)"
      }
      return self == wanted ? nil : "\(place) is \(found), wanted \(wanted.found)"
    }
  }
}
