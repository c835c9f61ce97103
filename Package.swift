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
let archives = [
  "git2", "mbedtls", "mbedx509", "mbedcrypto", "http_parser",
  "pcre2-8", "yaml", "crypto", "z",
]

let package = Package(
  name: "gatewright",
  targets: [
    .executableTarget(
      name: "gatewright",
      dependencies: ["GateKit", "GateBackends"],
      swiftSettings: shipped),
    .target(
      name: "GateKit", dependencies: ["CLinearAlgebra", "CNearest", "CSpecialFunctions"],
      swiftSettings: shipped,
      linkerSettings: [.linkedLibrary("m")]),
    .target(
      name: "GateBackends",
      dependencies: [
        "GateKit", "CYAML", "CGit2", "CCrypto", "CDelimited", "CDuckDB", "COnnxRuntime",
        "CLightGBM", "CXGBoost", "CProcess", "CNetworkAbsent",
      ],
      swiftSettings: shipped,
      linkerSettings: [.unsafeFlags(archives.flatMap { ["-Xlinker", "-l:lib\($0).a"] })]),
    .systemLibrary(name: "CYAML"),
    .systemLibrary(name: "CGit2"),
    .systemLibrary(name: "CCrypto"),
    .target(name: "CDuckDB"),
    .target(name: "COnnxRuntime"),
    .target(name: "CLightGBM"),
    .target(name: "CXGBoost"),
    .target(name: "CProcess"),
    .target(name: "CLinearAlgebra", linkerSettings: [.linkedLibrary("stdc++")]),
    .target(name: "CNearest", linkerSettings: [.linkedLibrary("stdc++")]),
    .target(name: "CSpecialFunctions", linkerSettings: [.linkedLibrary("stdc++")]),
    .target(name: "CDelimited", linkerSettings: [.linkedLibrary("stdc++")]),
    .target(name: "CNetworkAbsent"),
    .executableTarget(
      name: "Measure", dependencies: ["GateKit"], path: "benchmarks/Measure",
      swiftSettings: strict),
    .executableTarget(
      name: "Coverage", dependencies: ["GateKit"], path: "benchmarks/Coverage",
      swiftSettings: strict),
    .executableTarget(
      name: "Fairness", dependencies: ["GateKit"], path: "benchmarks/Fairness",
      swiftSettings: strict),
    .executableTarget(
      name: "Discovery", dependencies: ["GateKit"], path: "benchmarks/Discovery",
      swiftSettings: strict),
    .testTarget(
      name: "GateKitTests", dependencies: ["GateKit"], exclude: ["Snapshots"],
      resources: [.copy("Golden")],
      swiftSettings: strict),
    .testTarget(
      name: "GateBackendsTests", dependencies: ["GateBackends", "GateKit"],
      exclude: [
        "Delimited/oracle.py", "Delimited/oracle.txt", "Fixtures", "Oracle/json_oracle.py",
        "Oracle/json_oracle.txt", "Oracle/parquet_damages.py", "Oracle/parquet_damages.txt",
        "Oracle/parquet_oracle.py", "Oracle/parquet_oracle.txt", "Schema",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["gatewright"], exclude: ["Cases"], swiftSettings: strict
    ),
  ],
  cxxLanguageStandard: .cxx17
)
