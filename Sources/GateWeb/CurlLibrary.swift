internal import CCurl
package import GateCore
import GateSystem

/// libcurl's functions, each under its name without the prefix.
// Unchecked: functions of a library that is never closed.
struct CurlLibrary: @unchecked Sendable {
  let easyInit: curl_easy_init_fn
  let set: curl_easy_setopt_fn
  let get: curl_easy_getinfo_fn
  let perform: curl_easy_perform_fn
  let cleanup: curl_easy_cleanup_fn
  let reason: curl_easy_strerror_fn
  let version: curl_version_fn
  let append: curl_slist_append_fn
  let freeAll: curl_slist_free_all_fn

  /// libcurl as found on this machine, made ready once.
  static func load() throws(Diagnostic) -> CurlLibrary { try loaded.get() }

  private static let loaded = Result { () throws(Diagnostic) in try CurlLibrary() }

  private init() throws(Diagnostic) {
    let library = try SharedLibrary.open(
      "libcurl", fileNames: ["libcurl.so", "libcurl.so.4", "libcurl-gnutls.so.4"])
    easyInit = try library.symbol("curl_easy_init", as: curl_easy_init_fn.self)
    set = try library.symbol("curl_easy_setopt", as: curl_easy_setopt_fn.self)
    get = try library.symbol("curl_easy_getinfo", as: curl_easy_getinfo_fn.self)
    perform = try library.symbol("curl_easy_perform", as: curl_easy_perform_fn.self)
    cleanup = try library.symbol("curl_easy_cleanup", as: curl_easy_cleanup_fn.self)
    reason = try library.symbol("curl_easy_strerror", as: curl_easy_strerror_fn.self)
    version = try library.symbol("curl_version", as: curl_version_fn.self)
    append = try library.symbol("curl_slist_append", as: curl_slist_append_fn.self)
    freeAll = try library.symbol("curl_slist_free_all", as: curl_slist_free_all_fn.self)
    let initialise = try library.symbol("curl_global_init", as: curl_global_init_fn.self)
    let code = initialise(3)
    guard code == 0 else { throw Diagnostic("libcurl could not be made ready: code \(code)") }
  }
}

/// What the command line is told of the library.
package enum Web {
  /// Its version, with those of what it is made of; throws where it was not found.
  package static func version() throws(Diagnostic) -> String {
    let all = try CurlLibrary.load().version().map { String(cString: $0) } ?? "unknown"
    return all.split(separator: " ").prefix(2).joined(separator: " ")
  }
}
