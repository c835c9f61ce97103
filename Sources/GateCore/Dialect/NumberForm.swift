/// How the numbers of a text are written: what stands before their decimals and between their thousands.
struct NumberForm: Sendable, Hashable {
  /// What stands before the decimals.
  package var decimal: UInt8
  /// What stands between the thousands; nil: nothing does.
  package var thousands: UInt8?

  /// Every form that a manifest can say, the plainest first.
  package static let all: [NumberForm] =
    [nil, 0x2C, 0x2E, 0x20, 0x27, 0x5F].flatMap { (thousands: UInt8?) in
      [0x2E, 0x2C].filter { $0 != thousands }.map { NumberForm($0, thousands) }
    }

  package init(_ decimal: UInt8, _ thousands: UInt8?) {
    (self.decimal, self.thousands) = (decimal, thousands)
  }

  /// The form of a dialect.
  package init(_ dialect: TextDialect) { self.init(dialect.decimal, dialect.thousands) }

  /// The number that a text is in this form, as it is written plainly; nil: it is none.
  ///
  /// Before the first separator of thousands stand one to three digits, of which the first is no 0, and three after each.
  package func plain(_ text: String) -> String? {
    var rest = Array(text.utf8)[...]
    var plain: [UInt8] = []
    if let sign = rest.first, sign == 0x2B || sign == 0x2D {
      if sign == 0x2D { plain.append(sign) }
      rest.removeFirst()
    }
    if Self.words.contains(String(decoding: rest, as: UTF8.self).lowercased()) { return text }
    let whole = Self.digits(&rest)
    plain += whole
    if let thousands, rest.first == thousands {
      guard (1...3).contains(whole.count), whole.first != 0x30 else { return nil }
      while rest.first == thousands {
        rest.removeFirst()
        let group = Self.digits(&rest)
        guard group.count == 3 else { return nil }
        plain += group
      }
    }
    var decimals = 0
    if rest.first == decimal {
      rest.removeFirst()
      let found = Self.digits(&rest)
      decimals = found.count
      plain += [0x2E] + found
    }
    guard !whole.isEmpty || decimals > 0 else { return nil }
    if let letter = rest.first, letter | 0x20 == 0x65 {
      plain.append(0x65)
      rest.removeFirst()
      if let sign = rest.first, sign == 0x2B || sign == 0x2D {
        plain.append(sign)
        rest.removeFirst()
      }
      let power = Self.digits(&rest)
      guard !power.isEmpty else { return nil }
      plain += power
    }
    return rest.isEmpty ? String(decoding: plain, as: UTF8.self) : nil
  }

  /// What every reader takes for a number or for none, whatever the form.
  private static let words: Set = ["nan", "inf", "infinity"]

  /// The digits that a text begins with, taken off it.
  private static func digits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let found = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest.dropFirst(found.count)
    return found
  }
}
