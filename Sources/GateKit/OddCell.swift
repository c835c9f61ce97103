/// A cell of delimited text that is not what its column is wanted as.
public struct OddCell: Sendable, Hashable {
  public var text: String
  public var file: String
  /// From 1.
  public var line: Int

  public init(text: String, file: String, line: Int) {
    self.text = text
    self.file = file
    self.line = line
  }

  /// Where it stands, as part of a sentence.
  public var place: String {
    let shown = text.count > 40 ? text.prefix(40) + "…" : text
    return "'\(shown)' in line \(line) of '\(file)'"
  }
}
