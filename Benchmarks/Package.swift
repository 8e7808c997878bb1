// swift-tools-version: 6.2
import PackageDescription

/// Apart from the server's package, and without its code: what is measured is the program that is deployed, through
/// the API that everybody calls. No dependencies either, so that the load costs little beside the server and the
/// reference has no layers.
let package = Package(
    name: "escapement-benchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite3"])]
        ),
        .systemLibrary(
            name: "CLibPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev", "pkg-config"]), .brew(["libpq"])]
        ),
        .executableTarget(
            name: "escapement-bench",
            dependencies: ["CSQLite", "CLibPQ"],
            swiftSettings: [
                .treatAllWarnings(as: .error),
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            ]
        ),
    ]
)
