internal import CCurl
package import GateCore
import GateSystem
import Glibc

/// Asks servers over http and https.
package enum WebClient {
  /// What a server answers; a status that is none of success is no error here.
  ///
  /// `take` gets the body's bytes as they come, where they are too many to keep. Redirects are not followed: they would
  /// take the headers, and so secrets, to another server.
  ///
  /// - Throws: A `Diagnostic` that names the server and the reason, temporary where trying again may help.
  package static func send(
    _ request: WebRequest, take: ((UnsafeRawBufferPointer) throws(Diagnostic) -> Void)? = nil
  ) throws(Diagnostic) -> WebResponse {
    let library = try CurlLibrary.load()
    guard request.url.hasPrefix("https://") || request.url.hasPrefix("http://") else {
      throw Diagnostic("'\(request.shown)' is no http or https address")
    }
    guard let handle = library.easyInit() else {
      throw Diagnostic("a request could not be made: out of memory", temporary: true)
    }
    defer { library.cleanup(handle) }
    let intake = Intake(limit: request.limit, take: take)
    var list: UnsafeMutableRawPointer?
    defer { library.freeAll(list) }
    for header in request.headers {
      guard !(header.name + header.value).utf8.contains(where: { $0 < 0x20 && $0 != 9 }) else {
        throw Diagnostic("a header of the request to '\(request.shown)' has a control character")
      }
      list = library.append(list, "\(header.name): \(header.value)")
    }
    if let token = request.signature?.token {
      list = library.append(list, "x-amz-security-token: \(token)")
    }
    var message = [CChar](repeating: 0, count: 512)
    let code = message.withUnsafeMutableBufferPointer { message in
      withExtendedLifetime(intake) {
        let setting = Setting(library: library, handle: handle)
        return setting.perform(request, list, intake, message.baseAddress)
      }
    }
    if let mistake = intake.mistake { throw mistake }
    guard code == 0 else {
      let said = String(
        decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let general = library.reason(code).map { String(cString: $0) } ?? "code \(code)"
      throw failure(code, said.isEmpty ? general : said, request)
    }
    let status = curl_number(library.get, handle, Int32(curl_status.rawValue))
    return WebResponse(status: status, headers: intake.headers, body: intake.body)
  }

  /// Why there is no answer, and what to do.
  private static func failure(
    _ code: Int32, _ reason: String, _ request: WebRequest
  ) -> Diagnostic {
    let authority = [60, 77, 35].contains(code)
    let hint: String? =
      switch code {
      case 60: "set SSL_CERT_FILE to the file of the certificate authority that signed it"
      case 77: "SSL_CERT_FILE or CURL_CA_BUNDLE names a file that cannot be read"
      case 6: "check the host's name"
      case 7: "check that the server runs and that its port is open"
      default: nil
      }
    return Diagnostic(
      "'\(request.shown)' did not answer: \(reason)", hint: hint, temporary: !authority)
  }
}

/// A handle with what it is told.
private struct Setting {
  let library: CurlLibrary
  let handle: UnsafeMutableRawPointer

  func number(_ option: curl_option, _ value: Int) {
    _ = curl_set_number(library.set, handle, Int32(option.rawValue), value)
  }

  /// The library copies the text.
  func text(_ option: curl_option, _ value: String) {
    _ = value.withCString { curl_set_pointer(library.set, handle, Int32(option.rawValue), $0) }
  }

  func pointer(_ option: curl_option, _ value: UnsafeRawPointer?) {
    _ = curl_set_pointer(library.set, handle, Int32(option.rawValue), value)
  }

  /// Tells the handle all of a request and sends it; gives curl's code.
  func perform(
    _ request: WebRequest, _ headers: UnsafeMutableRawPointer?, _ intake: Intake,
    _ message: UnsafeMutablePointer<CChar>?
  ) -> Int32 {
    text(curl_url, request.url)
    text(curl_protocols, "http,https")
    // What is not encrypted is for this machine, and goes through no other.
    if request.url.hasPrefix("http://") { text(curl_no_proxy, "*") }
    text(curl_user_agent, "gatewright")
    number(curl_follow, 0)
    number(curl_no_signal, 1)
    number(curl_connect_timeout_ms, Int(request.connectSeconds * 1000))
    number(curl_timeout_ms, Int(min(request.seconds, 1e6) * 1000))
    pointer(curl_error_text, message)
    if let file = CertificateAuthorities.file { text(curl_ca_file, file) }
    if let signature = request.signature {
      text(curl_aws_sigv4, "aws:amz:\(signature.region):\(signature.service)")
      text(curl_user_password, "\(signature.key):\(signature.secret)")
      number(curl_path_as_is, 1)
    }
    pointer(curl_headers, headers)
    let context = Unmanaged.passUnretained(intake).toOpaque()
    pointer(curl_write_context, context)
    pointer(curl_header_context, context)
    _ = curl_set_taker(library.set, handle, Int32(curl_write.rawValue)) {
      bytes, size, count, context in
      Intake.at(context).takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    _ = curl_set_taker(library.set, handle, Int32(curl_header.rawValue)) {
      bytes, size, count, context in
      Intake.at(context).takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    if request.method == "HEAD" { number(curl_no_body, 1) }
    guard let body = request.body else {
      if request.method != "GET", request.method != "HEAD" { text(curl_method, request.method) }
      return library.perform(handle)
    }
    return body.withUnsafeBytes { bytes in
      _ = curl_set_size(
        library.set, handle, Int32(curl_body_size.rawValue), Int64(bytes.count))
      pointer(curl_body, bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1))
      text(curl_method, request.method)
      return library.perform(handle)
    }
  }
}

/// What comes of one answer.
private final class Intake {
  private(set) var headers: [String: String] = [:]
  private(set) var body: [UInt8] = []
  private(set) var mistake: Diagnostic?
  private let limit: Int
  private var count = 0
  private let take: ((UnsafeRawBufferPointer) throws(Diagnostic) -> Void)?

  init(limit: Int, take: ((UnsafeRawBufferPointer) throws(Diagnostic) -> Void)?) {
    (self.limit, self.take) = (limit, take)
  }

  static func at(_ context: UnsafeMutableRawPointer?) -> Intake {
    Unmanaged<Intake>.fromOpaque(context!).takeUnretainedValue()
  }

  /// Takes bytes of the body; none where they are too many.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    count += bytes.count
    do throws(Diagnostic) {
      guard count <= limit else {
        throw Diagnostic("the server answered with more than the \(limit) bytes it may")
      }
      if let take { try take(bytes) } else { body.append(contentsOf: bytes) }
      return bytes.count
    } catch {
      mistake = error
      return 0
    }
  }

  /// Takes one line of the headers; those of an earlier answer, as before a password, do not count.
  func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    let line = String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") { headers = [:] }
    if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers[line[..<colon].lowercased()] = String(
        value.prefix { !$0.isNewline })
    }
    return bytes.count
  }
}

/// The certificates that are trusted.
private enum CertificateAuthorities {
  /// The file that the environment or the system names; nil: the library's own.
  static let file: String? = {
    let variables: [String] = ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"]
    let named = variables.lazy.compactMap { Variables[$0] }.first
    return named
      ?? [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
      ].first { access($0, R_OK) == 0 }
  }()
}
