import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

@Suite struct SliceTests {
  let table = MemoryTable(
    [
      .texts("sex", ["f", "m", nil, "f", "m/x"]),
      .numbers("age", [20, 25, 59.9, 60, nil]),
      Column(name: "kids", values: .integers([10, 9, 2, 2, 10])),
    ], conditions: ["age > 30": [false, false, true, true, false]])

  @Test func `a column's values come in order, nulls last, and syntax is encoded in ids`() throws {
    let rows = try Slice.column("sex").rows(of: table)
    #expect(rows.groups.map(\.id) == ["sex=f", "sex=m", "sex=m%2Fx", "sex=null"])
    #expect(rows.codes == [0, 1, 3, 0, 2])
  }

  @Test func `numbers are in order of size, not of their text`() throws {
    #expect(
      try Slice.column("kids").rows(of: table).groups.map(\.id) == ["kids=2", "kids=9", "kids=10"])
  }

  @Test func `bins are closed below and open above, and only those with rows are there`() throws {
    let rows = try Slice.bins(name: "band", column: "age", edges: [25, 40, 60]).rows(of: table)
    #expect(
      rows.groups.map(\.title)
        == ["band=<25", "band=[25, 40)", "band=[40, 60)", "band=60 and over", "band=null"])
    #expect(rows.groups.map(\.dictionary).last == ["band": nil])
    #expect(rows.codes == [0, 1, 2, 3, 4])
  }

  @Test func `a predicate takes the rows for which it is true`() throws {
    let rows = try Slice.predicate(name: "older", sql: "age > 30").rows(of: table)
    #expect(rows.groups.map(\.id) == ["older"])
    #expect(rows.codes == [-1, -1, 0, 0, -1])
  }

  @Test func `a cross has the combinations that occur`() throws {
    let rows = try Slice.cross([.column("sex"), .predicate(name: "older", sql: "age > 30")])
      .rows(of: table)
    #expect(rows.groups.map(\.id) == ["sex=f,older", "sex=null,older"])
    #expect(rows.codes == [-1, -1, 1, 0, -1])
  }

  @Test func `a column that is not there is an error with the nearest name`() {
    #expect {
      try Slice.column("sxe").rows(of: table)
    } throws: { ($0 as? Diagnostic)?.hint == "did you mean 'sex'?" }
  }

  @Test func `every row of a partition is in its group and in descending order`() throws {
    let sample = BinarySample(
      scores: [0.1, 0.9, 0.5, 0.7, 0.3], positives: [false, true, true, false, true],
      weights: [1, 2, 3, 4, 5])
    let parts = sample.partitioned(by: [0, 1, 0, -1, 1], groups: 2)
    #expect(parts[0].rows == [2, 0])
    #expect(parts[0].scores == [0.5, 0.1])
    #expect(parts[1].rows == [1, 4])
    #expect(parts[1].weights == [2, 5])
  }
}

@Suite struct MomentTests {
  @Test(arguments: [
    (0, "1970-01-01"), (1_577_836_800_000_000, "2020-01-01"),
    (1_582_934_400_000_000, "2020-02-29"), (-1_000_000, "1969-12-31T23:59:59"),
    (-62_135_596_800_000_000, "0001-01-01"), (951_782_400_500_000, "2000-02-29T00:00:00.500000"),
  ])
  func `a moment is ISO 8601`(microseconds: Int64, text: String) {
    #expect(microseconds.moment == text)
  }

  @Test func `a text that reads null is not the group without a value`() throws {
    let table = MemoryTable([.texts("s", ["null", nil, "a"])])
    let groups = try Slice.column("s").rows(of: table).groups
    #expect(groups.map(\.id) == ["s=a", "s=\"null\"", "s=null"])
    #expect(groups.map(\.dictionary) == [["s": "a"], ["s": "null"], ["s": nil]])
  }

  @Test func `an id does not depend on what other values there are`() throws {
    func ids(_ texts: [String?]) throws -> [String] {
      try Slice.column("s").rows(of: MemoryTable([.texts("s", texts)])).groups.map(\.id)
    }
    #expect(try ids(["a", nil]) == ["s=a", "s=null"])
    #expect(try ids(["a", "null", nil]) == ["s=a", "s=\"null\"", "s=null"])
    #expect(try ids(["a", "null"]) == ["s=a", "s=\"null\""])
  }

  @Test(
    arguments: [
      ("", "s=\"\""), ("a ", "s=\"a \""), (" a", "s=\" a\""), ("NULL", "s=\"NULL\""),
      ("a,t=b", "s=\"a,t%3Db\""), ("\"a\"", "s=\"%22a%22\""), ("a b", "s=a b"),
      ("nullify", "s=nullify"), ("say \"a\"", "s=say \"a\""), ("\u{A0}", "s=\"\u{A0}\""),
    ])
  func `a text that would be mistaken stands in quotes`(text: String, id: String) {
    #expect(SliceGroup(values: [SliceValue("s", .text(text))]).id == id)
  }

  @Test func `no two groups have one id`() {
    let contents: [SliceValue.Content] =
      [.holds, .missing, .named("true")]
      + ["null", "\"null\"", "%22null%22", "", "\"\"", "a,t", "a", "true,x"].map {
        SliceValue.Content.text($0)
      }
    let single = contents.map { SliceGroup(values: [SliceValue("s", $0)]) }
    let crossed = contents.flatMap { one in
      contents.map { SliceGroup(values: [SliceValue("s", one), SliceValue("t", $0)]) }
    }
    let ids = (single + crossed).map { ExactText($0.id) }
    #expect(Set(ids).count == ids.count)
  }
}
