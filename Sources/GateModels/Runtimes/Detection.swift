package import GateCore
import GateSystem
import Glibc

extension Runtimes {
  /// Which runtime scores the file at `path`, from its name and its first bytes: the one for which most speaks, of
  /// several the first of the list.
  ///
  /// - Throws: A `Diagnostic` when no runtime does; formats that run code when they are read are refused by name.
  package static func detect(path: String, uri: String) throws(Diagnostic) -> Runtime {
    let head = FileHead(name: uri, bytes: try refusePrograms(path: path, uri: uri))
    let found = all.map { (runtime: $0, likeness: $0.likeness(head)) }
    for likeness in Likeness.allCases {
      if let own = found.first(where: { $0.likeness == likeness }) { return own.runtime }
    }
    if DataFormat(name: head.name) != nil || head.bytes.starts(with: Array("PAR1".utf8)) {
      throw Diagnostic(
        "'\(uri)' is a table, and no model that could be scored",
        hint:
          "where it holds scores made elsewhere, name it by 'predictions' in place of 'from', with the column of "
          + "its score")
    }
    let known = all.map { "\($0.id) (\($0.suffixes.joined(separator: ", ")))" }
    throw Diagnostic(
      "cannot tell which runtime scores the model '\(uri)'",
      hint: "say runtime: " + known.joined(separator: ", "))
  }

  /// Refuses formats that run code when they are read; gives the first bytes of others.
  @discardableResult
  static func refusePrograms(path: String, uri: String) throws(Diagnostic) -> [UInt8] {
    let head = try FileBytes.read(path, named: uri, limit: 1 << 16)
    if let kind = pickle(uri.lowercased(), head) {
      throw Diagnostic(
        "the model '\(uri)' is \(kind), which runs code when it is read",
        hint: "export it to ONNX, or save it as LightGBM text or XGBoost json")
    }
    return head
  }

  /// What kind of program in a file this is, if it is one.
  private static func pickle(_ name: String, _ head: [UInt8]) -> String? {
    for suffix in [".pkl", ".pickle", ".joblib", ".dill"] where name.hasSuffix(suffix) {
      return "a Python pickle"
    }
    for suffix in [".pt", ".pth", ".bin.pt"] where name.hasSuffix(suffix) {
      return "a PyTorch file, a Python pickle"
    }
    for suffix in [".h5", ".hdf5", ".keras"] where name.hasSuffix(suffix) {
      return "a Keras file, which may hold Python functions"
    }
    if head.count >= 2, head[0] == 0x80, (2...5).contains(head[1]) { return "a Python pickle" }
    return nil
  }
}

/// Reading whole files.
enum FileBytes {
  /// The bytes of a regular file, or its first `limit`.
  static func read(
    _ path: String, named name: String, limit: Int = .max
  ) throws(Diagnostic) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(name, Subprocess.reason(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(name, Subprocess.reason(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failure(name, "it is not a file") }
    let wanted = min(limit, Int(status.st_size))
    var read = 0
    var number: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      while read < wanted {
        let got = Glibc.read(descriptor, buffer.baseAddress! + read, wanted - read)
        if got < 0, errno == EINTR { continue }
        if got < 0 { number = errno }
        if got <= 0 { break }
        read += got
      }
      count = read
    }
    guard number == 0 else { throw failure(name, Subprocess.reason(number)) }
    return bytes
  }

  /// Says that a file could not be read.
  private static func failure(_ name: String, _ reason: String) -> Diagnostic {
    Diagnostic("cannot read the model '\(name)': \(reason)")
  }
}
