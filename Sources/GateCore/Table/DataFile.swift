/// One file of a table or a model as it was when it was hashed.
package struct DataFile: Sendable, Hashable {
  /// Where its bytes are read: what was opened to be hashed, where that stays open.
  package var path: String
  /// As the record shows it: from the manifest's folder where it stands in it.
  package var name: String
  package var bytes: Int
  /// Lower-case hexadecimal; empty: it was not hashed, or is when it is read.
  package var sha256: String
  /// What tells whether it was changed since.
  package var state: State?
  /// The columns that its folders give: of `year=2026/month=1/`, in that order.
  package var partitions: [Partition]

  package init(
    path: String, name: String, bytes: Int, sha256: String, state: State? = nil,
    partitions: [Partition] = []
  ) {
    self.path = path
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
    self.state = state
    self.partitions = partitions
  }

  /// Where it stands, by the name that says what is in it.
  package var place: String { state?.place ?? path }

  /// What its bytes must have when they are read; nil: it was not hashed.
  package var digest: String? { sha256.isEmpty ? nil : sha256 }

  /// A file that is read as it is found, without a digest.
  package init(unhashed path: String) {
    self.init(path: path, name: path, bytes: 0, sha256: "")
  }

  /// What a file system says of a file; no change of its bytes leaves all of it as it was.
  package struct State: Sendable, Hashable {
    /// Where the file stands, links in its folders resolved.
    package var place: String
    package var device: UInt64
    package var inode: UInt64
    package var bytes: Int
    /// Nanoseconds since 1970 of the last change of the bytes.
    package var modified: Int
    /// Nanoseconds since 1970 of the last change of the file or of what is said of it; nobody can set it.
    package var changed: Int
    /// Whether it was changed so shortly before it was hashed that its times could hide a change since.
    package var isFresh = false

    package init(
      place: String, device: UInt64, inode: UInt64, bytes: Int, modified: Int, changed: Int
    ) {
      self.place = place
      self.device = device
      self.inode = inode
      self.bytes = bytes
      self.modified = modified
      self.changed = changed
    }
  }

  /// A column that a folder's name gives to all rows below it.
  package struct Partition: Sendable, Hashable {
    package var name: String
    /// Nil: a missing value.
    package var value: String?

    package init(name: String, value: String?) {
      self.name = name
      self.value = value
    }
  }
}

/// Which of the files that a path stands for are a table's.
package struct FileChoice: Sendable, Hashable {
  /// Globs of names, or of paths below the folder, that are left out.
  package var exclude: [String]
  /// The format that the manifest says; nil: as each name says.
  package var format: String?
  /// Whether the names of folders give columns.
  package var partitions: Bool
  /// Whether the table's keys may say the first two, for hints.
  package var hasKeys: Bool

  package init(
    exclude: [String] = [], format: String? = nil, partitions: Bool = false, hasKeys: Bool = false
  ) {
    self.exclude = exclude
    self.format = format
    self.partitions = partitions
    self.hasKeys = hasKeys
  }
}
