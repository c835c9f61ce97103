package import GateCore

/// A library that scores models: what it is, which files are its own, and how it opens one.
package struct Runtime: Sendable, Identifiable {
  /// As `runtime:` in a manifest has it.
  package let id: String
  /// One sentence.
  package let summary: String
  /// How names of its files end.
  package let suffixes: [String]
  /// How they may end, too, which `init` looks at.
  package var otherSuffixes: [String] = []
  /// The keys of a model in a manifest that not every runtime has and this one does.
  let keys: Set<String>
  /// What speaks for a file being one of its own; nil: nothing does.
  let likeness: @Sendable (FileHead) -> Likeness?
  let readVersion: @Sendable () throws(Diagnostic) -> String
  /// Opens a model in this process, refusing what is not whole.
  let open: @Sendable (ModelFile) throws(Diagnostic) -> any ModelRuntime

  /// Opens the library and gives its version.
  package func version() throws(Diagnostic) -> String { try readVersion() }
}

/// What speaks for a file being a runtime's, the strongest first.
enum Likeness: CaseIterable {
  /// It begins as no other file does.
  case signature
  /// Its name.
  case name
  /// It holds what files of that runtime hold, as others might.
  case contents
}

/// What a file is told by: its name and its beginning.
struct FileHead {
  /// In small letters.
  let name: String
  let bytes: [UInt8]
  /// The same as text.
  let text: String

  /// The beginning of the file that is called so.
  init(name: String, bytes: [UInt8]) {
    self.name = name.lowercased()
    self.bytes = bytes
    text = String(decoding: bytes, as: UTF8.self)
  }
}

/// What scores models.
package enum Runtimes {
  /// Every runtime, in the order of `list`; a new one is a line here.
  package static let all: [Runtime] = [.onnx, .lightgbm, .xgboost]

  /// Refuses keys of a manifest that another runtime than the model's has.
  static func refuseForeign(
    _ options: ModelOptions, _ runtime: Runtime, _ role: Role
  ) throws(Diagnostic) {
    let keys: [(key: String, isSaid: Bool)] = [
      ("iterations", options.iterations != nil), ("unseen", options.unseen != nil),
      ("categories", options.categories != nil), ("output", options.output != nil),
    ]
    guard let found = keys.first(where: { $0.isSaid && !runtime.keys.contains($0.key) }) else {
      return
    }
    let others = all.filter { $0.keys.contains(found.key) }.map(\.id)
    throw Diagnostic(
      "'\(found.key)' is for \(others.joined(separator: " and ")), and \(role) is \(runtime.id)",
      hint: "leave it out of models.\(role)")
  }

  /// The runtime called `id`.
  static func named(_ id: String) throws(Diagnostic) -> Runtime {
    let known = all.map(\.id)
    guard let runtime = all.first(where: { $0.id == id }) else {
      let near = id.nearest(in: known).map { "did you mean '\($0)'? " } ?? ""
      throw Diagnostic(
        "unknown runtime '\(id)'", hint: near + "known are " + known.joined(separator: ", "))
    }
    return runtime
  }
}
