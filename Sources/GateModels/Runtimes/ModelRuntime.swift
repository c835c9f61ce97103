package import GateCore

/// What one input of a model takes.
package enum InputKind: UInt8, Sendable, CaseIterable {
  case number, integer, boolean, string
  /// One of a list of texts, numbers or booleans that the model itself knows.
  case textCategory, numberCategory, booleanCategory
  /// Any number of numbers, as many as `features` has.
  case numbers
  /// A category of the model's, or a number that stands for one; which of them the column tells.
  case category

  /// Whether a row without a value is an answer and not a mistake.
  var takesNulls: Bool { ![.integer, .boolean, .string].contains(self) }
}

/// One input of a model, a column wide.
package struct ModelInput: Sendable, Hashable {
  /// Nil where the model only knows its place.
  package var name: String?
  package var kind: InputKind

  /// An input by name or by place.
  package init(name: String?, kind: InputKind) {
    self.name = name
    self.kind = kind
  }
}

/// What a model says of itself once it is open.
package struct ModelDescription: Sendable, Hashable {
  package var inputs: [ModelInput]
  package var runtime: String
  package var runtimeVersion: String
  /// The sum of the gains of all splits on each input, finite and at least 0; nil: the library gives none.
  package var importances: [Double]?
  package var answers: AnswerDescription
  /// What it is made of.
  package var size: ModelSize

  /// A model's inputs in its own order, what runs it, and what it makes of each.
  package init(
    inputs: [ModelInput], runtime: String, runtimeVersion: String, importances: [Double]? = nil,
    answers: AnswerDescription = AnswerDescription(), size: ModelSize = ModelSize()
  ) {
    self.inputs = inputs
    self.size = size
    self.runtime = runtime
    self.runtimeVersion = runtimeVersion
    self.answers = answers
    self.importances = importances.flatMap { gains in
      // A damaged file may hold gains that are no numbers; it is scored all the same.
      gains.count == inputs.count && gains.allSatisfy { $0.isFinite && $0 >= 0 } ? gains : nil
    }
  }
}

/// What a model says of its answers once it is open.
package struct AnswerDescription: Sendable, Hashable {
  /// Whether its numbers are of single precision.
  package var isSingle = false
  /// The classes in the order of the answer's columns, where the model lists them.
  package var classes: [String]?
  /// Whether its labels are texts, and not numbers or booleans; nil: it gives none and lists none.
  package var hasTextLabels: Bool?
  /// How many rounds score; nil: it has none.
  package var rounds: Int?
  /// How many rounds it has.
  package var allRounds = 0
  /// What it was trained for, where that gives no probabilities; nil: it does, or it is not known.
  package var margins: String?
  /// The objective that it was trained for, as its library names it; nil: it says none.
  package var objective: String?
  /// The operator of a regressor that its answer ends in; nil: in none, or it is not known.
  package var regressor: String?
  /// What makes probabilities of its numbers already, in words; nil: nothing, or it is not known.
  package var probabilities: String?
  /// The share of rows that may hold an unseen category where the manifest says nothing.
  package var unseen = 0.0
  /// What it encodes of which unseen categories cannot be counted, in words.
  package var uncounted: [String] = []

  /// Nothing said.
  package init() {}
}

/// Values of one input, in one batch, that its list of categories does not have.
package struct UnseenCategories: Sendable, Hashable {
  /// The input's place.
  package var input: Int
  package var count: Int
  /// The first, and the row of the batch it stands in.
  package var first: String
  package var row: Int
}

/// A model's answers as its library gives them.
package enum RawScores: Sendable, Hashable {
  /// Rows of `width` numbers one after another; `labels` where the model names the columns.
  case numbers([Double], width: Int, labels: [String]?)
  /// The same without names, beside the model's own label of each row.
  case labelled([Double], width: Int, codes: [Int32], dictionary: [String])
  /// A label a row, as an index into a list of distinct labels.
  case labels(codes: [Int32], dictionary: [String])
}

/// A model's bytes and what is asked of it.
struct ModelFile: Sendable {
  /// As the user knows it, for messages.
  var name: String
  var bytes: [UInt8]
  var task: TaskKind
  var options = ModelOptions()
  /// Threads that its library may use; with more than one the library scores, whatever else could.
  var threads = 1
}

/// A model that a library scores; lives in the worker process only.
protocol ModelRuntime: AnyObject {
  /// Opens a model, refusing what is not whole.
  init(_ file: ModelFile) throws(Diagnostic)
  var description: ModelDescription { get }
  /// The answers for the rows `rows` of a batch whose columns stand in the order of the inputs.
  func score(_ columns: [Column], rows: Range<Int>) throws(Diagnostic) -> RawScores
  /// Values of the batch that was scored last which the model has never seen, where it lists those it has.
  var unseen: [UnseenCategories] { get }
  /// What scored the rows, where that may be the trees themselves: `trees`, or `library` and why; nil: there is no choice.
  var scorer: String? { get }
  /// The same answers as `score`, by the library in any case: what it takes is to be measured.
  func scoreByLibrary(_ columns: [Column], rows: Range<Int>) throws(Diagnostic) -> RawScores
}

extension ModelRuntime {
  /// Most models list none.
  var unseen: [UnseenCategories] { [] }
  /// Most models are scored by their library.
  var scorer: String? { nil }

  func scoreByLibrary(_ columns: [Column], rows: Range<Int>) throws(Diagnostic) -> RawScores {
    try score(columns, rows: rows)
  }
}
