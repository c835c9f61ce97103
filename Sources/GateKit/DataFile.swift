/// One file of a table or a model as it was when it was hashed.
public struct DataFile: Sendable, Hashable {
  /// Where its bytes are read: what was opened to be hashed, where that stays open.
  public var path: String
  /// As the record shows it: from the manifest's folder where it stands in it.
  public var name: String
  public var bytes: Int
  /// Lower-case hexadecimal; empty: it was not hashed.
  public var sha256: String
  /// What tells whether it was changed since.
  public var state: State?
  /// The columns that its folders give: of `year=2026/month=1/`, in that order.
  public var partitions: [Partition]

  public init(
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

  /// A file that is read as it is found, without a digest.
  public init(unhashed path: String) {
    self.init(path: path, name: path, bytes: 0, sha256: "")
  }

  /// What a file system says of a file; no change of its bytes leaves all of it as it was.
  public struct State: Sendable, Hashable {
    /// Where the file stands, links in its folders resolved.
    public var place: String
    public var device: UInt64
    public var inode: UInt64
    public var bytes: Int
    /// Nanoseconds since 1970 of the last change of the bytes.
    public var modified: Int
    /// Nanoseconds since 1970 of the last change of the file or of what is said of it; nobody can set it.
    public var changed: Int
    /// Whether it was changed so shortly before it was hashed that its times could hide a change since.
    public var isFresh = false

    public init(
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
  public struct Partition: Sendable, Hashable {
    public var name: String
    /// Nil: a missing value.
    public var value: String?

    public init(name: String, value: String?) {
      self.name = name
      self.value = value
    }
  }
}

/// Which of the files that a path stands for are a table's.
public struct FileChoice: Sendable, Hashable {
  /// Globs of names, or of paths below the folder, that are left out.
  public var exclude: [String]
  /// The format that the manifest says; nil: as each name says.
  public var format: String?
  /// Whether the names of folders give columns.
  public var partitions: Bool
  /// Whether the table's keys may say the first two, for hints.
  public var hasKeys: Bool

  public init(
    exclude: [String] = [], format: String? = nil, partitions: Bool = false, hasKeys: Bool = false
  ) {
    self.exclude = exclude
    self.format = format
    self.partitions = partitions
    self.hasKeys = hasKeys
  }
}
