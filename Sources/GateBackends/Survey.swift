import GateKit

/// The files below a folder that a first manifest could name: tables of rows, and models.
public struct Survey: Sendable {
  /// From the folder, in byte order; files of one folder whose names differ in numbers alone are one glob.
  public let tables: [String]
  /// The files that look like models, from the folder.
  public let models: [String]

  /// Files beyond which the rest of a folder is not looked at.
  private static let most = 2_000
  /// Folders that hold tools' own files.
  private static let passed: Set<String> = [
    "node_modules", "build", "dist", "venv", "env", "target", "__pycache__", "site-packages",
  ]

  /// Looks into a folder and those three deep below it; hidden ones are passed over.
  public init(of folder: String) {
    var files: [String] = []
    Self.collect(folder, below: "", depth: 0, into: &files)
    // A name with signs of a glob would be read as one.
    files = files.filter { !$0.utf8.contains(where: "*?[".utf8.contains) }
    var models: [String] = []
    var series: [(pattern: String, files: [String])] = []
    for file in files {
      let path = absolute(file, from: folder)
      if Self.isModel(path: path, name: file) {
        models.append(file)
      } else if DataFormat(name: file) != nil {
        let pattern = Self.pattern(file)
        if let place = series.firstIndex(where: { $0.pattern == pattern }) {
          series[place].files.append(file)
        } else {
          series.append((pattern, [file]))
        }
      }
    }
    self.models = models
    tables = series.flatMap { series in
      series.files.count > 2 && series.pattern.contains("*") ? [series.pattern] : series.files
    }
  }

  private static func collect(
    _ folder: String, below: String, depth: Int, into files: inout [String]
  ) {
    for name in (try? names(in: folder)) ?? [] where !name.hasPrefix(".") && !name.hasPrefix("_") {
      guard files.count < most, let found = status(folder + "/" + name) else { continue }
      if found.isFile { files.append(below + name) }
      if found.isFolder, depth < 3, !passed.contains(name) {
        collect(folder + "/" + name, below: below + name + "/", depth: depth + 1, into: &files)
      }
    }
  }

  /// The files of a folder itself that could be manifests.
  public static func manifests(of folder: String) -> [String] {
    ((try? names(in: folder)) ?? []).filter { name in
      !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
    }
  }

  /// Whether something scores a file that could be a model by its name.
  private static func isModel(path: String, name: String) -> Bool {
    let lower = name.lowercased()
    guard [".onnx", ".ubj", ".json", ".txt", ".lgb", ".model"].contains(where: lower.hasSuffix)
    else { return false }
    return (try? Runtimes.detect(path: path, uri: name)) != nil
  }

  /// The name with every run of digits as `*`.
  private static func pattern(_ name: String) -> String {
    var pattern = ""
    for character in name {
      if !("0"..."9").contains(character) {
        pattern.append(character)
      } else if pattern.last != "*" {
        pattern.append("*")
      }
    }
    return pattern
  }
}
