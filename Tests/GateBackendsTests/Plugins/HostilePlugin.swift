import GateBackends
import GateSystem
import GateYAML
import Glibc
import Testing

@testable import GateCore

/// A program that means harm, and what a person must be told of it.
struct HostilePlugin: Sendable, CustomTestStringConvertible {
  /// What of the kernel keeps it from its aim.
  struct Kernel: OptionSet {
    let rawValue: Int
    static let landlock = Kernel(rawValue: 1)
    static let filters = Kernel(rawValue: 2)
  }

  let name: String
  /// What the message must say; one of them.
  let says: [String]
  /// Without any of these it reaches its aim; empty: it never does.
  let needs: Kernel
  /// Its limits, beside those of all.
  let limits: String
  /// Python; nil: `shell` is a program of the shell's.
  let python: String?
  let shell: String

  /// A program in Python, after `prelude`.
  init(
    _ name: String, says: String..., needs: Kernel = [], limits: String = "", python: String
  ) {
    (self.name, self.says, self.needs, self.limits) = (name, says, needs, limits)
    (self.python, shell) = (python, "")
  }

  /// A program for the shell.
  init(_ name: String, says: String..., needs: Kernel = [], limits: String = "", shell: String) {
    (self.name, self.says, self.needs, self.limits) = (name, says, needs, limits)
    (python, self.shell) = (nil, shell)
  }

  var testDescription: String { name }

  /// Passes where an attempt was not refused, and else says what the system said.
  static let prelude = """
    import ctypes, errno, fcntl, json, mmap, os, resource, signal, socket, subprocess, sys, time
    libc = ctypes.CDLL(None, use_errno=True)
    def write(text, mode="w"):
        with open(os.environ["GATEWRIGHT_ANSWER"], mode) as file: file.write(text)
    def passed(message="got through"):
        write(json.dumps({"checks": [{"id": "x", "outcome": "passed", "message": message}]}))
        sys.exit(0)
    def attempt(act):
        try: act()
        except OSError as reason: sys.exit("refused: " + str(reason))
        passed()
    def call(name, *words):
        if getattr(libc, name)(*words) == -1:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))

    """

  /// The text of its own file.
  var settings: String {
    let all = ["time: 120s", "memory: 300MB", "file: 20MB", "processes: 40"]
    let own = limits.split(separator: ";").map { $0.trimmed }
    let names = own.map { $0.prefix { $0 != ":" } }
    let kept = all.filter { line in !names.contains(line.prefix { $0 != ":" }) } + own
    let command = python == nil ? "[sh, gate.sh]" : "[/usr/bin/python3, gate.py]"
    return "id: hostile\nsummary: Means harm.\ncommand: \(command)\n"
      + "limits: {\(kept.joined(separator: ", "))}\n"
  }

  /// The name and text of its program; `$OUT` stands for a folder that is not its own.
  func program(outside: String) -> (name: String, text: String) {
    let text = python.map { Self.prelude + $0 + "\n" } ?? shell + "\n"
    return (python == nil ? "gate.sh" : "gate.py", text.replacing("$OUT", with: outside))
  }
}
