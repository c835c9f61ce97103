import GateCore
import GateSystem
import GateWeb

extension FileSource {
  /// An object of S3, or of a store that speaks its language.
  static let s3 = FileSource(
    scheme: "s3",
    summary:
      "An object of S3, with the digest that it must have; keys and endpoint by AWS's own variables.",
    form: "s3://<bucket>/<key>", subject: "an object of S3",
    examples: ["s3://models/loan/7/model.onnx"],
    check: { (uri) throws(Diagnostic) in _ = try StoreAddress(uri) }, needsDigest: true,
    resolve: { (uri, context) throws(Diagnostic) in
      try WebSource.file(uri, try S3.request(try StoreAddress(uri)), context) { response in
        response.headers["x-amz-version-id"].map { ["version": $0] } ?? [:]
      }
    })

  /// An object of Google Cloud Storage.
  static let gs = FileSource(
    scheme: "gs",
    summary: "An object of Google Cloud Storage, with the digest that it must have.",
    form: "gs://<bucket>/<object>", subject: "an object of Google Cloud Storage",
    examples: ["gs://models/loan/7/model.onnx"],
    check: { (uri) throws(Diagnostic) in _ = try StoreAddress(uri) }, needsDigest: true,
    resolve: { (uri, context) throws(Diagnostic) in
      let address = try StoreAddress(uri)
      let base = Variables["STORAGE_EMULATOR_HOST"] ?? "https://storage.googleapis.com"
      var request = WebRequest("\(base)/\(address.store)/\(address.key.escapedPath)")
      if let token = Variables["GOOGLE_OAUTH_ACCESS_TOKEN"]
        ?? Variables["CLOUDSDK_AUTH_ACCESS_TOKEN"]
      {
        request.headers.append(("Authorization", "Bearer \(token)"))
      }
      return try WebSource.file(uri, request, context) { response in
        response.headers["x-goog-generation"].map { ["generation": $0] } ?? [:]
      }
    })

  /// A blob of Azure Storage.
  static let az = FileSource(
    scheme: "az", summary: "A blob of Azure Storage, with the digest that it must have.",
    form: "az://<container>/<blob>", subject: "a blob of Azure Storage",
    examples: ["az://models/loan/7/model.onnx"],
    check: { (uri) throws(Diagnostic) in _ = try StoreAddress(uri) }, needsDigest: true,
    resolve: { (uri, context) throws(Diagnostic) in
      let address = try StoreAddress(uri)
      guard let account = Variables["AZURE_STORAGE_ACCOUNT"] else {
        throw Diagnostic(
          "'\(uri)' is of an account that nothing names", hint: "set AZURE_STORAGE_ACCOUNT")
      }
      let base =
        Variables["AZURE_STORAGE_ENDPOINT"] ?? "https://\(account).blob.core.windows.net"
      let signed = Variables["AZURE_STORAGE_SAS_TOKEN"].map { $0.hasPrefix("?") ? $0 : "?" + $0 }
      var request = WebRequest(
        "\(base)/\(address.store)/\(address.key.escapedPath)\(signed ?? "")")
      request.headers.append(("x-ms-version", "2021-08-06"))
      if signed == nil, let token = Variables["AZURE_ACCESS_TOKEN"] {
        request.headers.append(("Authorization", "Bearer \(token)"))
      }
      return try WebSource.file(uri, request, context) { response in
        response.headers["x-ms-version-id"].map { ["version": $0] } ?? [:]
      }
    })
}

/// A store and the name of an object in it.
struct StoreAddress {
  /// The bucket or container.
  let store: String
  let key: String

  /// Reads `s3://bucket/key`.
  init(_ uri: String) throws(Diagnostic) {
    let parts = uri.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1].isEmpty, !parts[2].isEmpty, !parts[3].isEmpty,
      parts[2].utf8.allSatisfy({ byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-._".utf8.contains(byte)
      })
    else {
      let scheme = parts.first.map(String.init) ?? ""
      throw Diagnostic(
        "'\(uri)' names no object of a store",
        hint: "write it like \(scheme)//models/loan/model.onnx: the store's name, and the object's")
    }
    (store, key) = (String(parts[2]), String(parts[3]))
  }
}

/// Requests to S3.
enum S3 {
  /// The request for an object, signed where there are keys.
  static func request(_ address: StoreAddress) throws(Diagnostic) -> WebRequest {
    let region = Variables["AWS_REGION"] ?? Variables["AWS_DEFAULT_REGION"] ?? "us-east-1"
    let endpoint = Variables["AWS_ENDPOINT_URL_S3"] ?? Variables["AWS_ENDPOINT_URL"]
    let base =
      endpoint.map { "\($0.hasSuffix("/") ? String($0.dropLast()) : $0)/\(address.store)" }
      ?? (address.store.contains(".")
        ? "https://s3.\(region).amazonaws.com/\(address.store)"
        : "https://\(address.store).s3.\(region).amazonaws.com")
    var request = WebRequest("\(base)/\(address.key.escapedPath)")
    guard let key = Variables["AWS_ACCESS_KEY_ID"] else { return request }
    guard let secret = Variables["AWS_SECRET_ACCESS_KEY"] else {
      throw Diagnostic(
        "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not", hint: "set both, or neither")
    }
    request.signature = WebRequest.Signature(
      region: region, key: key, secret: secret, token: Variables["AWS_SESSION_TOKEN"])
    return request
  }
}

extension String {
  /// The text as the path of a URL: slashes stay.
  var escapedPath: String { escaped(keeping: "-._~/") }

  /// The text as one part of a URL's path.
  var escapedPart: String { escaped(keeping: "-._~") }

  /// What is no letter, no digit and not among `marks` by its bytes.
  private func escaped(keeping marks: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return utf8.reduce(into: "") { text, byte in
      let isPlain =
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        || marks.utf8.contains(byte)
      if isPlain {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}
