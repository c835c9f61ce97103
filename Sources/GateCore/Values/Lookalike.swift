extension String {
  /// What to do where a name looks like another and is written in other code points, as 'ü' is in one or in two; nil: none
  /// of the names looks like this one.
  package func lookalikeHint(among names: [String]) -> String? {
    guard let other = names.first(where: { $0 == self && !$0.isSame(as: self) }),
      let (mine, theirs) = zip(unicodeScalars, other.unicodeScalars).first(where: { $0 != $1 })
    else { return nil }
    func code(_ scalar: Unicode.Scalar) -> String {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    return
      "'\(other)' looks the same and is written in other code points, \(code(theirs)) in place of \(code(mine)): "
      + "write both in one form, such as NFC"
  }
}
