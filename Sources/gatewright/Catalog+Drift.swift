import GateCore
import GateDrift

extension DriftTest {
  /// Its page.
  var entry: Catalog.Entry {
    let kinds = measure.kinds.map(\.plural).sorted()
    let usual = range.upperBound.isFinite ? 0.1 : 1
    let bound = (range.contains(usual) ? usual : range.lowerBound + 0.1).brief
    let place = measure.kinds.isEmpty ? "table" : "features"
    return Catalog.Entry(
      id: id, aliases: aliases, summary: summary,
      facts: [
        ("of", kinds.isEmpty ? "all features together" : kinds.joined(separator: ", ")),
        ("range", "\(Self.bound(range.lowerBound)) to \(Self.bound(range.upperBound))"),
        ("formula", formula), ("source", source), ("p-value", pValueMethod.rawValue),
      ] + undefined.map { ("undefined", $0) },
      parameters: parameters, examples: examples.compactMap { $0.words },
      usage: [
        ("in a manifest", "gates:\n  - gate: drift\n    \(place): {\(id): {max: \(bound)}}")
      ])
  }

  /// A bound of the range in words.
  private static func bound(_ value: Double) -> String {
    value.isFinite ? value.brief : value < 0 ? "minus infinity" : "infinity"
  }
}

extension DriftTest.Example {
  /// The inputs and the figure on one line; nil where the inputs do not fit on one.
  fileprivate var words: String? {
    guard let shown = subject.words else { return nil }
    let given =
      arguments.numbers.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value.brief)" }
      + arguments.texts.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }
    let p = pValue.map { ", p \($0.brief)" } ?? ""
    return shown + given.joined() + " -> " + (value.map { $0.brief } ?? "undefined") + p
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
