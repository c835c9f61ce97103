/// What there is to say of a thing that a manifest or a schema asks for by name, whatever kind of thing it is.
///
/// `explain`, the reference pages, the JSON Schemas, messages and the tests of examples are made from it.
package struct Definition: Sendable, Identifiable {
  /// As it is written: the field's name, of a metric scikit-learn's; a library's own under that name is `name@library`.
  package var id: String
  /// What other tools and fields call it.
  package var aliases: [String]
  /// Further words that lead to it, which no page lists.
  package var words: [String] = []
  /// One sentence.
  package let summary: String
  /// Which values are the better ones; nil: nobody asks.
  package let direction: Metric.Direction?
  /// Every value lies in it; infinite where there is no bound, nil where the value is any number or there is none.
  package var range: ClosedRange<Double>?
  /// In plain text, in the names that its kind has for what the rows give; empty: the summary says all.
  package let formula: String
  /// A paper or a library, and its function; empty: there is none to name.
  package let source: String
  /// When there is no such number: each a sentence.
  package let undefined: [String]
  /// What stands beside its limits.
  package let parameters: [Parameter]
  /// What its parameters must not be together; nil: each may be what it may be by itself.
  package let refuse: Refusal.Rule?
  /// What stands behind the value in messages; nil: nothing.
  package let unit: String?

  /// Takes all of it; `words` are added later.
  package init(
    _ id: String, _ summary: String, aliases: [String] = [], direction: Metric.Direction? = nil,
    range: ClosedRange<Double>? = nil, formula: String = "", source: String = "",
    undefined: [String] = [], parameters: [Parameter] = [], refuse: Refusal.Rule? = nil,
    unit: String? = nil
  ) {
    (self.id, self.summary, self.aliases) = (id, summary, aliases)
    (self.direction, self.range, self.unit) = (direction, range, unit)
    (self.formula, self.source, self.undefined) = (formula, source, undefined)
    (self.parameters, self.refuse) = (parameters, refuse)
  }

  /// Its name with its other names.
  package var naming: Naming { Naming(id, aliases, words: words) }
}

/// What has a definition, and is asked for what stands there.
package protocol Defined: Sendable, Identifiable where ID == String {
  /// What there is to say of it; other names may be added.
  var definition: Definition { get set }
}

extension Defined {
  /// As it is written.
  package var id: String { definition.id }
  /// What other tools and fields call it.
  package var aliases: [String] { definition.aliases }
  /// One sentence.
  package var summary: String { definition.summary }
  /// Every value lies in it; infinite where there is no bound.
  package var range: ClosedRange<Double> { definition.range ?? -Double.infinity ... .infinity }
  /// In plain text.
  package var formula: String { definition.formula }
  /// A paper or a library, and its function.
  package var source: String { definition.source }
  /// When there is no such number: each a sentence.
  package var undefined: [String] { definition.undefined }
  /// What stands beside its limits.
  package var parameters: [Parameter] { definition.parameters }
  /// Its name with its other names.
  package var naming: Naming { definition.naming }

  /// The same with other names that people know it by.
  package func alsoCalled(_ names: String...) -> Self { alsoCalled(names) }

  /// The same with other names that people know it by.
  package func alsoCalled(_ names: [String]) -> Self {
    var same = self
    same.definition.aliases += names
    return same
  }
}
