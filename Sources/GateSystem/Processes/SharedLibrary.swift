package import GateCore
import Glibc

/// A library opened at run time, so that the program starts on machines that lack it.
package final class SharedLibrary: Sendable {
  /// The file that was opened, links resolved; the plain name where the system's loader found it.
  package let path: String
  /// The library's name for people: `DuckDB`.
  package let name: String
  /// What the loader gave; never closed, since threads of the library may outlive its last user.
  private let handle: Handle

  /// The loader's word for an open library.
  private struct Handle: @unchecked Sendable {  // an opaque word that `dlsym` takes from any thread
    let pointer: UnsafeMutableRawPointer
  }

  private init(path: String, name: String, pointer: UnsafeMutableRawPointer) {
    self.path = path
    self.name = name
    self.handle = Handle(pointer: pointer)
  }

  /// Opens the first of `fileNames` that loads, from the places a user can name to the system's own.
  ///
  /// - Parameters:
  ///   - name: The library's name for people.
  ///   - fileNames: Its file names, the preferred first.
  ///   - override: An environment variable that names the file itself, such as `ORT_DYLIB_PATH`.
  /// - Throws: One `Diagnostic` that lists each place and why it did not serve.
  package static func open(
    _ name: String, fileNames: [String], override: String? = nil
  ) throws(Diagnostic) -> SharedLibrary {
    try open(name, fileNames: fileNames, override: override, environment: environmentValue)
  }

  /// The same with the environment as a function, so that a test can give its own.
  static func open(
    _ name: String, fileNames: [String], override: String?, environment: (String) -> String?
  ) throws(Diagnostic) -> SharedLibrary {
    if let override, let chosen = environment(override), !chosen.isEmpty {
      return try open(name, at: chosen, override: override)
    }
    if let said = environment(variable), !said.isEmpty {
      return try open(name, fileNames: fileNames, in: said)
    }
    var tried: [String] = []
    for folder in folders(environment: environment) {
      for fileName in fileNames {
        switch load(folder + "/" + fileName) {
        case .success(let found):
          return SharedLibrary(path: found.path, name: name, pointer: found.pointer)
        case .failure(let reason): tried.append(reason.text)
        }
      }
    }
    for fileName in fileNames {
      if let pointer = dlopen(fileName, RTLD_NOW | RTLD_LOCAL) {
        return SharedLibrary(path: fileName, name: name, pointer: pointer)
      }
      tried.append("the system's loader: \(loaderMessage())")
    }
    try refuseTooLittleMemory(name, tried.joined())
    throw Diagnostic(
      "the library of \(name) was not found; tried " + tried.joined(separator: "; "),
      hint:
        "install Gatewright again (in a clone: make native), or set \(variable) to the folder that "
        + "holds '\(fileNames.first ?? name)'")
  }

  /// The variable that names the folders to look in, and no others.
  private static let variable = "GATEWRIGHT_LIBRARY_PATH"

  /// Opens the first of `fileNames` that is in one of the folders a user named; what is not as it was said is an
  /// error, and no other place is tried.
  private static func open(
    _ name: String, fileNames: [String], in said: String
  ) throws(Diagnostic) -> SharedLibrary {
    let folders = said.split(separator: ":").map(String.init)
    let advice =
      "correct \(variable), or unset it to look in the usual places ('gatewright doctor' shows them)"
    for folder in folders {
      guard folder.hasPrefix("/") else {
        throw Diagnostic(
          "\(variable) names '\(folder)', which is not an absolute path", hint: advice)
      }
      guard status(folder)?.isFolder == true else {
        throw Diagnostic(
          "\(variable) names '\(folder)', where there is no folder", hint: advice)
      }
    }
    for path in folders.flatMap({ folder in fileNames.map { folder + "/" + $0 } }) {
      var found = stat()
      guard lstat(path, &found) == 0 else { continue }
      switch load(path) {
      case .success(let found):
        return SharedLibrary(path: found.path, name: name, pointer: found.pointer)
      case .failure(let reason):
        try refuseTooLittleMemory(name, reason.text)
        throw Diagnostic(
          "the library of \(name) that \(variable) leads to could not be opened: \(reason.text)",
          hint: advice)
      }
    }
    let wanted = fileNames.map { "'\($0)'" }.joined(separator: " or ")
    throw Diagnostic(
      "the library of \(name) was not found: \(variable) is '\(said)', which holds no \(wanted)",
      hint: advice)
  }

  /// The function or variable `name`, as the C type `type`.
  package func symbol<T>(_ name: String, as type: T.Type) throws(Diagnostic) -> T {
    guard MemoryLayout<T>.size == MemoryLayout<UnsafeMutableRawPointer>.size else {
      throw Diagnostic("the type of '\(name)' of \(self.name) is not a C function")
    }
    guard let found = dlsym(handle.pointer, name) else {
      throw Diagnostic(
        "the library of \(self.name) at '\(path)' has no function '\(name)'",
        hint: "it may be too old; install Gatewright again (in a clone: make native)")
    }
    return unsafeBitCast(found, to: type)
  }

  /// Opens the very file the override variable names; no other place is tried.
  private static func open(
    _ name: String, at chosen: String, override: String
  ) throws(Diagnostic) -> SharedLibrary {
    let advice = "set \(override) to the absolute path of the library's file, or unset it"
    guard chosen.hasPrefix("/") else {
      throw Diagnostic(
        "\(override) is '\(chosen)', which is not an absolute path", hint: advice)
    }
    switch load(chosen) {
    case .success(let found):
      return SharedLibrary(path: found.path, name: name, pointer: found.pointer)
    case .failure(let reason):
      try refuseTooLittleMemory(name, reason.text)
      throw Diagnostic(
        "the library of \(name) that \(override) names could not be opened: \(reason.text)",
        hint: advice)
    }
  }

  /// Throws where the loader says that memory was refused, which another run may have.
  private static func refuseTooLittleMemory(_ name: String, _ said: String) throws(Diagnostic) {
    let signs = ["failed to map segment", "annot allocate memory", "cannot map zero-fill pages"]
    guard signs.contains(where: said.contains) else { return }
    throw .outOfMemory(doing: "the library of \(name) could not be opened")
  }

  /// Why one place did not serve.
  private struct Reason: Error { let text: String }

  /// Opens the file behind `path`; links are resolved first, as a run path is relative to the real file.
  private static func load(
    _ path: String
  ) -> Result<(path: String, pointer: UnsafeMutableRawPointer), Reason> {
    guard let resolved = realpath(path, nil) else {
      return .failure(Reason(text: "'\(path)': \(String(cString: strerror(errno)))"))
    }
    defer { free(resolved) }
    let file = String(cString: resolved)
    guard let pointer = dlopen(file, RTLD_NOW | RTLD_LOCAL) else {
      return .failure(Reason(text: "'\(file)': \(loaderMessage())"))
    }
    return .success((file, pointer))
  }

  /// What the loader said of its last failure.
  private static func loaderMessage() -> String {
    dlerror().map { String(cString: $0) } ?? "it did not load"
  }

  /// The usual folders, in order: beside the program, then in the user's cache.
  private static func folders(environment: (String) -> String?) -> [String] {
    var folders = Shipped.folders("../lib/gatewright", "")
    if let cache = environment("XDG_CACHE_HOME"), cache.hasPrefix("/") {
      folders.append(cache + "/gatewright/native/current")
    } else if let home = environment("HOME"), home.hasPrefix("/") {
      folders.append(home + "/.cache/gatewright/native/current")
    }
    return folders
  }

  /// The value of an environment variable.
  private static func environmentValue(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
