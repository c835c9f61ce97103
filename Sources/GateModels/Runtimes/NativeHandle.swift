/// What a native library has made and wants back, which it gets when nothing holds this any more.
final class NativeHandle {
  /// Where the library puts it; nil: it made none yet.
  var pointer: UnsafeMutableRawPointer?
  private let free: (UnsafeMutableRawPointer?) -> Int32

  /// None yet.
  init(free: @escaping (UnsafeMutableRawPointer?) -> Int32) { self.free = free }

  deinit { if let pointer { _ = free(pointer) } }
}
