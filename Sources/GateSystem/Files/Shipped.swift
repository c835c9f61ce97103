package import GateCore

/// What is installed with the program: libraries and data, found from where its own file stands.
package enum Shipped {
  /// The folders at these places, each relative to the folder of the program's file, in order.
  ///
  /// Empty where the system does not tell which file this is, as without `/proc`.
  package static func folders(_ places: String...) -> [String] {
    guard let file = realPath("/proc/self/exe") else { return [] }
    let home = folder(of: file)
    return places.map { $0.isEmpty ? home : "\(home)/\($0)" }
  }

  /// The folder of the data called `name`: `../share/gatewright/<name>` of an installed program, `<name>` beside one
  /// that was built in a clone.
  ///
  /// Throws a `Diagnostic` that says every place that was tried.
  package static func data(_ name: String) throws(Diagnostic) -> String {
    let places = folders("../share/gatewright/\(name)", name)
    if let found = places.lazy.compactMap(realPath).first(where: { status($0)?.isFolder == true }) {
      return found
    }
    let tried = places.map { "'\($0)'" }.joined(separator: " and ")
    throw Diagnostic(
      "the \(name) that are installed with Gatewright were not found; "
        + (tried.isEmpty ? "the system does not tell where the program is" : "tried \(tried)"),
      hint: "install Gatewright again (in a clone: make build)")
  }
}
