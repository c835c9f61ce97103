import GateKit
import Glibc

/// When to colour.
enum Color: String, CaseIterable {
  /// As the flag has them.
  case auto, always, never

  /// The flag, then NO_COLOR, then FORCE_COLOR or CLICOLOR_FORCE, then whether a terminal that knows colours reads.
  func decide(isTerminal: Bool, environment: (String) -> String?) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if let value = environment("NO_COLOR"), !value.isEmpty { return false }
    for name in ["FORCE_COLOR", "CLICOLOR_FORCE"] {
      if let value = environment(name), !value.isEmpty, value != "0" { return true }
    }
    return isTerminal && environment("TERM") != "dumb"
  }
}

extension Terminal {
  /// As the flag, the environment and stdout have it.
  init(_ invocation: Invocation) throws(Usage) {
    let text = invocation.value(.color) ?? "auto"
    guard let color = Color(rawValue: text) else {
      throw invocation.command.wrong("'--color' is '\(text)', wanted auto, always or never")
    }
    let isTerminal = isatty(STDOUT_FILENO) == 1
    self.init(
      color: color.decide(isTerminal: isTerminal) { getenv($0).map { String(cString: $0) } },
      width: isTerminal ? Self.columns : nil, showsAll: invocation.has(.all))
  }

  /// Columns of the terminal at stdout.
  private static var columns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
