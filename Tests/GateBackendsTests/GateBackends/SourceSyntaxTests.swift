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

/// How a manifest names its sources is judged before anything is looked at.
@Suite struct SourceSyntaxTests {
  private func mistakes(_ source: String, pin: String = "") throws -> [Diagnostic] {
    let text = "models: {candidate: {from: \(source)\(pin)}, champion: {predictions: a.csv}}"
    return sourceMistakes(in: try parseYAML(Array(text.utf8), name: "m.yaml"))
  }

  @Test(arguments: [
    "git:origin/main", "origin/main:models/x.txt", "'git:'", "'git::x'", "git:main:../x",
    "HEAD~1:x.onnx",
    "mlflow:models:/a@b", "s3://a/b.onnx", "main:models/x.onnx", "'git:HEAD:'", "git:a..b:x",
  ]) func `what names no file is refused at its place`(source: String) throws {
    let found = try mistakes(source)
    #expect(found.count == 1)
    #expect(found.first?.location?.line == 1)
    #expect(found.first?.hint != nil)
  }

  @Test(arguments: [
    "models/x.onnx", "git:origin/main:models/x.onnx", "git:HEAD~1:x", "./main:x",
    "'data/10:30.csv'",
  ]) func `what may name one is taken`(source: String) throws {
    #expect(try mistakes(source).isEmpty)
  }

  @Test(arguments: FileSources.all)
  func `a source says what it is and takes its own examples`(source: FileSource) throws {
    #expect(source.summary.hasSuffix(".") && !source.form.isEmpty && !source.examples.isEmpty)
    for example in source.examples {
      #expect(try FileSources.named(by: example).id == source.id)
      #expect(try mistakes(example).isEmpty == !source.needsDigest)
      #expect(
        try mistakes(example, pin: ", sha256: \(String(repeating: "0", count: 64))").isEmpty)
      #expect(FileSources.isAddress(example) == (source.scheme != nil))
    }
  }

  @Test func `a path has no scheme of its own`() throws {
    #expect(Set(FileSources.all.map(\.id)).count == FileSources.all.count)
    #expect(throws: UnknownScheme.self) { try FileSources.named(by: "path:models/x.onnx") }
    #expect(World.live.addresses.first == "git:<ref>:<path>")
    #expect(World.live.schemes == FileSources.all.compactMap(\.scheme))
  }
}
