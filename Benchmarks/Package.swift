// swift-tools-version: 6.2

import PackageDescription

/// What `make bench` runs beside the program, apart from the main package so that nobody builds it by accident.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "bucketbot-benchmarks",
    dependencies: [
        .package(name: "bucketbot", path: ".."),
        // Without its traits nothing counts allocations or references, which would slow down what is measured.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        // It depends on the program so that one build makes both, in one folder.
        .executableTarget(
            name: "gcs-stand-in",
            dependencies: [
                .product(name: "bucketbot", package: "bucketbot"),
                .product(name: "Playground", package: "bucketbot"),
            ],
            path: "Sources/StandInProgram",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "probe-freshness",
            dependencies: [
                .product(name: "BotCore", package: "bucketbot"),
                .product(name: "CurlHTTP", package: "bucketbot"),
                .product(name: "GoogleCloudStorage", package: "bucketbot"),
            ],
            path: "Sources/FreshnessProgram",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "measure-events",
            dependencies: [
                .product(name: "CurlHTTP", package: "bucketbot"),
                .product(name: "OpenSSLCrypto", package: "bucketbot"),
                .product(name: "Playground", package: "bucketbot"),
            ],
            path: "Sources/EventsProgram",
            swiftSettings: strict
        ),
        // The plugin runs the targets whose folder lies in one named Benchmarks, which is this package's.
        .executableTarget(
            name: "RegistryBenchmarks",
            dependencies: [
                .product(name: "BotCore", package: "bucketbot"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "RegistryBenchmarks",
            swiftSettings: [.swiftLanguageMode(.v6)],
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
)
