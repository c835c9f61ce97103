package import GateCore

/// How a proposal that loosens a manifest is approved.
package struct ManifestApproval: Sendable, Hashable {
  /// The first part of the label; behind it stands which changes are approved.
  package var label: String

  /// The manifest's key.
  package static let parameter = Parameter(
    "policy", "How a pull request that loosens this manifest is approved; without it, in no way.",
    .record([
      Parameter(
        "label",
        "The first part of the label that approves; '-' and 12 digits that name the changes follow.",
        .text, required: true)
    ]))

  /// The label that approves just these changes; `digest`: theirs.
  package func label(for digest: String) -> String { "\(label)-\(digest.prefix(12))" }
}

extension ManifestReader {
  /// How a proposal is approved; an empty label, or one that a list of labels would cut, is a mistake.
  mutating func approval(_ node: Node?) -> ManifestApproval? {
    guard let node, let label = node["label"]?.text else { return nil }
    if label.allSatisfy(\.isWhitespace) || label.contains(",") {
      refuse(
        "found \(node["label"]?.found ?? ""), wanted a label without ','", node["label"],
        hint: "write label: gate-change")
    }
    return ManifestApproval(label: label)
  }
}
