import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

@Suite struct SharedLibraryTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// Opens with an environment of the test's own.
  private func open(_ environment: [String: String]) throws(Diagnostic) -> SharedLibrary {
    try SharedLibrary.open(
      "Example", fileNames: ["libexample-absent.so"], override: "EXAMPLE_PATH",
      environment: { environment[$0] })
  }

  @Test func everyPlaceIsTold() throws {
    let found = diagnostic { _ = try open(["HOME": "/nowhere"]) }
    for place in [
      "'/nowhere/.cache/gatewright/native/current/libexample-absent.so': No such file",
      "../lib/gatewright/libexample-absent.so", "the system's loader: ",
    ] {
      #expect(found.message.contains(place), "\(place)")
    }
    #expect(found.hint?.contains("install Gatewright again (in a clone: make native)") == true)
  }

  @Test(arguments: [
    ("/nowhere", "names '/nowhere', where there is no folder"),
    ("FOLDER:/nowhere", "names '/nowhere', where there is no folder"),
    ("relative:FOLDER", "names 'relative', which is not an absolute path"),
    ("FOLDER", "holds no 'libexample-absent.so'"), (":", "holds no 'libexample-absent.so'"),
  ])
  func foldersOfTheUserAreTheOnlyPlaces(said: String, message: String) throws {
    let path = said.replacing("FOLDER", with: fixture.folder)
    let found = diagnostic { _ = try open(["GATEWRIGHT_LIBRARY_PATH": path, "HOME": "/nowhere"]) }
    #expect(found.message.contains(message), "\(found.message)")
    #expect(!found.message.contains("system's loader"))
  }

  @Test(arguments: ["no library", ""])
  func aFileOfTheUserThatIsNoLibraryIsAnError(text: String) throws {
    let broken = try fixture.write("libexample-absent.so", text)
    let found = diagnostic { _ = try open(["GATEWRIGHT_LIBRARY_PATH": fixture.folder]) }
    #expect(found.message.contains("could not be opened: '\(broken)': "), "\(found.message)")
  }

  @Test func theOverrideIsTheOnlyPlace() throws {
    let relative = diagnostic { _ = try open(["EXAMPLE_PATH": "lib/x.so"]) }
    #expect(relative.message == "EXAMPLE_PATH is 'lib/x.so', which is not an absolute path")
    let missing = diagnostic { _ = try open(["EXAMPLE_PATH": "/nowhere/x.so"]) }
    #expect(missing.message.contains("'/nowhere/x.so': No such file"))
    #expect(!missing.message.contains("system's loader"))
  }

  @Test func symbols() throws {
    let library = try SharedLibrary.open(
      "C", fileNames: ["libc.so.6"], override: nil, environment: { _ in nil })
    let absolute = try library.symbol("abs", as: (@convention(c) (Int32) -> Int32).self)
    #expect(absolute(-3) == 3)
    let missing = diagnostic {
      _ = try library.symbol("no_such_function", as: (@convention(c) () -> Void).self)
    }
    #expect(missing.message.contains("has no function 'no_such_function'"))
  }
}
