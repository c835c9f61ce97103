import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The functions by the names of the golden file.
private let functions: [String: @Sendable ([Double]) throws -> Double] = [
  "normal_cdf": { try StandardNormal.cdf($0[0]) },
  "normal_survival": { try StandardNormal.survival($0[0]) },
  "normal_quantile": { try StandardNormal.quantile($0[0]) },
  "t_cdf": { try StudentT(degrees: $0[0]).cdf($0[1]) },
  "t_survival": { try StudentT(degrees: $0[0]).survival($0[1]) },
  "t_quantile": { try StudentT(degrees: $0[0]).quantile($0[1]) },
  "chi_squared_cdf": { try ChiSquared(degrees: $0[0]).cdf($0[1]) },
  "chi_squared_survival": { try ChiSquared(degrees: $0[0]).survival($0[1]) },
  "chi_squared_quantile": { try ChiSquared(degrees: $0[0]).quantile($0[1]) },
  "f_cdf": { try FisherF($0[0], $0[1]).cdf($0[2]) },
  "f_survival": { try FisherF($0[0], $0[1]).survival($0[2]) },
  "beta_cdf": { try Beta($0[0], $0[1]).cdf($0[2]) },
  "beta_survival": { try Beta($0[0], $0[1]).survival($0[2]) },
  "beta_quantile": { try Beta($0[0], $0[1]).quantile($0[2]) },
  "binomial_pmf": { try Binomial(trials: Int($0[0]), probability: $0[1]).pmf(Int($0[2])) },
  "binomial_cdf": { try Binomial(trials: Int($0[0]), probability: $0[1]).cdf(Int($0[2])) },
  "binomial_survival": {
    try Binomial(trials: Int($0[0]), probability: $0[1]).survival(Int($0[2]))
  },
  "binomial_quantile": {
    Double(try Binomial(trials: Int($0[0]), probability: $0[1]).quantile($0[2]))
  },
  "hypergeometric_pmf": {
    try Hypergeometric(total: Int($0[0]), marked: Int($0[1]), drawn: Int($0[2])).pmf(Int($0[3]))
  },
  "hypergeometric_cdf": {
    try Hypergeometric(total: Int($0[0]), marked: Int($0[1]), drawn: Int($0[2])).cdf(Int($0[3]))
  },
  "gamma_p": { try SpecialFunction.gammaP($0[0], $0[1]) },
  "gamma_q": { try SpecialFunction.gammaQ($0[0], $0[1]) },
  "log_gamma": { try SpecialFunction.logGamma($0[0]) },
  "erf": { try SpecialFunction.erf($0[0]) },
  "erfc": { try SpecialFunction.erfc($0[0]) },
]

@Suite struct SpecialFunctionTests {
  @Test(arguments: functions.keys.sorted())
  func `agrees with scipy`(name: String) throws {
    let cases = try #require(try StatisticsGolden.read().special[name])
    let function = try #require(functions[name])
    #expect(!cases.isEmpty)
    for wanted in cases {
      let found = try function(wanted.arguments)
      #expect(agree(found, wanted.value), "\(wanted.arguments): \(found), not \(wanted.value)")
    }
  }

  @Test func `every figure of the golden file is compared`() throws {
    #expect(Set(try StatisticsGolden.read().special.keys) == Set(functions.keys))
  }

  @Test(arguments: [
    ("normal_cdf", [Double.nan]), ("normal_quantile", [0]), ("normal_quantile", [1]),
    ("normal_quantile", [.nan]), ("t_cdf", [0, 1]), ("t_quantile", [5, 1.5]),
    ("t_quantile", [-1, 0.5]), ("chi_squared_survival", [2, -1]), ("chi_squared_cdf", [.nan, 1]),
    ("f_survival", [1, 0, 1]), ("beta_cdf", [1, 1, 1.5]), ("beta_quantile", [0, 1, 0.5]),
    ("binomial_cdf", [5, 1.5, 2]), ("binomial_pmf", [5, 0.5, -1]),
    ("hypergeometric_pmf", [5, 6, 2, 1]), ("hypergeometric_cdf", [-5, 6, 2, 1]),
    ("gamma_p", [-1, 1]), ("log_gamma", [0]), ("erf", [.nan]),
  ])
  func `outside the domain it is undefined and nothing throws across C`(
    name: String, arguments: [Double]
  ) throws {
    let function = try #require(functions[name])
    #expect(throws: Undefined.self) { try function(arguments) }
  }

  @Test func `the ends of a distribution are its ends`() throws {
    #expect(try StudentT(degrees: 3).cdf(.infinity) == 1)
    #expect(try StudentT(degrees: 3).survival(.infinity) == 0)
    #expect(try ChiSquared(degrees: 3).survival(.infinity) == 0)
    #expect(try FisherF(3, 4).survival(.infinity) == 0)
    #expect(try StandardNormal.cdf(-.infinity) == 0)
    #expect(try SpecialFunction.gammaQ(2, .infinity) == 0)
    #expect(try Binomial(trials: 5, probability: 0.3).cdf(9) == 1)
    #expect(try Binomial(trials: 5, probability: 0.3).quantile(1) == 5)
  }
}
