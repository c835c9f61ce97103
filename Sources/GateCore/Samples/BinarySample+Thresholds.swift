extension BinarySample {
  /// Calls `body` once a distinct score, from the highest, with the weights of the positive and of
  /// the negative rows that score at least as much: what a threshold there decides positive.
  ///
  /// A score whose rows weigh nothing is no threshold.
  @inlinable
  @inline(__always)
  package func forEachThreshold(_ body: (_ positive: Double, _ negative: Double) -> Void) {
    scores.withUnsafeBufferPointer { scores in
      positives.withUnsafeBufferPointer { positives in
        var place = 0
        guard let weights else {
          var positive = 0
          while place < scores.count {
            let score = scores[place]
            while place < scores.count, scores[place] == score {
              positive += positives[place] ? 1 : 0
              place += 1
            }
            body(Double(positive), Double(place - positive))
          }
          return
        }
        var positive = Sum()
        var negative = Sum()
        while place < scores.count {
          let score = scores[place]
          let before = (positive.value, negative.value)
          while place < scores.count, scores[place] == score {
            positive.add(positives[place] ? weights[place] : 0)
            negative.add(positives[place] ? 0 : weights[place])
            place += 1
          }
          let now = (positive.value, negative.value)
          if now != before { body(now.0, now.1) }
        }
      }
    }
  }

  /// The weights of the positive and of the negative rows; throws where one is 0.
  package func bothClasses() throws(Undefined) -> (positive: Double, negative: Double) {
    let weights = weigh(0..<count)
    guard weights.positive > 0 else { throw Undefined(PositiveClass.positive.hasNoRows) }
    guard weights.negative > 0 else { throw Undefined(PositiveClass.positive.hasAllRows) }
    return weights
  }

  /// The weight of the positive rows; throws where it is 0.
  package func positiveWeight() throws(Undefined) -> Double {
    let weight = weigh(0..<count).positive
    guard weight > 0 else { throw Undefined(PositiveClass.positive.hasNoRows) }
    return weight
  }
}
