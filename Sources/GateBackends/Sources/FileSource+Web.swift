import GateCore
import GateWeb

extension FileSource {
  /// A file that a server gives to everybody who asks.
  static let https = FileSource(
    scheme: "https", summary: "A file of a web server, with the digest that it must have.",
    form: "https://<host>/<path>", subject: "a file of a web server",
    examples: ["https://models.example.com/loan/7/model.onnx"],
    check: { (uri) throws(Diagnostic) in try checkAddress(uri) }, needsDigest: true,
    resolve: { (uri, context) throws(Diagnostic) in
      try WebSource.file(uri, WebRequest(uri), context)
    })

  /// The same without encryption, of this machine alone.
  static let http = FileSource(
    scheme: "http",
    summary: "A file of a web server of this machine, with the digest that it must have.",
    form: "http://127.0.0.1:<port>/<path>", subject: "a file of a web server of this machine",
    examples: ["http://127.0.0.1:8080/model.onnx"],
    check: { (uri) throws(Diagnostic) in
      try checkAddress(uri)
      guard isLoopback(uri) else {
        throw Diagnostic(
          "'\(WebRequest.shown(uri))' is not encrypted, and its server is not this machine",
          hint: "use https")
      }
    }, needsDigest: true,
    resolve: { (uri, context) throws(Diagnostic) in
      try WebSource.file(uri, WebRequest(uri), context)
    })
}

/// Refuses an address that holds a secret, or no host.
private func checkAddress(_ uri: String) throws(Diagnostic) {
  guard !host(of: uri).isEmpty, !uri.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
    throw Diagnostic(
      "'\(WebRequest.shown(uri))' is no web address",
      hint: "write it like https://models.example.com/loan/model.onnx")
  }
  if authority(of: uri).contains("@") {
    throw Diagnostic(
      "the address of '\(WebRequest.shown(uri))' holds a name or a password, which everybody who reads the manifest sees",
      hint: "remove it")
  }
}

/// What stands between `://` and the path.
private func authority(of uri: String) -> Substring {
  let parts = uri.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
  guard parts.count > 2, parts[1].isEmpty else { return "" }
  return parts[2].prefix { $0 != "?" && $0 != "#" }
}

/// The host of an address, without its port.
private func host(of uri: String) -> String {
  // Before '@' stands a name, which may look like a host.
  let authority =
    authority(of: uri).split(separator: "@", omittingEmptySubsequences: false).last ?? ""
  if authority.hasPrefix("[") { return authority.prefix { $0 != "]" } + "]" }
  return String(authority.prefix { $0 != ":" })
}

/// Whether an address leads to this machine.
func isLoopback(_ uri: String) -> Bool {
  ["localhost", "127.0.0.1", "[::1]"].contains(host(of: uri))
}
