import GateCore

/// The values that a suite of Great Expectations gives its own parameters.
///
/// A `{"$PARAMETER": "rows"}` stands for what the suite says under `suite_parameters` (0.x: `evaluation_parameters`), or
/// for the value kept beside it as `$PARAMETER.rows`.
struct SuiteParameters {
  private let known: [Node.Pair]

  /// Those of a suite.
  package init(_ root: Node) {
    known = (root["suite_parameters"]?.pairs ?? []) + (root["evaluation_parameters"]?.pairs ?? [])
  }

  /// An expectation in which every parameter is its value; throws where the suite gives one none.
  package func resolved(_ node: Node) throws(ImportGap) -> Node {
    if let name = node["$PARAMETER"] { return try value(of: name, in: node) }
    if let items = node.items {
      var resolved: [Node] = []
      for item in items { resolved.append(try self.resolved(item)) }
      return Node(.sequence(resolved), at: node.mark)
    }
    guard let pairs = node.pairs else { return node }
    var resolved: [Node.Pair] = []
    for pair in pairs {
      // Notes may say anything.
      let isNote = pair.key.text == "meta"
      resolved.append(
        Node.Pair(key: pair.key, value: isNote ? pair.value : try self.resolved(pair.value)))
    }
    return Node(.mapping(resolved), at: node.mark)
  }

  private func value(of name: Node, in node: Node) throws(ImportGap) -> Node {
    let text = name.text ?? ""
    if let kept = node["$PARAMETER.\(text)"] { return kept }
    if let value = known.first(where: { $0.key.text == text })?.value { return value }
    throw ImportGap(
      "it has the parameter '\(text)', to which the suite gives no value", at: node.mark,
      hint: "write the value into the suite")
  }
}
