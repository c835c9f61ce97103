/// The doubles nearest to whole numbers of 128 bits and to decimals.
enum NearestDouble {
  /// Up to here every whole number is a double.
  static let mostExact: UInt64 = 1 << 53
  /// Up to here every power of ten is a double.
  static let mostPower = 22

  /// That of a whole number.
  static func of(_ magnitude: UInt128, isNegative: Bool) -> Double {
    let shift = max(0, 64 - magnitude.leadingZeroBitCount)
    var top = UInt64(truncatingIfNeeded: magnitude >> shift)
    // What falls off decides between two doubles that are as near by what is left.
    if magnitude & ((1 << shift) - 1) != 0 { top |= 1 }
    let value = Double(sign: .plus, exponent: shift, significand: Double(top))
    return isNegative ? -value : value
  }

  /// That of a decimal, of which `scale` digits stand behind the point.
  static func of(_ magnitude: UInt128, isNegative: Bool, scale: Int) -> Double {
    let value = Double("\(magnitude)e-\(scale)") ?? .nan
    return isNegative ? -value : value
  }
}
