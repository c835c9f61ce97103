package import GateCore
package import GateSystem

/// Which files plugins have: the SHA-256 of each, in `plugins.lock` beside the manifest, as sha256sum writes them.
package struct PluginLock: Sendable {
  /// The file's name.
  package static let name = "plugins.lock"

  /// The digest of each file by its path from the manifest's folder.
  package private(set) var digests: [String: String] = [:]

  /// Reads the lock of a manifest's folder; nil where there is none.
  ///
  /// - Throws: A `Diagnostic` for a line that is none of a lock's.
  package init?(in folder: String) throws(Diagnostic) {
    let path = absolute(Self.name, from: folder)
    guard status(path) != nil else { return nil }
    try self.init(
      text: String(decoding: try readFile(path, limit: 8 << 20, written: Self.name), as: UTF8.self))
  }

  /// Reads the text of a lock; throws a `Diagnostic` for a line that is none of a lock's.
  package init(text: String) throws(Diagnostic) {
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.isEmpty || line.hasPrefix("#") { continue }
      let digest = line.prefix(64)
      let rest = line.dropFirst(64)
      guard digest.utf8.count == 64, digest.utf8.allSatisfy(Self.isHex), rest.hasPrefix("  "),
        rest.count > 2
      else {
        throw Diagnostic(
          "\(Self.name):\(place + 1): found '\(String(line).shortened)', wanted a SHA-256, two blanks and a path",
          hint: "write the file anew: gatewright plugin lock")
      }
      digests[String(rest.dropFirst(2))] = String(digest)
    }
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  /// Whether it has a file of a plugin's folder.
  func has(_ folder: String) -> Bool {
    digests.keys.contains { $0.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/") }
  }

  /// Refuses files of a plugin's folder that are not those of the lock.
  func check(_ files: [(path: String, sha256: String)], of folder: String) throws(Diagnostic) {
    let hint = "look at what changed, then write the file anew: gatewright plugin lock"
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    var known = digests.filter { $0.key.hasPrefix(prefix) }
    guard !known.isEmpty else {
      throw Diagnostic("\(Self.name) has no file of the plugin '\(folder)'", hint: hint)
    }
    for file in files {
      guard let wanted = known.removeValue(forKey: prefix + file.path) else {
        throw Diagnostic("\(Self.name) does not have '\(prefix)\(file.path)'", hint: hint)
      }
      guard wanted == file.sha256 else {
        throw Diagnostic(
          "'\(prefix)\(file.path)' is not the file of \(Self.name): its SHA-256 is \(file.sha256)",
          hint: hint)
      }
    }
    if let gone = known.keys.sorted().first {
      throw Diagnostic("'\(gone)' of \(Self.name) is not there", hint: hint)
    }
  }

  /// The text of a lock of these plugins, by their folders from the manifest's; what it has of others, which another
  /// manifest of that folder names, stays as long as the file is there.
  package static func text(
    of plugins: [String], from folder: String, in temporary: TemporaryFolder
  ) throws(Diagnostic) -> String {
    let prefixes = plugins.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    let others = (try? PluginLock(in: folder))?.digests.filter { path, _ in
      !prefixes.contains { path.hasPrefix($0) } && status(absolute(path, from: folder)) != nil
    }
    var lines = (others ?? [:]).map { path, digest in "\(digest)  \(path)" }
    for plugin in plugins {
      let copy = try temporary.place(for: "plugin")
      let tree = try FileTree(
        copying: absolute(plugin, from: folder), to: copy, written: plugin)
      let prefix = plugin.hasSuffix("/") ? plugin : plugin + "/"
      lines += tree.files.map { "\($0.sha256)  \(prefix)\($0.path)" }
    }
    return "# The files of the plugins, as 'gatewright plugin lock' wrote them.\n"
      + lines.unique.sorted { $0.dropFirst(66) < $1.dropFirst(66) }.map { $0 + "\n" }.joined()
  }
}
