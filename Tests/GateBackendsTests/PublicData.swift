import Foundation

/// Public data sets with real models and the reference libraries' figures, where a machine has them: the folder that
/// GATEWRIGHT_SHARED_DATA names, or a `data` folder with them in a folder beside this checkout.
enum PublicData {
  static let folder: URL? = {
    if let named = ProcessInfo.processInfo.environment["GATEWRIGHT_SHARED_DATA"] {
      return holds(URL(filePath: named)) ? URL(filePath: named) : nil
    }
    var above = URL(filePath: #filePath)
    for _ in 0..<4 { above.deleteLastPathComponent() }
    let siblings = (try? FileManager.default.contentsOfDirectory(atPath: above.path)) ?? []
    return siblings.sorted().map { above.appending(path: "\($0)/data") }.first(where: holds)
  }()

  private static func holds(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "adult/expected.json").path)
  }
}
