import GateBackends

/// The program.
@main struct Main {
  /// Starts a worker when asked to, by itself only.
  static func main() {
    if CommandLine.arguments.dropFirst().first == "worker" { Worker.run() }
    print("gatewright 0.1.0")
  }
}
