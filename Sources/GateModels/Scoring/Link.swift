import GateCore
import Glibc

/// Refuses a model of classes whose objective gives no probabilities, unless the manifest says what makes some of its
/// numbers.
func refuseMargins(_ answers: AnswerDescription, _ model: ModelSource) throws(Diagnostic) {
  guard let margins = answers.margins, model.options.link == nil,
    [.binary, .multiclass, .multilabel].contains(model.task)
  else { return }
  throw Diagnostic(
    "\(model.role) was trained with \(margins), whose numbers are not probabilities of classes",
    hint:
      "say under models.\(model.role) what they are: 'link: none' where they are probabilities all the same, as of "
      + "squared errors on 0 and 1; '\(model.task == .multiclass ? "link: softmax" : "link: sigmoid")' where they are "
      + "margins"
  )
}

/// Refuses a link that would make probabilities of what the model gives as such.
func refuseLink(_ answers: AnswerDescription, _ model: ModelSource) throws(Diagnostic) {
  guard let link = model.options.link, link != .none, let why = answers.probabilities else {
    return
  }
  throw Diagnostic(
    "\(model.role) gives no margins, for \(why), and 'link: \(link.rawValue)' would make other numbers of its "
      + "probabilities", hint: "leave 'link' out of models.\(model.role)")
}

extension ModelOptions.Link {
  /// Makes probabilities of one row's numbers, in double precision: of a model's single numbers many would be 1.
  func apply(to numbers: inout [Double], _ range: Range<Int>) {
    switch self {
    case .none: return
    case .sigmoid:
      for index in range { numbers[index] = 1 / (1 + exp(-numbers[index])) }
    case .softmax:
      let top = numbers[range].max() ?? 0
      let parts = range.map { exp(numbers[$0] - top) }
      let sum = parts.reduce(0, +)
      for (index, part) in zip(range, parts) { numbers[index] = part / sum }
    }
  }
}
