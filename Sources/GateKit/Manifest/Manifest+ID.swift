import GateCore

/// What names the rows names nothing else of them.
extension ManifestReader {
  /// Refuses what names a row as its weight or as a model's answer.
  mutating func refuseID(_ data: Manifest.Data, as node: Node) {
    guard let id = data.id?.name else { return }
    if let weight = data.weight, weight.name.isSame(as: id) {
      mistakes.append(
        Diagnostic(
          "'weight' is '\(id)', the column that names the rows", at: weight.mark,
          hint: "name the column of the rows' weights, or leave 'weight' out"))
    }
    for role in Role.allCases {
      let model = node["models"]?[role.rawValue]
      for key in ["score", "prediction"] {
        guard let column = model?[key], column.text?.isSame(as: id) == true else { continue }
        refuse(
          "'\(key)' of the \(role.rawValue) is '\(id)', the column that names the rows", column,
          hint: "name the column that holds what the model predicts")
      }
    }
  }
}
