extension HostilePlugin {
  /// Those that answer what is none, or leave something else in the answer's place.
  static let answers: [HostilePlugin] = [
    HostilePlugin("no answer", says: "ended without an answer", shell: "exit 0"),
    HostilePlugin("a status", says: "ended with status 7; it wrote: no", shell: "echo no; exit 7"),
    HostilePlugin(
      "half an answer", says: "text that is not JSON", python: #"write('{"checks": [')"#),
    HostilePlugin(
      "NaN", says: "text that is not JSON",
      python:
        #"write('{"checks": [{"id": "x", "outcome": "passed", "message": "", "value": NaN}]}')"#),
    HostilePlugin(
      "an infinity", says: "not JSON", "wanted a number",
      python:
        #"write('{"checks": [{"id": "x", "outcome": "passed", "message": "", "value": 1e999}]}')"#),
    HostilePlugin(
      "an unknown key", says: "unknown key 'verdict'",
      python:
        #"write('{"verdict": "passed", "checks": [{"id": "x", "outcome": "passed", "message": ""}]}')"#
    ),
    HostilePlugin("no checks", says: "nothing was judged", python: #"write('{"checks": []}')"#),
    HostilePlugin("a list", says: "a list as the answer", python: "write('[]')"),
    HostilePlugin(
      "an outcome of its own", says: "answered 'waived' as 'outcome'",
      python: #"write('{"checks": [{"id": "x", "outcome": "waived", "message": ""}]}')"#),
    HostilePlugin("an id above its own", says: "answered '../x' as 'id'", python: id("../x")),
    HostilePlugin("an id from the root", says: "answered '/x' as 'id'", python: id("/x")),
    HostilePlugin("no id", says: "an 'id' of 0 bytes", python: id("")),
    HostilePlugin(
      "an id of ten thousand letters", says: "an 'id' of 10000 bytes",
      python: id(String(repeating: "x", count: 10_000))),
    HostilePlugin("an id of two lines", says: "as 'id'", python: id(#"x\n::error::y"#)),
    HostilePlugin("an id in colour", says: "as 'id'", python: id(#"\u001b[31mx"#)),
    HostilePlugin(
      "two checks of one id", says: "answered with a second 'x'",
      python:
        #"write(json.dumps({"checks": [{"id": "x", "outcome": "passed", "message": ""}] * 2}))"#),
    HostilePlugin(
      "a key that stands twice", says: "stands twice",
      python: #"write('{"checks": [], "checks": []}')"#),
    HostilePlugin(
      "a hundred thousand checks", says: "100000 checks, and at most 10000",
      python:
        #"write(json.dumps({"checks": [{"id": str(i), "outcome": "passed", "message": ""} for i in range(100000)]}))"#
    ),
    HostilePlugin(
      "a message of a megabyte", says: "a 'message' of 1000000 bytes",
      python: "passed('x' * 1000000)"),
    HostilePlugin(
      "an answer a hundred thousand levels deep", says: "not JSON",
      python: "write('[' * 100000 + ']' * 100000)"),
    HostilePlugin(
      "bytes that are not UTF-8", says: "not UTF-8",
      python: #"open(os.environ["GATEWRIGHT_ANSWER"], "wb").write(b'{"checks": "\xff\xfe"}')"#),
    HostilePlugin(
      "an answer above its limit", says: "more than the 100KB it may", limits: "output: 100KB",
      python: "write(' ' * 200000)"),
    HostilePlugin(
      "a symbolic link", says: "as a link or a device",
      python: #"os.symlink("/etc/passwd", os.environ["GATEWRIGHT_ANSWER"])"#),
    HostilePlugin(
      "a file of two names", says: "as a link or a device",
      python:
        #"write("{}"); os.link(os.environ["GATEWRIGHT_ANSWER"], os.environ["HOME"] + "/other")"#),
    HostilePlugin(
      "a pipe", says: "as a link or a device",
      python: #"os.mkfifo(os.environ["GATEWRIGHT_ANSWER"])"#),
    HostilePlugin(
      "a folder", says: "as a link or a device",
      python: #"os.mkdir(os.environ["GATEWRIGHT_ANSWER"])"#),
    HostilePlugin(
      "a table in another folder", says: "wanted the name of a file in its scratch folder",
      python: #"write('{"file": "../request.json"}')"#),
    HostilePlugin(
      "a table that is not there", says: "there is none in its scratch folder",
      python: #"write('{"file": "x.csv"}')"#),
    HostilePlugin(
      "commands and colours in its log", says: #"\x1b[31m"#,
      python: #"print("\n::error::forged\n\x1b[31mred"); sys.exit(3)"#),
    HostilePlugin(
      "an answer that grows while it is read", says: "left a process running behind it",
      python: """
        write("{}")
        if os.fork() == 0:
            os.setsid()
            while True: write(" ", "a")
        """),
  ]

  /// Answers with one check of an id, as JSON writes it.
  private static func id(_ id: String) -> String {
    #"write(r'''{"checks": [{"id": "\#(id)", "outcome": "passed", "message": ""}]}''')"#
  }
}
