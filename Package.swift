// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours: warnings are errors, and the upcoming features that change
/// meaning are on from the first day.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let collections: Target.Dependency = .product(name: "Collections", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")

let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")

let package = Package(
    name: "escapement",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "escapement", targets: ["escapement"]),
        .library(
            name: "Escapement",
            targets: ["SchedulerCore", "SchedulerEngine", "StoreSQLite", "Executors"]
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        .target(name: "SchedulerCore", dependencies: [collections], swiftSettings: settings),
        .target(
            name: "SchedulerEngine",
            dependencies: ["SchedulerCore", "Documents", lifecycle, logging, metrics, crypto],
            swiftSettings: settings
        ),
        .target(name: "StoreSupport", dependencies: ["SchedulerCore"], swiftSettings: settings),
        .target(
            name: "StoreSQLite",
            dependencies: [
                "SchedulerCore", "StoreSupport", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"), logging,
            ],
            swiftSettings: settings
        ),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev", "pkg-config"])]),
        .target(name: "PostgresClient", dependencies: ["CLibPQ"], swiftSettings: settings),
        .target(
            name: "StorePostgres",
            dependencies: ["SchedulerCore", "StoreSupport", "PostgresClient", logging],
            swiftSettings: settings
        ),
        .target(name: "CProcess"),
        .target(
            name: "Executors",
            dependencies: [
                "SchedulerCore", "CProcess", "PostgresClient", httpClient, nioCore, nioPosix, nioHTTP1, logging, crypto,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Documents",
            dependencies: ["SchedulerCore", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings
        ),
        .target(name: "SchedulerAPI", dependencies: ["SchedulerCore", httpTypes], swiftSettings: settings),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev", "pkg-config"])]),
        .target(
            name: "SchedulerHTTP",
            dependencies: [
                "SchedulerCore", "SchedulerEngine", "SchedulerAPI", "Documents", "CZlib", hummingbird,
                hummingbirdCore, httpTypes, crypto, cryptoExtras, logging, nioCore,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "escapement",
            dependencies: [
                "SchedulerCore", "SchedulerEngine", "StoreSQLite", "StorePostgres", "PostgresClient", "Executors",
                "Documents", "SchedulerAPI", "SchedulerHTTP", httpClient, lifecycle, logging, nioCore, nioPosix,
                nioHTTP1, nioSSL, httpTypes, crypto, hummingbird,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "SchedulerTesting",
            dependencies: ["SchedulerCore", "SchedulerEngine", collections, logging],
            path: "Tests/Support",
            swiftSettings: settings
        ),
        .target(
            name: "PostgresTesting",
            dependencies: ["PostgresClient"],
            path: "Tests/PostgresTesting",
            swiftSettings: settings
        ),
        .target(
            name: "StoreTesting",
            dependencies: [
                "SchedulerCore", "StoreSQLite", "StorePostgres", "PostgresClient", "PostgresTesting",
                "SchedulerTesting", .product(name: "GRDB", package: "GRDB.swift"), logging,
            ],
            path: "Tests/StoreTesting",
            swiftSettings: settings
        ),
        .testTarget(
            name: "CoreTests",
            dependencies: ["SchedulerCore", "SchedulerTesting"],
            exclude: ["Recurrence/oracle.py"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EngineTests",
            dependencies: [
                "SchedulerCore", "SchedulerEngine", "SchedulerTesting", logging,
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "SchedulerCore", "StoreSupport", "StoreSQLite", "StorePostgres", "PostgresClient",
                "PostgresTesting", "SchedulerTesting", "StoreTesting", logging,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PostgresTests",
            dependencies: ["PostgresClient", "PostgresTesting", "SchedulerTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ExecutorTests",
            dependencies: [
                "SchedulerCore", "Executors", "PostgresClient", "PostgresTesting", "SchedulerTesting", logging, nioCore,
                nioPosix, nioHTTP1,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DocumentTests",
            dependencies: ["SchedulerCore", "Documents", "SchedulerTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "HTTPTests",
            dependencies: [
                "SchedulerCore", "SchedulerEngine", "SchedulerAPI", "SchedulerHTTP", "Documents", "CZlib",
                "SchedulerTesting", "StoreTesting", hummingbird, httpTypes, logging, nioCore,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            exclude: ["Golden/documented", "Golden/fusion"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["SchedulerCore", "SchedulerEngine", "StoreSQLite", "SchedulerTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "escapement", "SchedulerCore", "SchedulerEngine", "StoreSQLite", "PostgresClient", "PostgresTesting",
                "SchedulerAPI", "SchedulerTesting", httpClient, nioCore, nioHTTP1, httpTypes, logging, crypto,
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "TidyTests", swiftSettings: settings),
    ]
)
