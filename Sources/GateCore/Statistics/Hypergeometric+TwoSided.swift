extension Hypergeometric {
  /// The chance of `found` or of any number that is no likelier: Fisher's exact test, two-sided.
  ///
  /// In steps that grow with the standard deviation and with how far `found` lies from the middle, 0.1 s at most for tens
  /// of millions of things. 0 where it is too small for a number. Throws `Undefined` for a `found` that cannot be.
  /// Source: Fisher, Statistical Methods for Research Workers, 1934, as `scipy.stats.fisher_exact` and R's `fisher.test`.
  package func twoSided(_ found: Int) throws(Undefined) -> Double {
    guard total >= 0, (0...total).contains(marked), (0...total).contains(drawn) else {
      throw Undefined("there are no \(marked) marked and \(drawn) drawn of \(total) things")
    }
    let (least, most) = (max(0, marked + drawn - total), min(marked, drawn))
    guard (least...most).contains(found) else {
      throw Undefined(
        "\(found) marked of \(drawn) drawn lies outside of \(least)...\(most), which can be")
    }
    let middle = Int(Double(marked + 1) * Double(drawn + 1) / Double(total + 2))
    let mode = min(max(middle, least), most)
    // All chances are relative to the mode's, so that none of the sums needs a factorial.
    let seen = found == mode ? 1 : weight(from: mode, to: found)
    // Two numbers that are as likely come out a rounding error apart.
    let bound = seen * (1 + 1e-10)
    var (sum, tail) = (1.0, 1 <= bound ? 1.0 : 0)
    for step in [1, -1] {
      var (place, weight) = (mode, 1.0)
      while place != (step > 0 ? most : least) {
        weight *= ratio(from: place, step)
        place += step
        sum += weight
        if weight <= bound { tail += weight }
        // What is left on this side adds nothing to either sum.
        if weight < sum * 1e-18, weight <= bound, weight < tail * 1e-18 || tail == 0 { break }
      }
    }
    return min(1, tail / sum)
  }

  /// How much likelier `to` is than `from`.
  private func weight(from: Int, to: Int) -> Double {
    let step = to > from ? 1 : -1
    var (place, weight) = (from, 1.0)
    while place != to, weight > 0 {
      weight *= ratio(from: place, step)
      place += step
    }
    return weight
  }

  /// How much likelier the next number up or down is.
  private func ratio(from place: Int, _ step: Int) -> Double {
    step > 0
      ? Double(marked - place) * Double(drawn - place)
        / (Double(place + 1) * Double(total - marked - drawn + place + 1))
      : Double(place) * Double(total - marked - drawn + place)
        / (Double(marked - place + 1) * Double(drawn - place + 1))
  }
}
