package import GateCore

extension Manifest {
  /// The plugins that it names, each once, in its order.
  package var used: [Plugin] {
    let ofModels = Role.allCases.compactMap { models[$0]?.plugin?.plugin }
    let ofGates = gates.compactMap { ($0.gate as? PluginGate)?.plugin }
    var seen: Set<String> = []
    return (ofModels + ofGates).filter { seen.insert($0.folder).inserted }
  }
}
