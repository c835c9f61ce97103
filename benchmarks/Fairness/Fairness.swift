import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema
import Glibc

/// How often the intervals of fairness metrics hold the true value, and how often fair rows fail: `Fairness [PATH]
/// [SCENARIO] [SIMULATIONS]`.
///
/// Every simulation goes the way of a check: a gate, made of a manifest's keys, judges evidence. Writes the table to PATH
/// and exits 1 when a promise is broken. The numbers depend on nothing but this code.
@main
struct Fairness {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let wanted = arguments.count > 1 ? arguments[1] : ""
    let runs = arguments.count > 2 ? Int(arguments[2]) ?? 1000 : 1000
    var tallies: [Tally] = []
    for scenario in Scenario.all where scenario.name.contains(wanted) || wanted.isEmpty {
      for tally in try await judge(scenario, runs) {
        print(tally.row)
        tallies.append(tally)
      }
      fflush(nil)
    }
    if let path = arguments.first { try write(Page(tallies: tallies, runs: runs).text, to: path) }
    if tallies.contains(where: { $0.broken }) { exit(1) }
  }

  /// Every question of a scenario, on `runs` draws of its rows; worked on by all cores.
  static func judge(_ scenario: Scenario, _ runs: Int) async throws -> [Tally] {
    let questions = Question.all(scenario)
    var tallies = questions.map { Tally(scenario: scenario, question: $0) }
    for start in stride(from: 0, to: runs, by: 50) {
      let found = try await withThrowingTaskGroup(of: (Int, [Check]).self) { group in
        for number in start..<min(runs, start + 50) {
          group.addTask {
            let bench = scenario.bench(number)
            var checks: [Check] = []
            for question in questions {
              checks.append(try await question.check(bench, seed: number))
            }
            return (number, checks)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for (_, checks) in found.sorted(by: { $0.0 < $1.0 }) {
        for (index, check) in checks.enumerated() { tallies[index].add(check) }
      }
    }
    return tallies
  }

  /// Replaces the file.
  static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw Broken(reason: "cannot write '\(path)'") }
    fputs(text, file)
    if fclose(file) != 0 { throw Broken(reason: "cannot write '\(path)'") }
  }
}

/// Why nothing could be written.
struct Broken: Error {
  let reason: String
}
