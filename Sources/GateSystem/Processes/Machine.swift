internal import CProcess
package import GateCore
import Glibc

/// How much of the machine this process may use.
package enum Machine {
  /// Cores.
  package static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Bytes of memory: the machine's, or what the control group allows where that is less.
  package static var memory: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let page = sysconf(Int32(_SC_PAGESIZE))
    var least = max(pages, 1) * max(page, 1)
    for path in limitFiles {
      guard let text = contents(of: path), let limit = Int(text), limit > 0 else { continue }
      least = min(least, limit)
    }
    return least
  }

  /// Bytes that this process may address, where whoever started it set a limit.
  package static var addressSpace: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur < UInt64(Int.max)
    else { return nil }
    return Int(limit.rlim_cur)
  }

  /// Lets this process allocate about as much as an engine that may use `memory` and the columns it gives can need.
  ///
  /// The engine counts what it sorts, joins and groups, but not the one value that a function makes, so that a list or a
  /// text of any length would take all of the machine: beyond this it is refused the memory, which it tells as an error.
  package static func bound(memory: Int) {
    let room = max(memory, 1 << 28)
    _ = process_bound(UInt64(min(2 * room + (1 << 29), max(Self.memory, room + (1 << 29)))))
  }

  /// The files that may limit the memory: of this process's control group and of each above it.
  private static var limitFiles: [String] {
    var files = [
      "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    ]
    for line in (contents(of: "/proc/self/cgroup") ?? "").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      var group = String(parts[2])
      while group.count > 1 {
        if parts[1].isEmpty { files.append("/sys/fs/cgroup\(group)/memory.max") }
        if parts[1] == "memory" {
          files.append("/sys/fs/cgroup/memory\(group)/memory.limit_in_bytes")
        }
        group = group.lastIndex(of: "/").map { String(group[..<$0]) } ?? ""
      }
    }
    return files
  }

  /// The first 4 kB of a small file without the line end; nil when it cannot be read.
  private static func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let read = fread(&buffer, 1, buffer.count, file)
    var text = Substring(decoding: buffer[..<read], as: UTF8.self)
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}

extension Resources {
  /// Bytes that the engine may use.
  package var engineMemory: Int { memory ?? Machine.memory / 10 * 6 }
}

extension Diagnostic {
  /// Memory that was refused, and what we were doing; another run may have it.
  package static func outOfMemory(doing what: String) -> Diagnostic {
    guard let most = Machine.addressSpace else {
      return Diagnostic(
        "\(what): memory has run out", hint: "run it where more memory is free", temporary: true)
    }
    return Diagnostic(
      "\(what): memory has run out: the limit of the address space is \(most >> 20) MiB",
      hint: "let the program have more, as in 'ulimit -v unlimited'", temporary: true)
  }
}
