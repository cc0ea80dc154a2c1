// swift-tools-version: 6.2

import PackageDescription

/// The fuzzers, apart from the main package so that nobody builds them by accident: `scripts/fuzz` builds and runs them.
///
/// The sanitizer is named on the command line; `-sanitize=fuzzer` in this manifest would not link.
let package = Package(
    name: "bucketbot-fuzzing",
    dependencies: [
        .package(name: "bucketbot", path: "..")
    ],
    targets: ["FuzzYAML"].map { name in
        .executableTarget(
            name: name,
            dependencies: [.product(name: "BotCore", package: "bucketbot")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        )
    }
)
