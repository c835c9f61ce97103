import GateCore

/// What a strftime pattern's texts look like, as Python's strptime wants them.
///
/// The engine's own reading passes over blanks at both ends and takes a year of two digits for %Y.
enum StrftimePattern {
  /// What each directive stands for.
  private static let directives: [Character: String] = [
    "Y": "[0-9]{4}", "y": "[0-9]{2}", "m": "[0-9]{1,2}", "d": "[0-9]{1,2}", "H": "[0-9]{1,2}",
    "I": "[0-9]{1,2}", "M": "[0-9]{1,2}", "S": "[0-9]{1,2}", "j": "[0-9]{1,3}", "f": "[0-9]{1,6}",
    "%": "%",
  ]

  /// A regular expression (RE2) of the whole text; a directive that is not a number may be anything.
  static func regex(_ pattern: String) -> String {
    var regex = ""
    var rest = Substring(pattern)
    while let first = rest.popFirst() {
      if first == "%", let letter = rest.popFirst() {
        regex += directives[letter] ?? "\\S+(?: \\S+)*"
      } else if first.isWhitespace {
        regex += "\\s+"
      } else if first.isASCII, !first.isLetter, !first.isNumber {
        regex += "\\\(first)"
      } else {
        regex.append(first)
      }
    }
    return "(?i)" + regex
  }
}
