import GateKit

/// What the command line is told of the rest of the program; the one place to join them.
enum Wiring {
  /// The gates with their parameters, by kind.
  static let gates: [Shape.Definition] = []
  /// What can score a model.
  static let runtimes: [Shape.Definition] = []
  /// The keys of a manifest; empty until they are known.
  static let manifest: [Parameter] = []

  /// Looks for the native libraries and tools.
  static let probe: @Sendable () -> [Probe] = { [] }
}

/// What came of looking for one native library or tool.
struct Probe: Sendable {
  /// The library's name.
  let name: String
  /// What it is for: `onnx models`.
  let purpose: String
  /// Where it was found; nil: nowhere.
  let path: String?
  /// As the library says it.
  let version: String?
  /// Every path that was tried with why it did not do.
  let reasons: [String]
}
