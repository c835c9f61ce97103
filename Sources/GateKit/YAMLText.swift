extension String {
  /// The text as a scalar of YAML that reads back as the same, for what a message says to write.
  public var yaml: String {
    let text = SchemaText.text(self).line
    // Double quotes within are easier to read between single ones.
    guard text.hasPrefix("\""), text.utf8.contains(0x5C),
      utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
      unicodeScalars.allSatisfy({ !$0.isUnsafe })
    else { return text }
    return "'\(replacing("'", with: "''"))'"
  }
}
