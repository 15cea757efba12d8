// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target: Swift 6 mode and the strictest import rules.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Settings of the targets that read whole code bases. They are optimised in debug builds too, because the
/// differential tests read thousands of files, and optimised across modules, because tree accessors run per node.
let analysis: [SwiftSetting] =
  strict + [
    .unsafeFlags(["-O"], .when(configuration: .debug)),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
  ]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
  name: "merlon",
  products: [
    .executable(name: "merlon", targets: ["merlon"]),
    .executable(name: "merlon-dev", targets: ["merlon-dev"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
  ],
  targets: [
    // Layer 0
    .target(name: "MerlonBase", swiftSettings: analysis),
    .testTarget(name: "MerlonBaseTests", dependencies: ["MerlonBase"], swiftSettings: strict),

    // Layer 1
    .target(name: "MerlonCatalog", dependencies: ["MerlonBase"], swiftSettings: strict),
    .testTarget(
      name: "MerlonCatalogTests", dependencies: ["MerlonBase", "MerlonCatalog", "MerlonPython"],
      swiftSettings: strict),

    .target(name: "MerlonAPI", dependencies: ["MerlonBase"], swiftSettings: strict),
    .testTarget(name: "MerlonAPITests", dependencies: ["MerlonAPI", "MerlonBase"], swiftSettings: strict),

    // Layer 2
    .target(name: "MerlonPython", dependencies: ["MerlonBase"], swiftSettings: analysis),
    .testTarget(name: "MerlonPythonTests", dependencies: ["MerlonPython"], swiftSettings: strict),

    .target(name: "CMerlonData", exclude: ["runtime", "stubs"]),
    .target(
      name: "MerlonModels", dependencies: ["CMerlonData", "MerlonBase", "MerlonCatalog", "MerlonPython"],
      swiftSettings: analysis),
    .testTarget(name: "MerlonModelsTests", dependencies: ["MerlonCatalog", "MerlonModels"], swiftSettings: strict),

    .target(
      name: "MerlonProgram", dependencies: ["MerlonBase", "MerlonCatalog", "MerlonModels", "MerlonPython"],
      swiftSettings: analysis),
    .testTarget(
      name: "MerlonProgramTests", dependencies: ["MerlonBase", "MerlonModels", "MerlonProgram", "MerlonPython"],
      swiftSettings: strict),

    .target(name: "MerlonTemplates", swiftSettings: analysis),
    .testTarget(name: "MerlonTemplatesTests", dependencies: ["MerlonTemplates"], swiftSettings: strict),

    .target(name: "MerlonFlow", dependencies: ["MerlonProgram", "MerlonPython"], swiftSettings: analysis),
    .testTarget(
      name: "MerlonFlowTests",
      dependencies: ["MerlonFlow", "MerlonModels", "MerlonProgram", "MerlonPython"],
      swiftSettings: strict),

    .target(name: "MerlonRegex", swiftSettings: analysis),
    .testTarget(name: "MerlonRegexTests", dependencies: ["MerlonRegex"], swiftSettings: strict),

    // Layer 3
    .target(
      name: "MerlonFastAPI",
      dependencies: [
        "CMerlonData", "MerlonAPI", "MerlonBase", "MerlonCatalog", "MerlonFlow", "MerlonModels", "MerlonProgram",
        "MerlonPython", "MerlonTemplates",
      ],
      swiftSettings: analysis),
    .testTarget(
      name: "MerlonFastAPITests",
      dependencies: ["MerlonAPI", "MerlonBase", "MerlonFastAPI", "MerlonModels", "MerlonProgram", "MerlonPython"],
      swiftSettings: strict),

    .target(
      name: "MerlonRules",
      dependencies: [
        "MerlonAPI", "MerlonBase", "MerlonCatalog", "MerlonModels", "MerlonProgram", "MerlonPython", "MerlonRegex",
        yams,
      ],
      swiftSettings: analysis),
    .testTarget(
      name: "MerlonRulesTests", dependencies: ["MerlonAPI", "MerlonFastAPI", "MerlonRules", "MerlonScan"],
      swiftSettings: strict),

    // Layer 4
    .target(
      name: "MerlonScan",
      dependencies: [
        "MerlonAPI", "MerlonBase", "MerlonCatalog", "MerlonFastAPI", "MerlonModels", "MerlonProgram", "MerlonPython",
        "MerlonRules", yams,
      ],
      swiftSettings: analysis),
    .testTarget(
      name: "MerlonScanTests", dependencies: ["MerlonBase", "MerlonProgram", "MerlonScan"], swiftSettings: strict),

    .target(name: "MerlonReport", dependencies: ["MerlonAPI", "MerlonBase", "MerlonCatalog"], swiftSettings: strict),
    .testTarget(
      name: "MerlonReportTests", dependencies: ["MerlonAPI", "MerlonBase", "MerlonCatalog", "MerlonReport"],
      exclude: ["Snapshots"], swiftSettings: strict),

    // Layer 6
    .executableTarget(
      name: "merlon",
      dependencies: [
        "MerlonAPI", "MerlonBase", "MerlonCatalog", "MerlonModels", "MerlonReport", "MerlonRules", "MerlonScan",
        argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "merlon-dev",
      dependencies: [
        "MerlonAPI", "MerlonBase", "MerlonCatalog", "MerlonModels", "MerlonProgram", "MerlonPython", "MerlonReport",
        "MerlonRegex", "MerlonRules", "MerlonScan", "MerlonTemplates",
        argumentParser,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["MerlonBase", "MerlonScan"], exclude: ["Snapshots"], swiftSettings: strict),
    .testTarget(name: "LayeringTests", swiftSettings: strict),
  ],
  cLanguageStandard: .gnu2x
)
