import Testing

@testable import GateCore

/// Rows that were read once, in another order or with one column moved.
@Suite struct ReadTableTests {
  private func table() throws -> ReadTable {
    try ReadTable(
      ["\"a\"", "\"b\""],
      of: MemoryTable([
        .numbers("a", [1, 2, nil, 4]), .texts("b", ["p", "q", "r", nil]),
        .numbers("c", [5, 6, 7, 8]),
      ]))
  }

  @Test func `rows stand where they are taken to, also those that were not read before`() throws {
    let taken = try table().taking([3, 0])
    #expect(taken.rows == 2)
    let columns = try taken.columns(["\"a\"", "\"c\"", "\"b\""])
    #expect(columns[0].doubles == [4, 1] && columns[0].validity == nil)
    #expect(columns[1].doubles == [8, 5])
    #expect(columns[2].isNull(0) && columns[2].texts?[1] == "p")
  }

  @Test func `one column moves, and no other`() throws {
    let moved = try table().moving("\"a\"", to: [2, 2, 0, 1])
    let columns = try moved.columns(["\"a\"", "\"b\""])
    #expect(columns[0].isNull(0) && columns[0].isNull(1))
    #expect(columns[0].doubles?.suffix(2) == [1, 2])
    #expect(columns[1].texts?.prefix(3) == ["p", "q", "r"])
  }

  @Test func `a scan gives all rows in batches`() throws {
    var sizes: [Int] = []
    var seen: [Double] = []
    try table().taking([1, 0, 3]).scan(["\"a\"", "\"c\""], batch: 2) { columns in
      sizes.append(columns[0].count)
      seen += columns[1].doubles ?? []
    }
    #expect(sizes == [2, 1] && seen == [6, 5, 8])
  }

  @Test func `an order has every place once, and another seed another`() {
    let order = RandomSource.order(of: 1000, seed: 3, stream: 1)
    #expect(order.sorted() == (0..<1000).map { Int32($0) })
    #expect(order == RandomSource.order(of: 1000, seed: 3, stream: 1))
    #expect(order != RandomSource.order(of: 1000, seed: 4, stream: 1))
    #expect(order != RandomSource.order(of: 1000, seed: 3, stream: 2))
  }
}
