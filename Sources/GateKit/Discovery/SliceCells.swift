import GateCore

/// The rows, the sum of a value and of its squares by the codes of one or two columns, summed up so that those of any
/// two ranges of codes are read off in four steps.
struct SliceCells: Sendable {
  /// Rows, the sum of their values, that of the squares; the fourth is 0.
  typealias Sums = SIMD4<Double>

  /// Codes of the second column; one where there is but the first.
  private let wide: Int
  /// For each pair of codes the sums of all rows with lower codes; row-major, a row and a column more than codes.
  private let before: [Sums]

  /// Counts the rows at `places` (nil: all of `values`); of one column where there is no second.
  package init(
    _ first: SliceCodes, _ second: SliceCodes?, values: [Double], places: [Int32]? = nil
  ) {
    let (high, wide) = (first.width, second?.width ?? 1)
    let stride = wide + 1
    var sums = [Sums](repeating: .zero, count: (high + 1) * stride)
    sums.withUnsafeMutableBufferPointer { sums in
      values.withUnsafeBufferPointer { values in
        first.codes.withUnsafeBufferPointer { first in
          if let second {
            second.codes.withUnsafeBufferPointer { second in
              Self.count(values, places, &sums) { row in
                (Int(first[row]) + 1) * stride + Int(second[row]) + 1
              }
            }
          } else {
            Self.count(values, places, &sums) { row in (Int(first[row]) + 1) * stride + 1 }
          }
        }
      }
      for row in 1...high {
        var left = Sums.zero
        for column in 1...wide {
          left += sums[row * stride + column]
          sums[row * stride + column] = left + sums[(row - 1) * stride + column]
        }
      }
    }
    before = sums
    self.wide = wide
  }

  /// Adds each row to its cell.
  @inline(__always)
  private static func count(
    _ values: UnsafeBufferPointer<Double>, _ places: [Int32]?,
    _ sums: inout UnsafeMutableBufferPointer<Sums>, _ cell: (Int) -> Int
  ) {
    if let places {
      for place in places {
        let value = values[Int(place)]
        sums[cell(Int(place))] += Sums(1, value, value * value, 0)
      }
    } else {
      for row in 0..<values.count {
        let value = values[row]
        sums[cell(row)] += Sums(1, value, value * value, 0)
      }
    }
  }

  /// The sums of the rows whose codes are in both ranges.
  @inline(__always)
  package func sums(_ first: ClosedRange<Int>, _ second: ClosedRange<Int>) -> Sums {
    let stride = wide + 1
    let (top, bottom) = (first.lowerBound * stride, (first.upperBound + 1) * stride)
    let (left, right) = (second.lowerBound, second.upperBound + 1)
    return before[bottom + right] - before[top + right] - before[bottom + left] + before[top + left]
  }
}
