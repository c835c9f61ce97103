package import GateCore

/// Labels that are no classes: numbers, flags, grades and texts.
extension Truth {
  /// What to write where a class is a word for a missing value; nil: none is.
  static func missing(_ classes: [String]) -> String? {
    let words = classes.filter { ["na", "n/a", "nan", "null", "none", "-"].has($0.lowercased()) }
    guard !words.isEmpty else { return nil }
    let list = words.map(\.yaml).joined(separator: ", ")
    return
      "where that is a missing value of a text file, add to data.holdout: csv: {nulls: [\(list)]}, and take rows "
      + "without a label out of it; else correct those rows, or say 'task: multiclass'"
  }

  /// Finite numbers.
  package static func numbers(_ column: Column, _ manifest: Manifest) throws(Diagnostic) -> [Double]
  {
    let label = manifest.data.label
    guard let values = column.quantities else {
      throw Diagnostic(
        "the label '\(label.name)' holds \(column.contents), and a "
          + "\(manifest.task.rawValue) wants numbers", at: label.mark)
    }
    do { try column.refuseInexact("the label '\(label.name)'") } catch {
      throw error.at(label.mark)
    }
    if let row = values.firstIndex(where: { !$0.isFinite }) {
      throw Diagnostic(
        "the label '\(label.name)' is \(values[row]) in row \(row + 1)", at: label.mark)
    }
    return values
  }

  /// How relevant each row is: at least 0.
  static func relevance(_ column: Column, _ manifest: Manifest) throws(Diagnostic) -> [Double] {
    let values = try numbers(column, manifest)
    if let row = values.firstIndex(where: { $0 < 0 }) {
      throw Diagnostic(
        "the label '\(manifest.data.label.name)' is \(values[row].brief) in row \(row + 1), and "
          + "a relevance is 0 or more", at: manifest.data.label.mark)
    }
    return values
  }

  /// Whether each row has each label: a row of as many as there are columns after another.
  package static func flags(_ columns: [Column], _ manifest: Manifest) throws(Diagnostic) -> [Bool]
  {
    let width = columns.count
    var flags = [Bool](repeating: false, count: width * (columns.first?.count ?? 0))
    for (index, column) in columns.enumerated() {
      let label = manifest.data.labels[index]
      let values = column.isMoments ? nil : column.doubles
      guard let values else {
        throw Diagnostic(
          "the label '\(label.name)' is no number and no true or false; a label of several is 0 or 1",
          at: label.mark)
      }
      for (row, value) in values.enumerated() {
        guard value == 0 || value == 1 else {
          throw Diagnostic(
            "the label '\(label.name)' is \(value.brief) in row \(row + 1), wanted 0 or 1",
            at: label.mark)
        }
        flags[row * width + index] = value == 1
      }
    }
    return flags
  }

  /// Texts; numbers are no references.
  package static func texts(_ column: Column, _ manifest: Manifest) throws(Diagnostic) -> [String] {
    guard case .strings(let codes, let dictionary) = column.values else {
      throw Diagnostic(
        "the label '\(manifest.data.label.name)' holds no texts, and a text task wants them",
        at: manifest.data.label.mark,
        hint:
          "where its texts look like numbers, add to data.holdout: \(Pasteable.types(manifest.data.label.name))"
      )
    }
    return codes.map { dictionary[Int($0)] }
  }
}
