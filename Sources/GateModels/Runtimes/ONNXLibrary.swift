internal import COnnxRuntime
import GateCore
import GateSystem
import Glibc

/// ONNX Runtime's table of functions, and what is the same for every session.
final class ONNXLibrary {
  let api: UnsafePointer<OrtApi>
  let version: String
  private(set) var allocator: OpaquePointer?
  private(set) var environment: OpaquePointer?

  /// Opens the library, told before it is loaded to gather no telemetry: from 1.31 on it has its maker's collector
  /// built in, which keeps files in the temporary and the cache folder to be sent.
  init() throws(Diagnostic) {
    setenv("ORT_DISABLE_TELEMETRY", "1", 1)
    let library = try SharedLibrary.open(
      "ONNX Runtime", fileNames: ["libonnxruntime.so", "libonnxruntime.so.1"],
      override: "ORT_DYLIB_PATH")
    let getBase = try library.symbol("OrtGetApiBase", as: COnnxRuntime.OrtGetApiBase.self)
    guard let base = getBase()?.pointee, let text = base.get_version() else {
      throw Diagnostic("the library of ONNX Runtime at '\(library.path)' has no table of functions")
    }
    version = String(cString: text)
    guard let api = base.get_api(UInt32(ort_api_version)) else {
      throw Diagnostic(
        "the library of ONNX Runtime at '\(library.path)' is version \(version)",
        hint: "version 1.11 or newer is needed")
    }
    self.api = api
    try check(ort_default_allocator(api, &allocator), "get its allocator")
    try check(ort_create_env(api, 3, "gatewright", &environment), "start")
  }

  deinit { ort_release_env(api, environment) }

  /// Says what we were doing when a call failed.
  func check(
    _ status: OpaquePointer?, _ doing: @autoclosure () -> String
  ) throws(Diagnostic) {
    guard let status else { return }
    let said = String(cString: ort_error_message(api, status))
    ort_release_status(api, status)
    throw Diagnostic("onnx runtime could not \(doing()): \(said.trimmed)")
  }

  /// A text that the library allocated, which is freed.
  func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    guard let pointer else { return "" }
    let text = String(cString: pointer)
    if let status = ort_free(api, allocator, pointer) { ort_release_status(api, status) }
    return text
  }

  /// The element type and the dimensions of a tensor's description.
  func tensor(_ info: OpaquePointer?) throws(Diagnostic) -> ONNXTensorType {
    var element: Int32 = 0
    var rank = 0
    try check(ort_element_type(api, info, &element), "read a tensor's type")
    try check(ort_rank(api, info, &rank), "read a tensor's rank")
    guard rank <= 16 else { throw Diagnostic("a tensor of the model has \(rank) dimensions") }
    var dimensions = [Int64](repeating: 0, count: rank)
    try check(ort_dimensions(api, info, &dimensions, rank), "read a tensor's shape")
    return ONNXTensorType(element: element, dimensions: dimensions.map { Int($0) })
  }

  /// The type of a value that a run gave.
  func type(of value: OpaquePointer?) throws(Diagnostic) -> ONNXTensorType {
    var info: OpaquePointer?
    try check(ort_tensor_info(api, value, &info), "read an answer's type")
    defer { ort_release_tensor_info(api, info) }
    return try tensor(info)
  }
}

/// What a tensor holds and its shape; a dimension of -1 is any number.
struct ONNXTensorType {
  var element: Int32
  var dimensions: [Int]

  /// The types that are read and written, as ONNX calls them.
  static let names: [Int32: String] = [
    ort_float: "float", ort_double: "double", ort_float16: "float16", ort_int64: "int64",
    ort_int32: "int32", ort_int16: "int16", ort_int8: "int8", ort_uint64: "uint64",
    ort_uint32: "uint32", ort_uint16: "uint16", ort_uint8: "uint8", ort_string: "string",
    ort_bool: "bool",
  ]
  /// Those that are no labels.
  static let floats: Set<Int32> = [ort_float, ort_double, ort_float16]

  /// The type in the words of ONNX.
  var words: String {
    let shape = dimensions.map { $0 < 0 ? "?" : "\($0)" }.joined(separator: ", ")
    return "\(Self.names[element] ?? "type \(element)")[\(shape)]"
  }
}

/// A value of ONNX Runtime that is released with its last user.
final class ONNXValue {
  var pointer: OpaquePointer?
  private let library: ONNXLibrary
  /// None yet.
  init(_ library: ONNXLibrary) { self.library = library }
  deinit { ort_release_value(library.api, pointer) }
}
