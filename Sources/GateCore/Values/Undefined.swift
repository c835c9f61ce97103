/// A metric has no value on these rows, and why.
package struct Undefined: Error, Sendable, Hashable {
  /// Lower case, in the words of the user.
  package let reason: String
  /// Takes the reason.
  package init(_ reason: String) { self.reason = reason }
}

extension Undefined {
  /// A metric of scores, and a model without.
  package static let classesOnly = Undefined("the model gives classes, not scores")
}
