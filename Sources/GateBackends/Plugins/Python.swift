import GateCore
import GateSystem
import Glibc

/// Where Python is.
enum Python {
  /// The interpreter that a script stands for, as version switchers put one in its place; any other program is itself.
  static func behind(_ program: String) -> String {
    guard fileName(of: program).hasPrefix("python"), let real = realPath(program),
      !real.hasPrefix("/usr/"), isScript(real)
    else { return program }
    let asking = Subprocess.Program(
      executable: program, arguments: ["-c", "import sys; print(sys.executable)"],
      environment: Subprocess.plainEnvironment, seconds: 60)
    guard let process = try? Subprocess(asking), process.finish(keep: 4096) == .exited(0) else {
      return program
    }
    let line = String(decoding: process.remaining, as: UTF8.self).split(separator: "\n").first
    return line.map(String.init).flatMap { access($0, X_OK) == 0 ? $0 : nil } ?? program
  }

  /// Whether a file begins as a script does.
  private static func isScript(_ path: String) -> Bool {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return false }
    let file = Descriptor(number)
    var start: [UInt8] = [0, 0]
    return read(file.number, &start, 2) == 2 && start == Array("#!".utf8)
  }
}
