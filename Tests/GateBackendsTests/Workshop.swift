import GateBackends
import GateGit
import GateModels
import GateSystem
import GateTables
import GateYAML
import Glibc
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// A folder of one test, and the programs it runs there.
struct Workshop {
  let temporary: TemporaryFolder
  var path: String { temporary.path }

  init() throws { temporary = try TemporaryFolder() }

  /// Writes a file below the folder.
  func write(_ text: String, to name: String) throws {
    try writeWhole(Array(text.utf8), to: path + "/" + name)
  }

  /// Runs a shell line in a folder below this one; git sees no settings but its own.
  @discardableResult
  func run(_ line: String, in folder: String = ".") throws -> String {
    let settings =
      "export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.c"
      + " GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.c"
    let script = "\(settings); set -e; cd '\(path)/\(folder)'; (\n\(line)\n) 2>&1"
    let pipe = try #require(popen(script, "r"))
    var output: [UInt8] = []
    while case let byte = fgetc(pipe), byte != EOF {
      output.append(UInt8(truncatingIfNeeded: byte))
    }
    let text = String(decoding: output, as: UTF8.self)
    try #require(pclose(pipe) == 0, "\(line): \(text)")
    return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

/// The mistake that `body` throws.
func problem<T>(
  _ location: SourceLocation = #_sourceLocation, _ body: () throws -> T
) throws -> Diagnostic {
  do {
    let made = try body()
    Issue.record("wanted a mistake, got \(made)", sourceLocation: location)
  } catch let error as Diagnostic {
    return error
  } catch let error as Diagnostics {
    return try #require(error.all.first)
  }
  return Diagnostic("")
}
