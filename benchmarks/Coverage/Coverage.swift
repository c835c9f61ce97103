import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema
import Glibc

/// How often the intervals that gates decide on hold the true value, and how often a verdict passes a candidate that is
/// just not good enough: `Coverage [PATH] [SCENARIO] [ROWS] [SIMULATIONS] [METRIC] [SEED]`.
///
/// Every simulation goes the way of a check: a gate, made of a manifest's keys, judges evidence. Writes the table to PATH
/// and exits 1 when a promise is broken. The numbers depend on nothing but this code.
@main
struct Coverage {
  /// Rows of a population.
  static let population = 1 << 20

  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    func argument(_ place: Int) -> String? { arguments.count > place ? arguments[place] : nil }
    let sizes = argument(2).flatMap { Int($0) }.map { [$0] } ?? [150, 200, 400, 2000, 5000]
    let most = argument(3).flatMap { Int($0) } ?? .max
    let clock = ContinuousClock()
    let start = clock.now
    var tallies: [Tally] = []
    for var scenario in Scenario.all where argument(1).map(scenario.name.contains) ?? true {
      if let seed = argument(5).flatMap({ UInt64($0) }) { scenario.seed = seed }
      if let metric = argument(4), !metric.isEmpty {
        scenario.questions.removeAll { $0.metric != metric }
      }
      let truths = try await truths(of: scenario)
      for rows in sizes {
        let began = clock.now
        let found = try await tally(scenario, truths, rows: rows, most: most)
        for tally in found {
          print(tally.row)
          for (reason, count) in tally.reasons.sorted(by: { $0.value > $1.value }).prefix(1) {
            log("\(tally.question.metric): refused \(count) times: \(reason)")
          }
        }
        fflush(nil)
        log("\(scenario.name), \(rows) rows: \(clock.now - began)")
        tallies += found
      }
    }
    log("all: \(clock.now - start)")
    if let path = arguments.first, path != "-" { try write(Page(tallies).text, to: path) }
    let broken = tallies.filter { $0.broken != nil }
    for tally in broken { log(tally.row) }
    if !broken.isEmpty { exit(1) }
  }

  /// The true answers of a scenario's questions.
  static func truths(of scenario: Scenario) async throws -> [Truth] {
    let bench = try scenario.bench(scenario.population(population))
    var truths: [Truth] = []
    for question in scenario.questions {
      truths.append(
        try Truth(question, try await question.check(scenario, bench, bound: 0)))
    }
    return truths
  }

  /// All simulations of one size, in pieces worked on by all cores.
  static func tally(
    _ scenario: Scenario, _ truths: [Truth], rows: Int, most: Int
  ) async throws -> [Tally] {
    var tallies = zip(scenario.questions, truths).map {
      Tally(scenario.name, $0, $1, rows: rows)
    }
    let runs = scenario.questions.map { min(most, $0.simulations[rows] ?? 0) }
    for start in stride(from: 0, to: runs.max() ?? 0, by: 50) {
      let checks = try await withThrowingTaskGroup(of: (Int, [(Int, Check)]).self) { group in
        for number in start..<start + 50 {
          group.addTask {
            let bench = try scenario.bench(scenario.sample(rows, seed: UInt64(number)))
            var checks: [(Int, Check)] = []
            for (index, question) in scenario.questions.enumerated() where number < runs[index] {
              checks.append(
                (
                  index,
                  try await question.check(
                    scenario, bench, bound: truths[index].bound, seed: number)
                ))
            }
            return (number, checks)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for (_, found) in checks.sorted(by: { $0.0 < $1.0 }) {
        for (index, check) in found { tallies[index].add(check) }
      }
    }
    return tallies.filter { $0.runs > 0 }
  }

  /// To stderr, so that the table on stdout stays a table.
  static func log(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = Glibc.write(2, line, line.count)
  }

  /// Replaces the file.
  static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw Missing("cannot write '\(path)'") }
    fputs(text, file)
    if fclose(file) != 0 { throw Missing("cannot write '\(path)'") }
  }
}
