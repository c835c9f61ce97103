/// A rising function of a standard normal number, known at even steps and a cubic between them.
struct QuantileCurve: Sendable {
  /// The values at `step` apart, from two steps below `-end`.
  private let nodes: [Double]

  private static let step = 0.1
  /// Normal numbers beyond it count as it: one in 10^10 is.
  private static let end = 6.5

  /// Takes the function's values; throws what it throws.
  package init(_ value: (_ normal: Double) throws(Undefined) -> Double) throws(Undefined) {
    let count = Int((2 * Self.end / Self.step).rounded()) + 5
    var nodes: [Double] = []
    nodes.reserveCapacity(count)
    for node in 0..<count { nodes.append(try value(Double(node - 2) * Self.step - Self.end)) }
    self.nodes = nodes
  }

  /// The value at a normal number.
  package func at(_ normal: Double) -> Double {
    let place = (min(max(normal, -Self.end), Self.end) + Self.end) / Self.step + 2
    let node = min(Int(place), nodes.count - 4)
    let t = place - Double(node)
    let (a, b) = (nodes[node], nodes[node + 1])
    let (rise, next) = (slope(node), slope(node + 1))
    return a + t * (rise + t * (3 * (b - a) - 2 * rise - next + t * (2 * (a - b) + rise + next)))
  }

  /// The rise a step at a node, by its four neighbours.
  private func slope(_ node: Int) -> Double {
    (nodes[node - 2] - 8 * nodes[node - 1] + 8 * nodes[node + 1] - nodes[node + 2]) / 12
  }
}
