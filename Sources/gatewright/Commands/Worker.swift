import GateCore
import GateModels

extension Command {
  /// Scores one model in a process of its own.
  static let worker = Command("worker", "score one model (used by check)", isHidden: true) { _ in
    Worker.run()
  }
}
