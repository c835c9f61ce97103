import GateBackends
import GateCore
import GateKit
import GateModels
import GateSchema
import GateTables
import GateWeb

/// What the command line is told of the rest of the program; the one place to join them.
enum Wiring {
  /// The gates with their parameters, by kind.
  static let gates = Gates.options(task: nil)
  /// What can score a model.
  static let runtimes = Runtimes.all.map { runtime in
    Shape.Option(
      runtime.id,
      runtime.summary + " Files: " + runtime.suffixes.joined(separator: ", ") + ".", [])
  }
  /// The keys of a manifest.
  static let manifest: [Parameter] = {
    if case .record(let parameters) = Manifest.shape(task: nil, in: .live) {
      parameters
    } else {
      []
    }
  }()

  /// Looks for the native libraries.
  static let probe: @Sendable () -> [LibraryCheck] = {
    [look("duckdb", "reads data", DuckDBDatabase.version)]
      + Runtimes.all.map { look($0.id, "runs models", $0.version) }
      + [look("libcurl", "fetches files over https and from stores", isOptional: true, Web.version)]
  }

  private static func look(
    _ name: String, _ purpose: String, isOptional: Bool = false,
    _ version: () throws(Diagnostic) -> String
  ) -> LibraryCheck {
    var found = LibraryCheck(name: name, purpose: purpose, isOptional: isOptional)
    do throws(Diagnostic) { found.version = try version() } catch { found.reason = error.sentence }
    return found
  }
}

/// What came of looking for one native library or tool.
struct LibraryCheck: Sendable {
  /// The library's name.
  let name: String
  /// What it is for: `onnx models`.
  let purpose: String
  /// Whether most manifests do without it.
  var isOptional = false
  /// As the library says it; nil: it was not found.
  var version: String?
  /// Why it was not: every path that was tried.
  var reason: String?
}
