extension Node {
  /// A size in bytes: `512MB`, `4GB`, `1GiB`; decimal and binary units as their names say.
  package var bytes: Int? {
    measure([
      ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("KB", 1e3), ("MB", 1e6),
      ("GB", 1e9), ("B", 1),
    ]).flatMap { $0 >= 1 && $0 < 1e18 ? Int($0) : nil }
  }

  /// A time in seconds: `250ms`, `30s`, `10min`, `2h`.
  package var seconds: Double? {
    measure([("ms", 1e-3), ("min", 60), ("s", 1), ("h", 3600)]).flatMap { $0 > 0 ? $0 : nil }
  }

  /// A day as `YYYY-MM-DD`, one that the calendar has; such texts compare as the days do.
  package var date: String? {
    guard let text, text.utf8.count == 10 else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month)
    else { return nil }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...lengths[month - 1]).contains(day) ? text : nil
  }

  private func measure(_ units: [(name: String, factor: Double)]) -> Double? {
    guard let text, let unit = units.first(where: { text.hasSuffix($0.name) }) else { return nil }
    let digits = text.dropLast(unit.name.count)
    guard let first = digits.utf8.first, (0x30...0x39).contains(first),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
    else { return nil }
    return Double(digits).map { $0 * unit.factor }
  }
}
