internal import CProcess
package import GateCore

/// What the kernel gives to hold a program to what it was handed.
package struct Sandbox: Sendable, Hashable {
  /// The version of Landlock; 0: there is none.
  package let landlock: Int
  /// Whether system calls are filtered.
  package let filters: Bool

  /// A part of what this machine gives, as a test of what holds without the rest asks for.
  package init(landlock: Int, filters: Bool) {
    (self.landlock, self.filters) = (landlock, filters)
  }

  /// What this machine gives.
  package static let here = Sandbox(
    landlock: Int(process_landlock()), filters: process_filters())

  /// Whether nothing is missing that keeps a program from other files and from the network.
  package var isWhole: Bool { landlock > 0 && filters }

  /// What is missing, in words; nil: nothing.
  package var missing: String? {
    let lacks =
      (landlock > 0 ? [] : ["files (the kernel has no Landlock)"])
      + (filters ? [] : ["the network (the kernel filters no system calls)"])
    return lacks.isEmpty ? nil : lacks.joined(separator: " and ")
  }

  /// As the record has it, of a program that may use the network or not.
  package func record(network: Bool) -> JSON {
    .object([
      JSON.Member("landlock", landlock > 0 ? .integer(landlock) : .string("not there")),
      JSON.Member(
        "network",
        .string(network ? "allowed" : filters ? "denied by seccomp" : "not denied: no seccomp")),
    ])
  }

  /// What every program may read: the system's programs, libraries and settings that hold no secrets.
  static let readable =
    [
      "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/nix/store", "/dev/zero",
      "/dev/random", "/dev/urandom", "/dev/full", "/sys/devices/system", "/sys/fs/cgroup",
    ]
    + [
      "self", "thread-self", "cpuinfo", "meminfo", "stat", "sys", "filesystems", "version",
      "uptime",
      "loadavg",
    ].map { "/proc/" + $0 }
    + [
      "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "ld.so.preload", "localtime", "timezone",
      "passwd",
      "group", "nsswitch.conf", "hosts", "host.conf", "resolv.conf", "gai.conf", "services",
      "protocols", "ssl/certs", "ssl/openssl.cnf", "ca-certificates", "pki", "mime.types",
      "alternatives", "fonts", "os-release", "debian_version", "lsb-release", "locale.alias",
      "python3", "R", "magic", "inputrc", "java-17-openjdk", "java-21-openjdk",
    ].map { "/etc/" + $0 }

  /// What every program may write.
  static let writable = ["/dev/null"]
}
