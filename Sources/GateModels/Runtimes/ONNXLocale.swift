import GateCore
import Glibc

/// The locales by which ONNX Runtime makes texts lower or upper case, on machines that lack them.
enum ONNXLocale {
  /// Sees that each locale can be opened; where one of English is missing, C's of UTF-8 stands in for it, whose rules
  /// for letters are the same.
  ///
  /// - Throws: A `Diagnostic` that says what to install.
  static func prepare(_ names: [String]) throws(Diagnostic) {
    let missing = names.filter { !exists($0) }
    guard let first = missing.first else { return }
    // Others have letters of their own, such as Turkish the i without a dot.
    if missing.allSatisfy({ $0.hasPrefix("en_") && isUnicode($0) }), standIn(for: missing),
      names.allSatisfy(exists)
    {
      return
    }
    throw Diagnostic(
      "the model changes the case of texts by the locale '\(first)', which this machine lacks",
      hint:
        "install it (Debian and Ubuntu: apt-get install locales-all), or set LOCPATH to a folder that holds it"
    )
  }

  /// Whether a locale can be opened; it stays open, so that it is found again when its files are gone.
  private static func exists(_ name: String) -> Bool {
    newlocale(1 << LC_CTYPE | 1 << LC_COLLATE, name, nil) != nil
      && newlocale(0x1FBF, name, nil) != nil
  }

  /// Whether a locale's texts are UTF-8, by its name.
  private static func isUnicode(_ name: String) -> Bool {
    guard let dot = name.firstIndex(of: ".") else { return false }
    return ["utf-8", "utf8"].contains(name[name.index(after: dot)...].lowercased())
  }

  /// Gives C's locale of UTF-8 those names, in a folder of this process's own.
  private static func standIn(for names: [String]) -> Bool {
    let known = ["/usr/lib/locale/C.utf8", "/usr/lib/locale/C.UTF-8"]
    guard let real = known.first(where: { access($0 + "/LC_CTYPE", R_OK) == 0 }),
      let here = getcwd(nil, 0)
    else { return false }
    defer { free(here) }
    let folder = String(cString: here) + "/locale"
    guard mkdir(folder, 0o700) == 0 else { return false }
    for name in names where !name.contains("/") { symlink(real, folder + "/" + name) }
    let before = getenv("LOCPATH").map { String(cString: $0) } ?? "/usr/lib/locale"
    setenv("LOCPATH", folder + ":" + before, 1)
    let found = names.allSatisfy(exists)
    for name in names { unlink(folder + "/" + name) }
    rmdir(folder)
    return found
  }
}
