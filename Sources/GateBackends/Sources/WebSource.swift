import GateCore
import GateSystem
import GateWeb
import Glibc

/// Files that servers give over http and https.
enum WebSource {
  /// The most bytes that one file may have.
  private static let largest = 64 << 30

  /// The file that a request gives, hashed as it comes; where its digest is known and it was fetched before, that of
  /// the cache.
  ///
  /// - Throws: A `Diagnostic` of the server, temporary where trying again may help, and for a file of another digest.
  static func file(
    _ uri: String, _ request: WebRequest, _ context: SourceContext,
    provenance: (WebResponse) -> [String: String] = { _ in [:] }
  ) throws(Diagnostic) -> Artifact {
    let name = WebRequest.shown(uri)
    if let sha256 = context.sha256, let known = try FileCache.file(sha256) {
      return Artifact(
        uri: name, path: known.path, sha256: sha256, bytes: known.bytes,
        provenance: ["cache": sha256], files: [known])
    }
    let path = try context.temporary.place(for: request.shown)
    let download = try Download(path)
    var request = request
    (request.limit, request.seconds) = (largest, 24 * 3600)
    let response = try WebClient.send(request) { (bytes) throws(Diagnostic) in
      try download.add(bytes)
    }
    try refuse(response, name)
    let (sha256, bytes) = try download.finish()
    let file = DataFile(path: path, name: name, bytes: bytes, sha256: sha256)
    if sha256 == context.sha256 { FileCache.keep(path, sha256) }
    var known = provenance(response)
    if let etag = response.headers["etag"] { known["etag"] = etag }
    return Artifact(
      uri: name, path: path, sha256: sha256, bytes: bytes, provenance: known, files: [file])
  }

  /// Refuses every answer but a good one.
  static func refuse(_ response: WebResponse, _ name: String) throws(Diagnostic) {
    if response.isGood { return }
    let status = response.status
    let hint: String? =
      switch status {
      case 301, 302, 303, 307, 308:
        "redirects are not followed; write the address it leads to"
          + (response.headers["location"].map { ": \(WebRequest.shown($0))" } ?? "")
      case 401, 403: "check the credentials in the environment, and what they may read"
      case 404: "check the address"
      case 429: "the server asks to wait; try again later"
      default: nil
      }
    throw Diagnostic(
      "'\(name)' answered with status \(status)", hint: hint,
      temporary: status == 429 || status >= 500)
  }
}

/// A file on its way to disk, hashed as it comes.
private final class Download {
  private let target: Descriptor
  private let path: String
  private var digest: SHA256Stream
  private var bytes = 0

  init(_ path: String) throws(Diagnostic) {
    self.path = path
    let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw Diagnostic("cannot write '\(path)': \(systemError())") }
    target = Descriptor(number)
    digest = try SHA256Stream()
  }

  func add(_ chunk: UnsafeRawBufferPointer) throws(Diagnostic) {
    try digest.update(chunk)
    try write(chunk, to: target, path: path)
    bytes += chunk.count
  }

  func finish() throws(Diagnostic) -> (sha256: String, bytes: Int) { (try digest.finish(), bytes) }
}
