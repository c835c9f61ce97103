import GateCore
import GateDrift

extension DriftTest {
  /// Its page.
  var entry: Catalog.Entry {
    let kinds = measure.kinds.map(\.plural).sorted()
    let usual = range.upperBound.isFinite ? 0.1 : 1
    let limit = definition.limit(range.contains(usual) ? usual : range.lowerBound + 0.1)
    let place = kinds.isEmpty ? "table" : "features"
    return Catalog.entry(
      of: definition,
      first: [("of", kinds.isEmpty ? "all features together" : kinds.joined(separator: ", "))],
      last: [("p-value", pValueMethod.rawValue)], examples: examples.compactMap { $0.words },
      usage: ("in a manifest", "gates:\n  - gate: drift\n    \(place): {\(id): {\(limit)}}"))
  }
}

extension DriftTest.Example {
  /// The inputs and the figure on one line; nil where the inputs do not fit on one.
  fileprivate var words: String? {
    guard let shown = subject.words else { return nil }
    let p = pValue.map { ", p \($0.brief)" } ?? ""
    return shown + arguments.words(gives: value) + p
  }
}

extension DriftSubject {
  /// Both sides on one line; nil where there are too many values for that.
  fileprivate var words: String? {
    switch self {
    case .column(let column):
      guard column.reference.rows + column.current.rows <= 40 else { return nil }
      return "\(column.words(of: column.reference)) against \(column.words(of: column.current))"
    case .nulls(let nulls):
      return "\(nulls.reference.nulls) nulls of \(nulls.reference.rows) against "
        + "\(nulls.current.nulls) of \(nulls.current.rows)"
    case .texts(let texts) where texts.reference.count + texts.current.count <= 8:
      return "\(texts.reference) against \(texts.current)"
    default: return nil
    }
  }
}

extension DriftColumn {
  /// The values of one side, nulls last.
  fileprivate func words(of side: Side) -> String {
    let names: [String] =
      switch values {
      case .numbers(let numbers): numbers.map(\.brief)
      case .categories(let categories): categories
      }
    let each = zip(names, side.counts).flatMap { repeatElement($0, count: Int($1)) }
    return "[\((each + repeatElement("null", count: side.nulls)).joined(separator: ", "))]"
  }
}
