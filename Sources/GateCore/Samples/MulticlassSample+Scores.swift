/// What a metric of scores may ask for.
extension MulticlassSample {
  /// Throws where the model decided without probabilities.
  package func requireScores() throws(Undefined) {
    guard hasScores else { throw Undefined.classesOnly }
  }

  /// Throws where a row of probabilities is none: one below 0, or a sum further than 0.001 from 1.
  package func requireProbabilities() throws(Undefined) {
    try requireScores()
    if let fault = firstFault() { throw Undefined(fault) }
  }

  /// What is wrong with the first row of probabilities that has a weight and is wrong.
  private func firstFault() -> String? {
    let width = classes.count
    return probabilities.withUnsafeBufferPointer { probabilities in
      for row in 0..<count {
        var sum = 0.0
        var least = 0.0
        for place in (row * width)..<((row + 1) * width) {
          let value = probabilities[place]
          sum += value
          least = value < least ? value : least
        }
        if least >= 0, abs(sum - 1) <= 1e-3 { continue }
        if let weights, weights[row] == 0 { continue }
        if least < 0 { return "\(least) is not a probability from 0 to 1" }
        return "the probabilities of a row sum to \(sum), not to 1"
      }
      return nil
    }
  }
}
