package import GateCore

/// A column's rows counted in cells: categories, or bins of numbers.
package struct DriftCells: Sendable {
  /// Rows of each cell, on each side; parts of rows where a library spreads them.
  package let reference: [Double]
  package let current: [Double]
  package let labels: Labels

  /// What the cells are.
  package enum Labels: Sendable {
    /// A cell a category.
    case categories([String])
    /// A cell a number.
    case numbers([Double])
    /// The edges between bins, rising: a bin holds its lower edge and not its upper one; the first has no lower edge, the
    /// last no upper one.
    case edges([Double])
    /// Bins of a library's own making, and what else it counts: one name a cell.
    case named([String])
  }

  package init(reference: [Double], current: [Double], labels: Labels) {
    (self.reference, self.current, self.labels) = (reference, current, labels)
  }

  /// Cells, of which some may hold nothing.
  package var count: Int { reference.count }

  /// The rows of each side.
  package var rows: (reference: Double, current: Double) {
    (reference.reduce(0, +), current.reduce(0, +))
  }

  /// The share of each side's rows with a value that lie in each cell.
  package var shares: (reference: [Double], current: [Double]) {
    let (n, m) = rows
    return (reference.map { $0 / n }, current.map { $0 / m })
  }

  /// The sum over cells of what `term` makes of both sides' shares, p and q.
  @inline(__always)
  package func sum(_ term: (_ p: Double, _ q: Double) -> Double) -> Double {
    let (n, m) = rows
    var sum = 0.0
    reference.withUnsafeBufferPointer { a in
      current.withUnsafeBufferPointer { b in
        for cell in 0..<min(a.count, b.count) { sum += term(a[cell] / n, b[cell] / m) }
      }
    }
    return sum
  }

  /// The largest of what `term` makes of both sides' shares, p and q.
  @inline(__always)
  package func largest(_ term: (_ p: Double, _ q: Double) -> Double) -> Double {
    let (n, m) = rows
    var largest = 0.0
    reference.withUnsafeBufferPointer { a in
      current.withUnsafeBufferPointer { b in
        for cell in 0..<min(a.count, b.count) {
          largest = max(largest, term(a[cell] / n, b[cell] / m))
        }
      }
    }
    return largest
  }

  /// The name of a cell, for people.
  package func name(_ cell: Int) -> String {
    switch labels {
    case .categories(let names), .named(let names): names[cell]
    case .numbers(let numbers): numbers[cell].brief
    case .edges(let edges):
      if edges.isEmpty {
        "all"
      } else if cell == 0 {
        "below \(edges[0].brief)"
      } else if cell == edges.count {
        "from \(edges[cell - 1].brief)"
      } else {
        "from \(edges[cell - 1].brief) to \(edges[cell].brief)"
      }
    }
  }

  /// How the cells came about, for the report.
  package var settings: [JSON.Member] {
    let cells = JSON.Member("cells", .integer(count))
    guard case .edges(let edges) = labels else { return [cells] }
    return [cells, JSON.Member("edges", .array(edges.map(JSON.number)))]
  }
}

extension DriftColumn {
  /// A cell a value.
  package var categories: DriftCells {
    let labels: DriftCells.Labels =
      switch values {
      case .categories(let names): .categories(names)
      case .numbers(let numbers): .numbers(numbers)
      }
    return DriftCells(
      reference: reference.counts.map(Double.init), current: current.counts.map(Double.init),
      labels: labels)
  }

  /// Rows between edges.
  package func cells(_ numbers: [Double], edges: [Double]) -> DriftCells {
    DriftCells(
      reference: reference.rows(of: numbers, between: edges),
      current: current.rows(of: numbers, between: edges), labels: .edges(edges))
  }
}

extension DriftColumn.Side {
  /// Rows of rising numbers between rising edges, each of which belongs to the bin above it.
  package func rows(of numbers: [Double], between edges: [Double]) -> [Double] {
    var rows: [Double] = []
    rows.reserveCapacity(edges.count + 1)
    numbers.withUnsafeBufferPointer { numbers in
      counts.withUnsafeBufferPointer { counts in
        var place = 0
        for edge in edges {
          var inside = 0
          while place < numbers.count, numbers[place] < edge {
            inside += Int(counts[place])
            place += 1
          }
          rows.append(Double(inside))
        }
        var inside = 0
        while place < numbers.count {
          inside += Int(counts[place])
          place += 1
        }
        rows.append(Double(inside))
      }
    }
    return rows
  }
}
