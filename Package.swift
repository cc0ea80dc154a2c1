// swift-tools-version: 6.2

import PackageDescription

/// What every target of ours is compiled with; `docs/STYLE.md` says why.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "bucketbot",
    products: [
        .executable(name: "bucketbot", targets: ["Bot"]),
        .library(name: "BotCore", targets: ["BotCore"]),
        .library(name: "CurlHTTP", targets: ["CurlHTTP"]),
        .library(name: "GoogleCloudStorage", targets: ["GoogleCloudStorage"]),
        .library(name: "OpenSSLCrypto", targets: ["OpenSSLCrypto"]),
        .library(name: "Playground", targets: ["Playground"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .executableTarget(name: "TemplateEmbedder", path: "Plugins/TemplateEmbedder", swiftSettings: strict),
        .plugin(
            name: "EmbedTemplates",
            capability: .buildTool(),
            dependencies: ["TemplateEmbedder"]
        ),
        .target(
            name: "BotCore",
            dependencies: [
                "CExpat", "CYAML",
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: strict,
            plugins: ["EmbedTemplates"]
        ),
        .target(
            name: "CurlHTTP",
            dependencies: ["CCurl", .product(name: "DequeModule", package: "swift-collections")],
            swiftSettings: strict),
        .target(name: "OpenSSLCrypto", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(
            name: "Persistence", dependencies: ["CZstd", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(name: "GitHubAPI", dependencies: ["BotCore", "CurlHTTP", "OpenSSLCrypto"], swiftSettings: strict),
        .target(name: "GoogleCloudStorage", dependencies: ["BotCore", "CurlHTTP"], swiftSettings: strict),
        .target(
            name: "Playground",
            dependencies: [
                "BotCore", "CurlHTTP", "OpenSSLCrypto",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "Bot",
            dependencies: [
                "BotCore", "CMalloc", "CurlHTTP", "GitHubAPI", "GoogleCloudStorage", "OpenSSLCrypto", "Persistence",
                "Playground",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "TestSupport",
            dependencies: [
                "BotCore", "CurlHTTP",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(
            name: "BotCoreTests", dependencies: ["BotCore", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "CurlHTTPTests",
            dependencies: ["CurlHTTP", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "OpenSSLCryptoTests", dependencies: ["OpenSSLCrypto", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "PersistenceTests",
            dependencies: ["Persistence", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "GitHubAPITests",
            dependencies: [
                "BotCore", "CurlHTTP", "GitHubAPI", "GitHubContract", "OpenSSLCrypto", "Playground", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "GoogleCloudStorageTests",
            dependencies: ["BotCore", "CurlHTTP", "GoogleCloudStorage", "Playground", "TestSupport"],
            swiftSettings: strict),
        .target(
            name: "GitHubContract", dependencies: ["Playground", "TestSupport"], path: "Tests/GitHubContract",
            swiftSettings: strict),
        .testTarget(
            name: "PlaygroundTests",
            dependencies: [
                "BotCore", "CurlHTTP", "GitHubContract", "OpenSSLCrypto", "Playground", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "BotTests",
            dependencies: [
                "Bot", "BotCore", "CurlHTTP", "GitHubAPI", "GoogleCloudStorage", "OpenSSLCrypto", "Persistence",
                "Playground", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EndToEnd",
            dependencies: [
                "Bot", "BotCore", "CurlHTTP", "GitHubAPI", "GitHubContract", "GoogleCloudStorage", "OpenSSLCrypto",
                "Persistence", "Playground", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
    ]
)
