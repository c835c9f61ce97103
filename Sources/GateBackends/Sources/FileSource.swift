import GateCore
package import GateSystem

/// Where the file may come from that a manifest names.
package struct FileSource: Sendable, Identifiable {
  /// The word before the ':' of its URIs; nil: they have none.
  package let scheme: String?
  /// One sentence.
  package let summary: String
  /// How its URIs are written: `git:<ref>:<path>`.
  package let form: String
  /// What one of them names, in words: `a file of a git commit`.
  let subject: String
  /// URIs of it.
  package let examples: [String]
  /// Whether a text without a scheme is rather one of its URIs that lacks it.
  var isMeant: @Sendable (_ path: String) -> Bool = { _ in false }
  /// Throws what is wrong with how a URI is written, as far as that can be told without looking for its file.
  let check: @Sendable (_ uri: String) throws(Diagnostic) -> Void
  /// Whether the manifest must say which digest its file has, for the same address may have another tomorrow.
  var needsDigest = false
  /// The file of a URI with its digest; what is no file of this machine is written to the temporary folder.
  let resolve: @Sendable (_ uri: String, SourceContext) throws(Diagnostic) -> Artifact

  /// Its scheme, or `path`.
  package var id: String { scheme ?? "path" }

  /// What to write for what was written without the scheme.
  func advice(for text: some StringProtocol) -> String {
    "for \(subject) write '\(id):\(text)'"
  }
}

/// What stands around an address that is resolved.
package struct SourceContext: Sendable {
  /// The manifest's folder.
  package let folder: String
  /// Where what is no file of this machine is written.
  package let temporary: TemporaryFolder
  /// The digest that the manifest gives; nil: none.
  package var sha256: String?

  package init(folder: String, temporary: TemporaryFolder, sha256: String? = nil) {
    (self.folder, self.temporary, self.sha256) = (folder, temporary, sha256)
  }
}

/// Where files may come from.
package enum FileSources {
  /// Every source; a new one is a line here.
  package static let all: [FileSource] = [.path, .git, .https, .http, .s3, .gs, .az]

  /// The source that a URI is written for, of these beside our own; throws the scheme that none has.
  static func named(by uri: String, beside own: [FileSource] = []) throws(UnknownScheme)
    -> FileSource
  {
    let scheme = scheme(of: uri)
    guard let source = (all + own).first(where: { $0.scheme == scheme }) else {
      throw UnknownScheme(scheme: scheme ?? "")
    }
    return source
  }

  /// Whether a text names a file by its address in a store, and not by its path.
  package static func isAddress(_ uri: String) -> Bool {
    (try? named(by: uri))?.scheme != nil
  }
}

/// A scheme that no source has.
struct UnknownScheme: Error { let scheme: String }

/// The word before a `:` that makes a URI of a text; nil for a path.
func scheme(of uri: String) -> String? {
  guard let colon = uri.firstIndex(of: ":"), let first = uri.utf8.first else { return nil }
  let word = uri[..<colon]
  let allowed = word.utf8.allSatisfy { byte in
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "+-.".utf8.contains(byte)
  }
  return allowed && (0x61...0x7A).contains(first | 0x20) ? String(word) : nil
}
