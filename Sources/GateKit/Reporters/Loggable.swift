import GateCore

extension String {
  /// The text as one line of a CI log: control and bidirectional characters visible, the `##[` and `##vso[`
  /// that runners take for commands broken, at most `longest` characters.
  ///
  /// A command can also stand at the start of a line, after white space: print a fixed word before it.
  package func loggable(_ longest: Int = 2000) -> String {
    var text = ""
    var last: Unicode.Scalar = " "
    for (index, scalar) in visible.unicodeScalars.enumerated() {
      if index == longest { return text + " ..." }
      if scalar == "#", last == "#" { text += " " }
      text.unicodeScalars.append(scalar)
      last = scalar
    }
    return text
  }

  /// The text with spaces up to that many columns of a terminal.
  func padded(_ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: Swift.max(0, width - displayWidth))
    return right ? space + self : self + space
  }

  /// The text in at most that many columns, the middle left out.
  package func shortened(_ width: Int) -> String {
    guard displayWidth > width else { return self }
    let room = Swift.max(0, width - 3)
    var head = ""
    var tail = ""
    for character in self {
      guard (head + String(character)).displayWidth <= room - room / 2 else { break }
      head.append(character)
    }
    for character in reversed() {
      guard (String(character) + tail).displayWidth <= room / 2 else { break }
      tail = String(character) + tail
    }
    return head + "..." + tail
  }
}
