import Glibc

/// The variables of this process.
package enum Variables {
  /// One that is set to something; nil: it is not set, or to nothing.
  package static subscript(name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Each by name.
  package static var all: [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equal = text.firstIndex(of: "=") {
        found.append((String(text[..<equal]), String(text[text.index(after: equal)...])))
      }
      next += 1
    }
    return found
  }
}
