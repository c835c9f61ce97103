/// What a metric of scores may ask for.
extension BinarySample {
  /// Throws where the model decided without a score.
  package func requireScores() throws(Undefined) {
    guard hasScores else { throw Undefined.classesOnly }
  }

  /// Throws where the score of a row that weighs anything is no probability; the order shows it at
  /// its ends.
  package func requireProbabilities() throws(Undefined) {
    try requireScores()
    let counted = scores.indices.lazy.filter { weights?[$0] != 0 }
    for place in [counted.first, counted.last] {
      if let place, !(0...1).contains(scores[place]) {
        throw Undefined("the score \(scores[place]) is not a probability from 0 to 1")
      }
    }
  }
}
