internal import CLinearAlgebra

/// A square matrix of numbers, row after row.
///
/// Source: Eigen 3.4, whose sums run in one thread and one order: a figure is the same in every run.
package struct SquareMatrix: Sendable {
  /// Rows, and numbers a row.
  package let width: Int
  /// `width` times `width` numbers.
  package var values: [Double]

  /// All zeros.
  package init(width: Int) {
    self.width = width
    values = [Double](repeating: 0, count: width * width)
  }

  /// The number of a row and a column.
  package subscript(row: Int, column: Int) -> Double {
    get { values[row * width + column] }
    set { values[row * width + column] = newValue }
  }

  /// Adds the product of `rows`, transposed, with itself: `width` numbers a row.
  package mutating func addSquares(of rows: UnsafeBufferPointer<Double>) {
    guard let start = rows.baseAddress, width > 0 else { return }
    let count = Int64(rows.count / width)
    values.withUnsafeMutableBufferPointer {
      linear_add_squares(start, count, Int64(width), $0.baseAddress)
    }
  }

  /// Adds the product of `left`, transposed, with `right`: as many rows of `width` numbers each.
  package mutating func addProducts(
    of left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>
  ) {
    guard let start = left.baseAddress, let other = right.baseAddress, width > 0 else { return }
    let count = Int64(left.count / width)
    values.withUnsafeMutableBufferPointer {
      linear_add_products(start, other, count, Int64(width), $0.baseAddress)
    }
  }

  /// The eigenvalues of a symmetric matrix, rising, and for each a vector of length 1, one after another.
  ///
  /// Throws `Undefined` where a number is not finite.
  package func eigen() throws(Undefined) -> (values: [Double], vectors: [Double]) {
    guard values.allSatisfy(\.isFinite) else {
      throw Undefined("the covariances of the features are beyond what numbers can hold")
    }
    var found = [Double](repeating: 0, count: width)
    var vectors = [Double](repeating: 0, count: values.count)
    let converged = values.withUnsafeBufferPointer { matrix in
      found.withUnsafeMutableBufferPointer { found in
        vectors.withUnsafeMutableBufferPointer { vectors in
          linear_eigen(matrix.baseAddress, Int64(width), found.baseAddress, vectors.baseAddress)
        }
      }
    }
    if !converged { throw Undefined("the eigenvectors of the covariances were not found") }
    return (found, vectors)
  }

  /// The vector that this matrix, which has no negative eigenvalue, maps to `right`.
  package func solved(for right: [Double]) -> [Double] {
    var result = right
    values.withUnsafeBufferPointer { matrix in
      result.withUnsafeMutableBufferPointer { result in
        linear_solve(matrix.baseAddress, Int64(width), result.baseAddress)
      }
    }
    return result
  }
}

/// Directions of length 1 at right angles to each other, one after another.
package struct Basis: Sendable {
  /// Numbers a direction.
  package let width: Int
  package let values: [Double]

  /// Takes what it holds.
  package init(width: Int, values: [Double]) {
    self.width = width
    self.values = values
  }

  /// Takes from every row what lies along a direction of these.
  package func remove(from rows: UnsafeMutableBufferPointer<Double>) {
    guard let start = rows.baseAddress, width > 0 else { return }
    values.withUnsafeBufferPointer { basis in
      linear_remove(
        start, Int64(rows.count / width), Int64(width), basis.baseAddress,
        Int64(values.count / width))
    }
  }
}
