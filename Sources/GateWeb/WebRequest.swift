/// One request over http or https.
package struct WebRequest: Sendable {
  package var method = "GET"
  package var url: String
  /// Names and values; none is ever printed.
  package var headers: [(name: String, value: String)] = []
  package var body: [UInt8]?
  /// Seconds until there is a connection, and until all has come.
  package var connectSeconds = 10.0
  package var seconds = 60.0
  /// Bytes of the answer; more of them is an error.
  package var limit = 64 << 20
  /// Signs it as Amazon's services want: service and region with the keys.
  package var signature: Signature?

  /// Keys and what they are for, by which a request to S3 is signed (version 4).
  package struct Signature: Sendable {
    package var region: String
    package var service: String
    package var key: String
    package var secret: String
    /// Of keys that last a while; nil: of others.
    package var token: String?
    package init(
      region: String, service: String = "s3", key: String, secret: String, token: String? = nil
    ) {
      (self.region, self.service) = (region, service)
      (self.key, self.secret, self.token) = (key, secret, token)
    }
  }

  /// A request of a URL, which may hold no name and no password.
  package init(_ url: String, method: String = "GET") {
    (self.url, self.method) = (url, method)
  }

  /// The URL without what may be a secret: name, password and query.
  package var shown: String { Self.shown(url) }

  /// The same of any URL.
  package static func shown(_ url: String) -> String {
    let plain = url.prefix { $0 != "?" && $0 != "#" }
    let parts = plain.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count > 2, parts[1].isEmpty, let at = parts[2].lastIndex(of: "@") else {
      return String(plain)
    }
    let host = parts[2][parts[2].index(after: at)...]
    return ([parts[0], parts[1], host] + parts.dropFirst(3)).joined(separator: "/")
  }
}

/// What came back.
package struct WebResponse: Sendable {
  package var status: Int
  /// By names in small letters; the last of several.
  package var headers: [String: String]
  package var body: [UInt8]

  /// Whether it is what was asked for.
  package var isGood: Bool { (200..<300).contains(status) }

  /// The body as text.
  package var text: String { String(decoding: body, as: UTF8.self) }
}
