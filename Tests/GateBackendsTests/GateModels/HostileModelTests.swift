import Foundation
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

/// A model that is broken or means harm becomes one clear sentence, and nothing else.
struct HostileModelTests {
  let rows = FixtureTests.plain.rows

  /// A file of the given bytes in a folder of its own, for the length of a call.
  func with<R>(_ name: String, _ bytes: [UInt8], _ body: (String) throws -> R) throws -> R {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return try body(file.path)
  }

  /// The bytes of a fixture.
  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: Models.folder + name)))
  }

  @Test(.timeLimit(.minutes(60))) func anEndlessLoopEndsAtItsTime() throws {
    let error = Models.failure(Models.source("endless.onnx", seconds: 2), rows)
    #expect(
      error?.hasPrefix(
        "the worker process that scores candidate did not finish within 2 s") == true,
      "\(error ?? "")")
  }

  @Test func memoryIsBounded() throws {
    let error = Models.failure(Models.source("huge.onnx", memory: 2 << 30), rows)
    #expect(error?.contains("ran out of memory: it may use 2 GB") == true, "\(error ?? "")")
  }

  @Test func tooLittleMemoryForTheLibraryIsSaidSo() {
    let error = Models.failure(Models.source("labels.onnx", memory: 30 << 20), rows)
    #expect(error?.contains("ran out of memory: it may use 0.03 GB") == true, "\(error ?? "")")
  }

  @Test func theSameMistakeIsTheSameSentence() throws {
    let half = Array(try bytes("binary.xgboost.json").prefix(3000))
    let errors = try (0..<2).map { _ in
      try with("model.json", half) { path in
        usleep(1_100_000)  // the library's messages tell the time
        return Models.failure(Models.source(path), rows)?.replacing(path, with: "")
      }
    }
    #expect(errors[0] == errors[1] && errors[0]?.contains("which may be cut short") == true)
    #expect(errors[0]?.contains("json.cc") == false, "\(errors[0] ?? "")")
  }

  @Test func otherFilesAreNotRead() throws {
    let error = Models.failure(Models.source("external.onnx"), rows)
    #expect(error?.contains("external data") == true, "\(error ?? "")")
  }

  @Test(arguments: ["mixed.onnx", "zipmap.onnx", "classes-zipmap.onnx"])
  func aTruncatedONNXFileIsRefused(_ name: String) throws {
    let whole = try bytes(name)
    for length in [0, 1, 7, whole.count / 3, whole.count / 2, whole.count - 1] {
      let error = try with("model.onnx", Array(whole.prefix(length))) {
        Models.failure(Models.source($0, features: ["income", "age"]), rows)
      }
      #expect(error != nil)
      #expect(error?.contains("ended") == false, "\(length): \(error ?? "")")
      #expect(
        error?.contains("whole ONNX file") == true || error?.contains("is empty") == true,
        "\(length): \(error ?? "")")
    }
  }

  @Test func aLightGBMTextCutInHalfIsRefused() throws {
    let whole = try bytes("binary.lightgbm.txt")
    let text = String(decoding: whole, as: UTF8.self)
    let lengths = stride(from: 20, to: whole.count - 2, by: whole.count / 12).map(\.self)
    let end = text.range(of: "end of parameters")!
    let extra = text.utf8.distance(from: text.startIndex, to: end.lowerBound)
    for length in lengths + [extra, whole.count - 6] {
      let error = try with("model.lightgbm.txt", Array(whole.prefix(length))) {
        Models.failure(Models.source($0), FixtureTests.gaps.rows)
      }
      let afterTrees = error?.contains("a number, and the column is STRING") == true
      #expect(
        error?.contains("whole LightGBM text model") == true || afterTrees,
        "\(length): \(error ?? "")")
    }
  }

  @Test func randomBytesAreRefused() throws {
    var generator = SplitMix(state: 5)
    for length in [3, 100, 5000] {
      let noise = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      for (name, bytes) in [
        ("model.ubj", noise), ("model.ubj", Array("{L".utf8) + noise), ("model.onnx", noise),
        ("model.json", Array("{\"learner\":".utf8) + noise),
      ] {
        let error = try with(name, bytes) {
          Models.failure(Models.source($0, seconds: 10), rows)
        }
        #expect(error != nil, "\(name) \(length)")
        #expect(error?.unicodeScalars.contains { $0.value < 32 } == false)
      }
    }
  }

  @Test func damagedModelsNeverEndTheParent() throws {
    var generator = SplitMix(state: 17)
    for name in ["binary.xgboost.ubj", "binary.lightgbm.txt", "mixed.onnx"] {
      let whole = try bytes(name)
      for _ in 0..<6 {
        var damaged = whole
        for _ in 0..<4 {
          damaged[Int(generator.next() % UInt64(whole.count))] = UInt8(
            truncatingIfNeeded: generator.next())
        }
        _ = try with(name, damaged) {
          Models.failure(Models.source($0, seconds: 10), FixtureTests.gaps.rows)
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(60))) func aWorkerThatIsKilledIsSaidSo() throws {
    let model = Models.source("endless.onnx", seconds: 600)
    let worker = try WorkerClient(
      model, executable: Models.executable, temporary: Models.temporary)
    let pid = worker.pid
    Thread.detachNewThread {
      usleep(300_000)
      kill(pid, SIGSEGV)
    }
    let error = #expect(throws: Diagnostic.self) { try worker.score([rows["income"]], rows: 40) }
    #expect(
      error?.message.contains(
        "the worker process that scores candidate was ended by signal 11 (SIGSEGV)") == true)
    #expect(kill(pid, 0) == -1, "the worker was not reaped")
  }

  @Test func aProgramThatIsNoWorkerIsAnError() throws {
    for program in ["/bin/false", "/bin/cat", "/nonexistent/gatewright"] {
      var error: Diagnostic?
      do {
        _ = try score(
          Models.source("labels.onnx"), rows: rows, executable: program,
          temporary: Models.temporary)
      } catch let found {
        error = found
      }
      #expect(error != nil, "\(program)")
    }
  }

  @Test func aModelThatVanishedIsAnError() throws {
    let error = Models.failure(Models.source("/nonexistent/model.onnx"), rows)
    #expect(
      error?.hasPrefix(
        "cannot read the model '/nonexistent/model.onnx': No such file or directory") == true)
  }

  @Test(arguments: ["model.pkl", "model.joblib", "model.pt", "model.h5", "model.onnx"])
  func programsAreRefused(_ name: String) throws {
    let error = try with(name, [0x80, 0x04, 0x95, 0, 0, 0]) {
      Models.failure(Models.source($0), rows)
    }
    #expect(
      error?.contains("runs code when it is read") == true || error?.contains("Keras") == true)
    #expect(error?.contains("ONNX") == true)
  }

  @Test func anUnknownFileIsRefused() throws {
    let error = try with("model.bin", Array("hello".utf8)) {
      Models.failure(Models.source($0), rows)
    }
    #expect(error?.contains("cannot tell which runtime scores the model") == true)
  }

  @Test func messagesThatLieAboutLengthsAreRefused() throws {
    var generator = SplitMix(state: 3)
    var answers = AnswerDescription()
    (answers.classes, answers.hasTextLabels, answers.rounds) = (["no", "yes"], true, 3)
    let unseen = [UnseenCategories(input: 0, count: 2, first: "x", row: 1)]
    for message in [
      Message.scored(.numbers([1, 2, 3, 4], width: 2, labels: ["a", "b"]), unseen: unseen),
      .scored(
        .labelled([1, 2, 3, 4], width: 2, codes: [0, 1], dictionary: ["a", "b"]), unseen: []),
      .described(
        ModelDescription(
          inputs: [ModelInput(name: "income", kind: .number)], runtime: "onnx",
          runtimeVersion: "1", answers: answers)),
      .scored(.labels(codes: [0, 1], dictionary: ["a", "b"]), unseen: []),
      .open(
        OpenRequest(
          path: "m", sha256: "00", name: "m", runtime: "onnx", task: .binary,
          options: ModelOptions(link: .sigmoid, categories: ["a"], unseen: 0.1), memory: 1,
          seconds: 1)),
    ] {
      let whole = message.encoded
      let payload = Array(whole[Message.header...])
      for length in payload.indices {
        #expect(throws: Diagnostic.self) {
          try Message(kind: whole[0], payload: payload.prefix(length))
        }
      }
      for _ in 0..<2000 {
        var damaged = payload
        damaged[Int(generator.next() % UInt64(damaged.count))] = UInt8(
          truncatingIfNeeded: generator.next())
        _ = try? Message(kind: whole[0], payload: damaged[...])
      }
    }
  }
}

/// Numbers that look random and are the same every time.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
