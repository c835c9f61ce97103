import GateKit

extension World {
  /// A world of one runtime and one store.
  static let test = World(runtimes: ["onnx"], addresses: ["git:<ref>:<path>"])
}
