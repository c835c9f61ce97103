import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateGit
@testable import GateModels
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// Probabilities of margins are made in double precision: those of large margins stay apart.
@Suite struct LinkTests {
  @Test func `margins that single precision would make 1 stay in their order`() {
    var numbers: [Double] = [16, 17, 18, 30]
    ModelOptions.Link.sigmoid.apply(to: &numbers, 0..<4)
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 } && numbers[3] < 1)
    var pair: [Double] = [-9, 9]
    ModelOptions.Link.softmax.apply(to: &pair, 0..<2)
    #expect(pair[1] < 1 && pair[0] > 0 && pair[0] + pair[1] == 1)
  }
}
