import GateCore

extension Truth {
  /// Refuses ids that do not name one row each; those that scores are joined by are looked at where they are joined.
  static func hold(
    _ id: Manifest.Data.Column, _ sql: String, _ manifest: Manifest, _ table: any Table
  ) throws {
    let isJoined = manifest.models.values.contains {
      if case .predictions = $0.source { true } else { false }
    }
    guard !isJoined, let column = try table.columns([sql]).first else { return }
    if let row = column.firstNull {
      throw Diagnostic(
        "the id '\(id.name)' is null in row \(row + 1); an id in every row was wanted", at: id.mark)
    }
    guard let coded = try column.coded(atMost: .max), coded.texts.count < coded.codes.count else {
      return
    }
    var seen = [Bool](repeating: false, count: coded.texts.count)
    for (row, code) in coded.codes.enumerated() {
      guard seen[Int(code)] else {
        seen[Int(code)] = true
        continue
      }
      throw Diagnostic(
        "the id '\(id.name)' is '\(coded.texts[Int(code)].prefix(60))' in row \(row + 1), as in a row before it; each "
          + "id once was wanted", at: id.mark,
        hint:
          "name the column that tells rows apart, or leave 'id' out: rows that belong together want 'cluster'"
      )
    }
  }
}
