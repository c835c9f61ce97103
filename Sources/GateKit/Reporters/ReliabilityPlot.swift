import GateCore

/// How often what was predicted came true, by the score: a point a bin, for each model.
struct ReliabilityPlot {
  /// Each model's points: the mean score and the rate of its bins.
  let models: [(name: String, points: [(score: Double, rate: Double)])]

  /// Reads the evidence of a calibration gate; nil where it has no bins.
  init?(_ evidence: JSON?) {
    guard case .object(let members)? = evidence else { return nil }
    var models: [(name: String, points: [(score: Double, rate: Double)])] = []
    for member in members where Role(rawValue: member.key) != nil {
      let points = (member.value.items ?? []).compactMap { bin -> (Double, Double)? in
        guard case .object(let parts) = bin else { return nil }
        func number(_ key: String) -> Double? {
          switch parts.first(where: { $0.key == key })?.value {
          case .number(let value)?: value
          case .integer(let value)?: Double(value)
          default: nil
          }
        }
        guard let score = number("mean_score"), let rate = number("rate") else { return nil }
        return (min(1, max(0, score)), min(1, max(0, rate)))
      }
      if !points.isEmpty { models.append((member.key, points)) }
    }
    if models.isEmpty { return nil }
    self.models = models
  }

  /// The plot.
  var xml: XML {
    func place(_ x: Double, _ y: Double) -> String {
      "\(ForestRow.number(40 + 260 * x)) \(ForestRow.number(280 - 260 * y))"
    }
    var parts = [
      XML("path", [("class", "axis"), ("fill", "none"), ("d", "M 40 20 L 40 280 L 300 280")]),
      XML(
        "path", [("class", "limit"), ("fill", "none"), ("d", "M \(place(0, 0)) L \(place(1, 1))")]),
      XML("text", [("x", "110"), ("y", "298"), ("class", "soft")], text: "mean score of a bin"),
      XML("text", [("x", "44"), ("y", "16"), ("class", "soft")], text: "how often it came true"),
    ]
    for (name, points) in models {
      let path = points.sorted { $0.score < $1.score }.map { place($0.score, $0.rate) }
      let isCandidate = name == Role.candidate.rawValue
      parts.append(
        XML(
          "path",
          [
            ("class", isCandidate ? "bar passed" : "hollow"), ("fill", "none"),
            ("d", "M " + path.joined(separator: " L ")),
          ]))
    }
    let caption = "Reliability: thick the candidate, thin the champion, dashed what is calibrated"
    return XML(
      "figure", [],
      [
        XML(
          "svg",
          [
            ("viewBox", "0 0 310 305"), ("role", "img"), ("aria-label", caption),
            ("style", "max-width: 24rem"),
          ], parts), XML("figcaption", text: caption),
      ])
  }
}
