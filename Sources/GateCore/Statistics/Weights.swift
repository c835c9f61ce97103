/// How many equally weighted rows carry as much information as weighted ones.
///
/// (sum w)^2 / sum w^2: in 0...count, the count itself when all weights are equal. 0 when they sum
/// to 0.
/// Source: Kish, "Survey Sampling", 1965, section 11.7.
package func effectiveSize(of weights: [Double]) -> Double {
  var sum = 0.0
  var squares = 0.0
  for weight in weights {
    sum += weight
    squares += weight * weight
  }
  return squares > 0 ? sum * sum / squares : 0
}
