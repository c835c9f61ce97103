// swift-tools-version: 6.1
import PackageDescription

/// Strict enough that a slip is an error of the compiler, not of a release.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-warnings-as-errors"]),
]

/// For what is shipped: without the regular-expression engine, 1.3 MB that nothing uses.
let shipped =
  strict + [.unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"])]

/// Static archives, so that a user's machine needs none of these packages.
func archives(_ names: String...) -> [LinkerSetting] {
  [.unsafeFlags(names.flatMap { ["-Xlinker", "-l:lib\($0).a"] })]
}

/// The domain, from the bottom up: each uses those before it alone, but Metrics, Schema and Drift never each other.
let house: [Target.Dependency] = [
  "GateCore", "GateMetrics", "GateSchema", "GateDrift", "GateFairness", "GateKit",
]

/// What touches the world: each uses GateCore and GateSystem, and none another; GateBackends ties them together.
let backends: [Target.Dependency] = [
  "GateSystem", "GateYAML", "GateGit", "GateTables", "GateModels", "GateWeb", "GateBackends",
]

let package = Package(
  name: "gatewright",
  targets: [
    .executableTarget(
      name: "gatewright",
      dependencies: house + backends,
      swiftSettings: shipped),
    .target(
      name: "GateCore", dependencies: ["CLinearAlgebra", "CNearest", "CSpecialFunctions"],
      swiftSettings: shipped,
      linkerSettings: [.linkedLibrary("m")]),
    .target(name: "GateMetrics", dependencies: ["GateCore"], swiftSettings: shipped),
    .target(name: "GateSchema", dependencies: ["GateCore"], swiftSettings: shipped),
    .target(name: "GateDrift", dependencies: ["GateCore"], swiftSettings: shipped),
    .target(
      name: "GateFairness", dependencies: ["GateCore", "GateMetrics"], swiftSettings: shipped),
    .target(
      name: "GateKit",
      dependencies: ["GateCore", "GateMetrics", "GateSchema", "GateDrift", "GateFairness"],
      swiftSettings: shipped),
    .target(
      name: "GateSystem", dependencies: ["GateCore", "CCrypto", "CGlibcFloor", "CProcess"],
      swiftSettings: shipped, linkerSettings: archives("crypto")),
    .target(
      name: "GateYAML", dependencies: ["GateCore", "GateSystem", "CYAML"],
      swiftSettings: shipped, linkerSettings: archives("yaml")),
    .target(
      name: "GateGit", dependencies: ["GateCore", "GateSystem", "CGit2", "CNetworkAbsent"],
      swiftSettings: shipped,
      linkerSettings: archives(
        "git2", "mbedtls", "mbedx509", "mbedcrypto", "http_parser", "pcre2-8", "z")),
    .target(
      name: "GateTables", dependencies: ["GateCore", "GateSystem", "CDelimited", "CDuckDB"],
      swiftSettings: shipped, linkerSettings: archives("z")),
    .target(
      name: "GateModels",
      dependencies: [
        "GateCore", "GateSystem", "COnnxRuntime", "CLightGBM", "CXGBoost", "CProcess", "CTrees",
      ],
      swiftSettings: shipped),
    .target(
      name: "GateWeb", dependencies: ["GateCore", "GateSystem", "CCurl"],
      swiftSettings: shipped),
    .target(
      name: "GateBackends",
      dependencies: house + backends.dropLast(),
      swiftSettings: shipped),
    .systemLibrary(name: "CYAML"),
    .systemLibrary(name: "CGit2"),
    .systemLibrary(name: "CCrypto"),
    .target(name: "CDuckDB"),
    .target(name: "COnnxRuntime"),
    .target(name: "CLightGBM"),
    .target(name: "CXGBoost"),
    .target(name: "CCurl"),
    .target(name: "CProcess"),
    // Optimised in a debug build too, or its tests would take minutes; never contracted, for the bits are the libraries'.
    .target(
      name: "CTrees", cSettings: [.unsafeFlags(["-O2", "-std=c17", "-ffp-contract=off"])]),
    .target(name: "CLinearAlgebra", linkerSettings: [.linkedLibrary("stdc++")]),
    .target(name: "CNearest", linkerSettings: [.linkedLibrary("stdc++")]),
    .target(name: "CSpecialFunctions", linkerSettings: [.linkedLibrary("stdc++")]),
    .target(name: "CDelimited", linkerSettings: [.linkedLibrary("stdc++")]),
    .target(name: "CNetworkAbsent"),
    .target(name: "CGlibcFloor"),
    .executableTarget(
      name: "Measure", dependencies: house, path: "benchmarks/Measure",
      swiftSettings: strict),
    .executableTarget(
      name: "Coverage", dependencies: house, path: "benchmarks/Coverage",
      swiftSettings: strict),
    .executableTarget(
      name: "Fairness", dependencies: house, path: "benchmarks/Fairness",
      swiftSettings: strict),
    .executableTarget(
      name: "Discovery", dependencies: house, path: "benchmarks/Discovery",
      swiftSettings: strict),
    .testTarget(
      name: "GateKitTests", dependencies: house, exclude: ["Snapshots"],
      resources: [.copy("Golden")],
      swiftSettings: strict),
    .testTarget(
      name: "GateBackendsTests", dependencies: house + backends + ["CTrees"],
      exclude: [
        "GateTables/Delimited/oracle.py", "GateTables/Delimited/oracle.txt", "Fixtures",
        "GateTables/Oracle/json_oracle.py",
        "GateTables/Oracle/json_oracle.txt", "GateTables/Oracle/parquet_damages.py",
        "GateTables/Oracle/parquet_damages.txt",
        "GateTables/Oracle/parquet_oracle.py", "GateTables/Oracle/parquet_oracle.txt", "Schema",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: house + ["gatewright"], exclude: ["Cases"],
      swiftSettings: strict
    ),
  ],
  cxxLanguageStandard: .cxx17
)
