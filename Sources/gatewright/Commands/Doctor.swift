import GateCore
import GateKit

extension Command {
  /// Says which native libraries are there.
  static let doctor = Command(
    "doctor", "say which native libraries and tools were found, and what is missing",
    details: ["Exits with 2 when one is missing that a manifest may need."]
  ) { _ in
    let probes = Wiring.probe()
    try Output.print(Doctor.page(probes))
    return probes.allSatisfy { $0.version != nil || $0.isOptional } ? ExitCode.done : ExitCode.error
  }
}

/// What `doctor` prints.
enum Doctor {
  /// A line a library, and beneath a missing one every path that was tried.
  static func page(_ probes: [LibraryCheck]) -> String {
    var lines = ["gatewright \(Main.version)"]
    for probe in probes {
      let name = "\(probe.name) (\(probe.purpose))"
      if let version = probe.version {
        lines.append("  found    \(name) \(version.loggable(100))")
      } else if probe.isOptional {
        lines.append(
          "  absent   \(name); install it (Debian: libcurl4) where a manifest needs that")
      } else {
        lines.append("  missing  \(name)")
        lines.append("           \(probe.reason?.loggable(4000) ?? "")")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
