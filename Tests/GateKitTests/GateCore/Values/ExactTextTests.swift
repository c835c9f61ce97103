import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Texts of the data are the same when their bytes are.
@Suite struct ExactTextTests {
  /// One letter in two forms, which Swift takes for the same.
  static let (composed, decomposed) = ("\u{e9}", "e\u{301}")

  @Test func `two forms of a letter are two texts`() {
    let (one, other) = (Self.composed, Self.decomposed)
    #expect(one == other && !one.isSame(as: other))
    #expect(ExactText(one) != ExactText(other))
    #expect(Set([ExactText(one), ExactText(other), ExactText(one)]).count == 2)
    #expect([other, one].place(of: one) == 1 && ![other].has(one))
    let sorted = [ExactText("b"), "B", "\u{e9}", "", " a"].sorted()
    #expect(sorted.map(\.text) == ["", " a", "B", "b", "\u{e9}"])
  }

  @Test func `a name in the other form is said to be that`() {
    let (one, other) = (Self.composed, Self.decomposed)
    let hint = other.meant(among: ["x", one])
    #expect(hint?.contains("in another form of Unicode: U+00E9 there, U+0301 here") == true)
    #expect("color".meant(among: ["x", "colour"]) == "did you mean 'colour'?")
    #expect(one.otherForm(in: [one]) == nil && "qqqqqqqq".meant(among: ["x"]) == nil)
    let shape = CheckContext.TableShape(
      name: "t", rows: 1,
      columns: [ColumnType(name: one, kind: .integer, declared: "BIGINT")])
    #expect(shape.column(other) == nil && shape.column(one) != nil)
  }

  @Test func `categories of drift are counted apart`() {
    let (one, other) = (Self.composed, Self.decomposed)
    let column = DriftColumn(categories: [one, one, other, nil], [other, other])
    #expect(column.reference.counts.sorted() == [1, 2])
    #expect(column.current.counts.sorted() == [0, 2])
    let values = DriftValues.categories([0, 1, 0, -1], [one, other])
    let pair = try? DriftPair(values, values)
    guard case .column(let counted)? = pair?.subject else {
      Issue.record("no column of categories")
      return
    }
    #expect(counted.reference.counts.sorted() == [1, 2])
  }

  @Test func `checks of two such groups are no repeat`() {
    let checks = [Self.composed, Self.decomposed, Self.composed].map {
      Check(id: "performance/accuracy/x=\($0)", gate: "performance", outcome: .passed, message: "")
    }.refusingRepeats
    #expect(checks.map(\.outcome) == [.passed, .passed, .error])
  }

  @Test func `values stand by names in both forms`() {
    var values: ByName<Int> = [Self.composed: 1, "b": 2]
    values[Self.decomposed] = 3
    #expect([Self.composed, Self.decomposed, "b", "c"].map { values[$0] } == [1, 3, 2, nil])
    #expect(values.names.map { Array($0.utf8) } == [[0x62], [0x65, 0xcc, 0x81], [0xc3, 0xa9]])
    #expect(ByName([(Self.composed, 1)]) != ByName([(Self.decomposed, 1)]))
    #expect(ByName([("a", 1), ("a", 2)])["a"] == 1)
  }

  @Test func `a NaN of a column is a missing value`() throws {
    let column = Column(
      name: "x", values: .doubles([1, .nan, -.infinity, .nan, 1]),
      validity: [true, true, true, false, true])
    #expect(column.validity == [true, false, true, false, true])
    #expect(try column.coded(atMost: 9)?.texts == ["-inf", "1"])
    #expect(try column.coded(atMost: 9)?.codes == [1, -1, 0, -1, 1])
    #expect(Column(name: "x", values: .doubles([1, .infinity])).validity == nil)
  }
}
