/// Quantiles of one gamma distribution at many places, each a cubic through exact ones.
///
/// A draw by inversion rises with the shape at the same random number, so that one more row in a cell never lowers a
/// draw of it; a draw by rejection does not.
/// Relative error below 1e-6, shown by a test against Boost.Math's `chi_squared_distribution`.
struct GammaQuantiles: Sendable {
  /// The logarithms of the quantiles at `step` apart, from two steps below `-end`.
  private let nodes: [Double]

  private static let step = 0.1
  /// Normal numbers beyond it count as it: one in 10^10 is.
  private static let end = 6.5

  /// Of a gamma distribution of `shape`, at least 1, and scale 1; throws `Undefined` for another shape.
  init(shape: Double) throws(Undefined) {
    guard shape >= 1 else { throw Undefined("a gamma distribution of shape \(shape) is not drawn") }
    let count = Int((2 * Self.end / Self.step).rounded()) + 5
    let law = ChiSquared(degrees: 2 * shape)
    var nodes: [Double] = []
    for node in 0..<count {
      let place = Double(node - 2) * Self.step - Self.end
      nodes.append(logarithm(try law.quantile(try StandardNormal.cdf(place)) / 2))
    }
    self.nodes = nodes
  }

  /// The quantile at the chance of less than `normal` under the standard normal distribution.
  func at(_ normal: Double) -> Double {
    let place = (min(max(normal, -Self.end), Self.end) + Self.end) / Self.step + 2
    let node = min(Int(place), nodes.count - 4)
    let t = place - Double(node)
    let (a, b) = (nodes[node], nodes[node + 1])
    let (rise, next) = (slope(node), slope(node + 1))
    let cubic =
      a + t * (rise + t * (3 * (b - a) - 2 * rise - next + t * (2 * (a - b) + rise + next)))
    return exponential(cubic)
  }

  /// The rise of the logarithm a step at a node, by its four neighbours.
  private func slope(_ node: Int) -> Double {
    (nodes[node - 2] - 8 * nodes[node - 1] + 8 * nodes[node + 1] - nodes[node + 2]) / 12
  }
}
