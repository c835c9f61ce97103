import Glibc

/// Removes a file, or a folder with all that is in it, as far as that is possible; links are removed and not followed.
///
/// Names may be any bytes, and folders may stand deeper than a path is long: those below the second are moved up to the
/// first, so that no depth keeps them.
func removeTree(_ path: String) {
  var found = stat()
  guard lstat(path, &found) == 0 else { return }
  guard found.isFolder else {
    unlink(path)
    return
  }
  chmod(path, 0o700)
  let top = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
  if top >= 0 {
    var moved = 0
    while removeEntries(of: top, movingTo: top, &moved) {}
    close(top)
  }
  rmdir(path)
}

/// Removes what is in a folder; folders in a folder of `top` are moved to it. Gives whether one was.
private func removeEntries(of folder: Int32, movingTo top: Int32, _ moved: inout Int) -> Bool {
  var hasMoved = false
  for name in entries(of: folder) {
    if unlinkat(folder, name, 0) == 0 || unlinkat(folder, name, AT_REMOVEDIR) == 0 { continue }
    fchmodat(folder, name, 0o700, 0)
    if folder != top {
      hasMoved = move(name, of: folder, to: top, &moved) || hasMoved
      continue
    }
    let inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard inner >= 0 else { continue }
    hasMoved = removeEntries(of: inner, movingTo: top, &moved) || hasMoved
    close(inner)
    unlinkat(folder, name, AT_REMOVEDIR)
  }
  return hasMoved
}

/// Gives a folder a name in another that is still free there.
private func move(
  _ name: [CChar], of folder: Int32, to top: Int32, _ moved: inout Int
) -> Bool {
  repeat {
    moved += 1
    if renameat(folder, name, top, ".moved-\(moved)") == 0 { return true }
  } while errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR
  return false
}

/// The names in an open folder, byte by byte, without `.` and `..`.
private func entries(of folder: Int32) -> [[CChar]] {
  let own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard own >= 0, let stream = fdopendir(own) else { return [] }
  defer { closedir(stream) }
  var names: [[CChar]] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      Array(bytes.bindMemory(to: CChar.self).prefix { $0 != 0 }) + [0]
    }
    let dot = CChar(0x2e)
    if name != [dot, 0], name != [dot, dot, 0] { names.append(name) }
  }
  return names
}
