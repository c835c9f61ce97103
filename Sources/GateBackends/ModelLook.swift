package import GateCore
package import GateKit
import GateModels
package import GateSystem

extension FoundModel {
  /// Opens a model in a worker process of its own and asks what it takes and what it was trained for.
  ///
  /// `executable` is the absolute path of this program. Throws a `Diagnostic` that says why it does not open.
  package init(
    lookingAt uri: String, from folder: String, temporary: TemporaryFolder, executable: String
  ) throws(Diagnostic) {
    let artifact = try resolve(uri, from: folder, in: temporary)
    func open(_ task: TaskKind) throws(Diagnostic) -> ModelDescription {
      let source = ModelSource(
        role: .candidate, artifact: artifact, task: task, limits: ModelLimits(seconds: 60))
      return try WorkerClient(source, executable: executable, temporary: temporary.path)
        .description
    }
    let said: ModelDescription
    var answersSeveral = false
    do throws(Diagnostic) {
      said = try open(.binary)
    } catch {
      // One that answers several labels, or numbers, opens as such alone.
      if let several = try? open(.multilabel) {
        (said, answersSeveral) = (several, true)
      } else if let numbers = try? open(.regression) {
        said = numbers
      } else {
        throw error
      }
    }
    let numbers: Set<InputKind> = [.number, .integer, .numbers]
    self.init(
      path: uri, runtime: said.runtime,
      inputs: said.inputs.map { .init(name: $0.name, isNumber: numbers.contains($0.kind)) },
      objective: said.answers.objective, classes: said.answers.classes,
      answersSeveral: answersSeveral)
  }
}
