import GateCore

/// The classes of a manifest, and the one rule by which a model's own name of a class is one of them: the same bytes.
///
/// Where the data's labels are booleans or numbers, a model may have them as the other: 0 and 1 are false and true, and
/// a text `True` is a boolean's. Nothing else is equal: `01` is not 1, and an é is written one way.
struct ClassNames {
  let classes: [String]
  /// What the data's labels are; nil: it is not known.
  let kind: ColumnType.Kind?

  /// Which of the classes a model's name stands for.
  func place(of name: String, isText: Bool?) -> Int? {
    classes.firstIndex { $0.utf8.elementsEqual(name.utf8) }
      ?? other(name, isText: isText).flatMap { other in classes.firstIndex(of: other) }
  }

  /// What the data calls a class that the model has as another type.
  private func other(_ name: String, isText: Bool?) -> String? {
    switch (kind, isText) {
    case (.boolean?, false?): ["0": "false", "1": "true"][name]
    case (.boolean?, _): ["False": "false", "FALSE": "false", "True": "true", "TRUE": "true"][name]
    case (.number?, false?), (.integer?, false?): ["false": "0", "true": "1"][name]
    default: nil
    }
  }

  /// The classes in the order in which scikit-learn, LightGBM and XGBoost number them: texts by code point, whatever
  /// they look like, numbers by value.
  ///
  /// - Parameter hasTextLabels: Whether the model has them as texts; nil: the data's column says.
  func sorted(hasTextLabels: Bool?) -> [String] {
    let numbers = classes.map { Double($0) }
    let areTexts = hasTextLabels ?? ![.number, .integer, nil].contains(kind)
    if !areTexts, !numbers.contains(nil) {
      return zip(classes, numbers).sorted { $0.1 ?? 0 < $1.1 ?? 0 }.map(\.0)
    }
    return classes.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a model's names are nothing but the codes from 0 on.
  func areCodes(_ names: [String], hasTextLabels: Bool?) -> Bool {
    hasTextLabels != true && names.allSatisfy { code(of: $0) != nil }
  }

  /// The code that a name is, of as many as there are classes.
  func code(of name: String) -> Int? {
    Int(name).flatMap { classes.indices.contains($0) && String($0) == name ? $0 : nil }
  }
}
