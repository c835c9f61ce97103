import GateCore

/// The aggregates of groups' numbers drawn about some places.
struct AggregateDraws {
  private let aggregate: Aggregate
  private let estimates: [[GroupEstimate]]
  private let overall: [Double]
  private let parts: [[Double]]

  package init(
    _ aggregate: Aggregate, _ estimates: [[GroupEstimate]], _ overall: [Double], _ parts: [[Double]]
  ) {
    (self.aggregate, self.estimates) = (aggregate, estimates)
    (self.overall, self.parts) = (overall, parts)
  }

  /// One aggregate a draw. `normals` are by draw, measure and group; empty: the aggregate of the places themselves.
  ///
  /// A ratio of 0 to 0 is that of equal groups.
  package func values(at places: [[Double]], normals: [Double], draws: Int) -> [Double] {
    var joined = [Double](repeating: aggregate.start, count: draws)
    let width = estimates.reduce(0) { $0 + $1.count }
    var offset = 0
    for (measure, groups) in estimates.enumerated() {
      var values = [Double](repeating: 0, count: groups.count)
      values.withUnsafeMutableBufferPointer { values in
        normals.withUnsafeBufferPointer { normals in
          for draw in 0..<draws {
            for group in groups.indices {
              let noise = normals.isEmpty ? 0 : normals[draw * width + offset + group]
              values[group] = groups[group].scale.value(
                places[measure][group] + noise * groups[group].deviation)
            }
            let value = aggregate.value(
              UnsafeBufferPointer(values), overall: overall(measure, UnsafeBufferPointer(values)))
            joined[draw] = aggregate.joined(
              joined[draw], value.isNaN ? (aggregate.isRatio ? 1 : 0) : value,
              count: estimates.count)
          }
        }
      }
      offset += groups.count
    }
    return joined
  }

  /// The value on all rows when the groups' are these: linear in them, as it is for a mean.
  private func overall(_ measure: Int, _ values: UnsafeBufferPointer<Double>) -> Double {
    guard aggregate.comparison == .toOverall else { return overall[measure] }
    var moved = overall[measure]
    for group in values.indices {
      moved += parts[measure][group] * (values[group] - estimates[measure][group].value)
    }
    return moved
  }
}
