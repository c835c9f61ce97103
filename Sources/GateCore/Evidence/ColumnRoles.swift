/// Columns with a meaning.
package struct ColumnRoles: Sendable {
  package var label: String?
  package var id: String?
  /// All labels: for most tasks the one.
  package var labels: [String]
  /// Further columns that are no features: the weight, the cluster, the query.
  package var others: Set<String>
  /// The one of them that weighs rows.
  package var weight: String?

  package init(
    label: String? = nil, id: String? = nil, labels: [String] = [], others: Set<String> = [],
    weight: String? = nil
  ) {
    self.weight = weight
    (self.label, self.id, self.labels, self.others) = (label, id, labels, others)
  }

  /// Every column with a role.
  package var all: Set<String> { others.union(labels).union([label, id].compactMap(\.self)) }
}
