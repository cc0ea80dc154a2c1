// swift-tools-version: 6.2

import PackageDescription

/// The fuzzers, apart from the main package so that nobody builds them by accident: `scripts/fuzz` builds and runs them.
///
/// It also names the flags. `swift build --sanitize fuzzer` is not one of them: it gives every program a `main` of
/// libFuzzer's, and so breaks the one that embeds the templates.
let settings: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let package = Package(
    name: "bucketbot-fuzzing",
    dependencies: [
        .package(name: "bucketbot", path: "..")
    ],
    targets: [
        .systemLibrary(name: "CFuzzer"),
        .target(name: "FuzzDriver", dependencies: ["CFuzzer"], swiftSettings: settings),
    ]
        + ["FuzzJUnit", "FuzzListing", "FuzzProbe", "FuzzStartedFinished", "FuzzYAML"].map { name in
            .executableTarget(
                name: name,
                dependencies: ["FuzzDriver", .product(name: "BotCore", package: "bucketbot")],
                swiftSettings: settings
            )
        }
)
