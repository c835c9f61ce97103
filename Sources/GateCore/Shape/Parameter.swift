/// A key of a manifest: what it is for, what may stand there.
package struct Parameter: Sendable, Identifiable {
  package let id: String
  /// One sentence.
  package let summary: String
  package internal(set) var shape: Shape
  package let required: Bool
  /// What holds when it is left out, as it would be written.
  package let standard: String?
  /// What other tools call it.
  package let aliases: [String]

  package init(
    _ id: String, _ summary: String, _ shape: Shape, required: Bool = false,
    standard: String? = nil, aliases: [String] = []
  ) {
    self.aliases = aliases
    self.id = id
    self.summary = summary
    self.shape = shape
    self.required = required
    self.standard = standard
  }

  /// Its name with its other names.
  package var naming: Naming { Naming(id, aliases) }
}

/// What may stand at a place of a manifest; the check, the JSON Schema and the reference come from it.
package indirect enum Shape: Sendable {
  /// Any scalar, as text.
  case text
  /// Any scalar, null too.
  case value
  /// SQL over one row; of a metric's parameter, a finite number.
  case sql
  /// SQL over one row whose distinct values tell rows apart.
  case codes
  case boolean
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  /// `512MB`, `4GB`; bytes.
  case size
  /// `30s`, `10min`, `2h`; seconds.
  case duration
  /// `2027-01-31`.
  case date
  case choice([String])
  case list(Shape)
  /// Any keys; what they name, for messages.
  case map(keys: String, Shape)
  case record([Parameter])
  /// A mapping whose keys are ids of a list, or with `others` any text, whose value then has those parameters.
  case entries(kind: String, [Option], others: [Parameter]? = nil)
  /// A record that says by `key` which of a list it is, or with `others` any text and then has those parameters.
  case tagged(key: String, kind: String, [Option], others: [Parameter]? = nil)
  /// The first whose kind of node (scalar, list, mapping) fits; with several for a scalar, the first that accepts it.
  case either([Shape])

  /// What may stand where either may: the words of both, the numbers of both; of other kinds this one.
  package func joined(with other: Shape) -> Shape {
    switch (self, other) {
    case (.choice(let mine), .choice(let others)):
      .choice(mine + others.filter { !mine.contains($0) })
    case (.number(let mine), .number(let others)):
      .number(min(mine.lowerBound, others.lowerBound)...max(mine.upperBound, others.upperBound))
    case (.integer(let mine), .integer(let others)):
      .integer(min(mine.lowerBound, others.lowerBound)...max(mine.upperBound, others.upperBound))
    default: self
    }
  }

  /// Whether a list of it is a set that values are held against, which says something when it is empty.
  var isOfSet: Bool {
    switch self {
    case .value: true
    case .list(.value): true
    default: false
    }
  }

  /// What stands beside the own parameters of each of a list.
  package struct Beside: Sendable {
    package let parameters: [Parameter]
    /// Every name that may stand beside one of them in any list: a schema of one option holds in all.
    package let names: [String]

    package init(_ parameters: [Parameter], names: [String]) {
      (self.parameters, self.names) = (parameters, names)
    }
  }

  /// One of a list that a manifest chooses from by id.
  package struct Option: Sendable, Identifiable {
    package let id: String
    package let summary: String
    /// Its own, and behind them those of `beside`.
    package let parameters: [Parameter]
    /// Those that it has in common with others of the list, as metrics have limits; nil: none.
    package let beside: Beside?
    /// What other tools call it.
    package let aliases: [String]
    /// Further words that lead to it, which no page lists.
    package let words: [String]
    /// Why it may not be chosen here, as the end of a sentence that begins with its name; nil: it may.
    package let refusal: String?

    package init(
      _ id: String, _ summary: String, _ own: [Parameter], beside: Beside? = nil,
      aliases: [String] = [], words: [String] = [], refusal: String? = nil
    ) {
      (self.id, self.summary, self.beside) = (id, summary, beside)
      parameters = own + (beside?.parameters ?? [])
      (self.aliases, self.words, self.refusal) = (aliases, words, refusal)
    }

    /// Its own parameters.
    package var own: [Parameter] { Array(parameters.dropLast(beside?.parameters.count ?? 0)) }

    /// Its name with its other names.
    package var naming: Naming {
      Naming(id, aliases, words: words, keys: parameters.map(\.id), refusal: refusal)
    }
  }
}
