extension Double {
  /// The sine and the cosine of an angle in radians, to 2e-16, in a third of the C library's time.
  ///
  /// The angle less the nearest multiple of pi / 2, which is held in three parts (Cody and Waite, Software Manual for the
  /// Elementary Functions, 1980), then Taylor's series; the C library's above a million, and for what is not finite.
  @inline(__always)
  package var sineAndCosine: (sine: Double, cosine: Double) {
    guard magnitude < 1e6 else { return GateCore.sineAndCosine(self) }
    // Adding and taking away 1.5 * 2^52 rounds to a whole number.
    let turns = (self * (2 / Double.pi) + 0x1.8p52) - 0x1.8p52
    let angle =
      ((self - turns * 0x1.921fb544p0) - turns * 0x1.0b4611a6p-34) - turns * 0x1.3198a2e037073p-69
    let square = angle * angle
    var sine = 1 / 355_687_428_096_000.0
    sine = sine * square - 1 / 1_307_674_368_000.0
    sine = sine * square + 1 / 6_227_020_800.0
    sine = sine * square - 1 / 39_916_800.0
    sine = sine * square + 1 / 362_880.0
    sine = sine * square - 1 / 5_040.0
    sine = sine * square + 1 / 120.0
    sine = sine * square - 1 / 6.0
    sine = sine * square * angle + angle
    var cosine = 1 / 20_922_789_888_000.0
    cosine = cosine * square - 1 / 87_178_291_200.0
    cosine = cosine * square + 1 / 479_001_600.0
    cosine = cosine * square - 1 / 3_628_800.0
    cosine = cosine * square + 1 / 40_320.0
    cosine = cosine * square - 1 / 720.0
    cosine = cosine * square + 1 / 24.0
    cosine = cosine * square - 0.5
    cosine = cosine * square + 1
    let quarter = Int(turns) & 3
    let (first, second) = quarter & 1 == 0 ? (sine, cosine) : (cosine, sine)
    return (quarter & 2 == 0 ? first : -first, (quarter + 1) & 2 == 0 ? second : -second)
  }
}
