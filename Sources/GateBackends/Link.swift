import GateKit
import Glibc

extension ModelOptions.Link {
  /// Makes probabilities of one row's numbers, rounded as the model's own numbers are.
  func apply(to numbers: inout [Double], _ range: Range<Int>, isSingle: Bool) {
    func rounded(_ value: Double) -> Double { isSingle ? Double(Float(value)) : value }
    switch self {
    case .none: return
    case .sigmoid:
      for index in range { numbers[index] = rounded(1 / (1 + exp(-numbers[index]))) }
    case .softmax:
      let top = numbers[range].max() ?? 0
      let parts = range.map { exp(numbers[$0] - top) }
      let sum = parts.reduce(0, +)
      for (index, part) in zip(range, parts) { numbers[index] = rounded(part / sum) }
    }
  }
}
