package import GateCore
import GateSystem

/// What is ready for a plugin to run, without running it.
package struct PluginState: Sendable {
  /// How its files stand to plugins.lock.
  package enum Pin: String, Sendable { case pinned, changed, unpinned }
  /// Whether its packages are there.
  package enum Packages: String, Sendable {
    case none = "no packages"
    case made = "packages installed"
    case missing = "packages not installed"
  }
  package let pin: Pin
  package let packages: Packages
}

extension PluginHost {
  /// How a plugin stands.
  ///
  /// - Throws: A `Diagnostic` for files that cannot be read.
  package func state(of plugin: Plugin) throws(Diagnostic) -> PluginState {
    let place = try PluginPlace(plugin, in: temporary)
    defer { place.remove() }
    let tree = try FileTree(
      copying: absolute(plugin.folder, from: folder), to: place.program, written: plugin.folder)
    var pin = PluginState.Pin.unpinned
    if let lock = try PluginLock(in: folder), lock.has(plugin.folder) {
      do throws(Diagnostic) {
        try lock.check(tree.files, of: plugin.folder)
        pin = .pinned
      } catch { pin = .changed }
    }
    guard let file = plugin.requirements else { return PluginState(pin: pin, packages: .none) }
    let list = try readFile(
      "\(place.program)/\(file)", limit: 8 << 20, written: "\(plugin.folder)/\(file)")
    let isMade = try PythonEnvironment.isMade(list, for: plugin.folder)
    return PluginState(pin: pin, packages: isMade ? .made : .missing)
  }
}
