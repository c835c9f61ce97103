import GateCore

extension [Double] {
  /// An example's numbers: 1 to `count`, times a factor.
  static func rising(_ count: Int, times factor: Double = 1) -> [Double] {
    (1...count).map { Double($0) * factor }
  }
}
