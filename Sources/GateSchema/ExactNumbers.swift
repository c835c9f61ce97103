import GateCore

/// Numbers of two columns compared as what they are, in SQL. Of a whole number and one of floating point the engine makes
/// doubles of both, and 2^53 + 1 is none.
extension ColumnType {
  /// Whether it holds numbers of floating point.
  private var isFloating: Bool { ["DOUBLE", "FLOAT"].contains(declared) }

  /// Whether it holds whole numbers alone, all of which a HUGEINT holds.
  private var isWhole: Bool {
    (kind == .integer && declared != "UHUGEINT")
      || declared.hasPrefix("DECIMAL(") && declared.hasSuffix(",0)")
  }

  /// A comparison `=`, `<`, `<=`, `>` or `>=` with another column of a row; null where one of them is.
  func compared(_ sign: String, with other: ColumnType) -> String {
    if isWhole, other.isFloating { return Self.compared(self, sign, other) }
    if isFloating, other.isWhole {
      let turned = ["<": ">", "<=": ">=", ">": "<", ">=": "<="][sign] ?? sign
      return Self.compared(other, turned, self)
    }
    return "\(name.sqlName) \(sign) \(other.name.sqlName)"
  }

  /// A whole number beside one of floating point: by the whole number below that and by whether it is that.
  private static func compared(
    _ whole: ColumnType, _ sign: String, _ floating: ColumnType
  ) -> String {
    let (w, f) = (whole.name.sqlName, floating.name.sqlName)
    let (n, below) = ("CAST(\(w) AS HUGEINT)", "TRY_CAST(floor(CAST(\(f) AS DOUBLE)) AS HUGEINT)")
    let isWhole = "floor(CAST(\(f) AS DOUBLE)) = \(f)"
    let holds =
      switch sign {
      case "=": "\(n) = \(below) AND \(isWhole)"
      case "<=": "\(n) <= \(below)"
      case ">": "\(n) > \(below)"
      case "<": "\(n) < \(below) OR (\(n) = \(below) AND NOT (\(isWhole)))"
      default: "\(n) > \(below) OR (\(n) = \(below) AND \(isWhole))"
      }
    // Beyond what whole numbers reach, the doubles are in the same order.
    return "(CASE WHEN abs(\(f)) >= 1e38 THEN \(w) \(sign) \(f) ELSE (\(holds)) END)"
  }

  /// A key as SQL which values of it and of another column have in common where they are the same.
  func key(beside other: ColumnType) -> String {
    let x = name.sqlName
    guard isFloating && other.isWhole || isWhole && other.isFloating else { return x }
    guard isFloating else { return "CAST(CAST(\(x) AS HUGEINT) AS VARCHAR)" }
    let d = "CAST(\(x) AS DOUBLE)"
    return "(CASE WHEN abs(\(d)) < 1e38 AND floor(\(d)) = \(d) "
      + "THEN CAST(TRY_CAST(\(d) AS HUGEINT) AS VARCHAR) ELSE CAST(\(d) AS VARCHAR) END)"
  }
}
