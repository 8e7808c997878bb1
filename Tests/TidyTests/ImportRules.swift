/// Who may import whom.
enum ImportRules {
    /// What each target may import besides the system's modules. A target that is not here may not exist:
    /// a new one has to say where it stands. Stores and executors know neither the engine nor each other,
    /// HTTP knows no store, and only the program knows all.
    static let allowed: [String: Set<String>] = [
        "SchedulerCore": collections,
        "SchedulerEngine": [
            "SchedulerCore", "Documents", "ServiceLifecycle", "Logging", "Metrics", "Tracing", "Crypto",
        ],
        "StoreSupport": ["SchedulerCore"],
        "StoreSQLite": ["SchedulerCore", "StoreSupport", "GRDB", "GRDBSQLite", "Logging"],
        "CLibPQ": [],
        "PostgresClient": ["CLibPQ"],
        "StorePostgres": ["SchedulerCore", "StoreSupport", "PostgresClient", "Logging"],
        "CProcess": [],
        "Executors": [
            "SchedulerCore", "CProcess", "PostgresClient", "AsyncHTTPClient", "NIOCore", "NIOPosix", "NIOHTTP1",
            "Logging", "Crypto",
        ],
        "Documents": ["SchedulerCore", "Yams", "FoundationXML"],
        "SchedulerAPI": ["SchedulerCore", "HTTPTypes"],
        "CZlib": [],
        "SchedulerHTTP": [
            "SchedulerCore", "SchedulerEngine", "SchedulerAPI", "Documents", "CZlib", "Hummingbird",
            "HummingbirdCore", "HTTPTypes", "Crypto", "CryptoExtras", "Logging", "NIOCore",
        ],
        "escapement": [
            "SchedulerCore", "SchedulerEngine", "StoreSQLite", "StorePostgres", "PostgresClient", "Executors",
            "Documents", "SchedulerAPI", "SchedulerHTTP", "AsyncHTTPClient", "ServiceLifecycle", "Logging", "NIOCore",
            "NIOPosix", "NIOHTTP1", "NIOSSL", "HTTPTypes", "Crypto", "ArgumentParser", "UnixSignals", "Hummingbird",
            "Yams",
        ],
        "PostgresTesting": ["PostgresClient"],
        "SchedulerTesting": collections.union(["SchedulerCore", "SchedulerEngine", "Logging"]),
        "StoreTesting": [
            "SchedulerCore", "StoreSQLite", "StorePostgres", "PostgresClient", "PostgresTesting", "SchedulerTesting",
            "GRDB", "Logging",
        ],
    ]

    private static let collections: Set<String> = [
        "Collections", "BitCollections", "DequeModule", "HashTreeCollections", "HeapModule", "OrderedCollections",
    ]

    /// Part of the toolchain: in nobody's manifest.
    private static let system: Set<String> = [
        "Swift", "Synchronization", "Foundation", "FoundationEssentials", "FoundationXML", "Glibc", "Musl", "Darwin",
        "Dispatch", "Testing",
    ]

    /// Files of the core and the engine that may take in all of Foundation: where calendars and the edges of
    /// JSON are. Elsewhere there `FoundationEssentials` has to do.
    private static let foundationFolders = ["Sources/SchedulerCore/Recurrence/"]
    /// What tests may look into: the core, and the program, which offers nothing to import.
    private static let testable: Set<String> = ["SchedulerCore", "escapement"]
    private static let withoutFoundation: Set<String> = ["SchedulerCore", "SchedulerEngine"]

    struct Import: Equatable {
        let module: String
        let line: Int
        let isTestable: Bool
    }

    /// The imports of a file, in any form: `package import struct Foundation.URL` imports Foundation.
    static func imports(of file: SourceFile) -> [Import] {
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "typealias", "let", "var", "actor"]
        var imports: [Import] = []
        for index in file.tokens.indices where file.tokens[index].text == "import" {
            var next = index + 1
            if next < file.tokens.count, kinds.contains(file.tokens[next].text) { next += 1 }
            guard next < file.tokens.count, file.tokens[next].kind == .word,
                file.tokens[next].line == file.tokens[index].line
            else { continue }
            let isTestable = index > 0 && file.tokens[index - 1].text == "testable"
            imports.append(
                Import(module: file.tokens[next].text, line: file.tokens[index].line, isTestable: isTestable)
            )
        }
        return imports
    }

    /// Sources import, and the manifest lists, only what the table allows their target.
    static func outsideTable(in tree: SourceTree, manifest: PackageManifest) -> [Violation] {
        var violations: [Violation] = []
        for target in manifest.targets where !target.folder.hasPrefix("Tests/") || allowed[target.name] != nil {
            guard let allowed = allowed[target.name] else {
                let message = "target \(target.name) has no line in the table of ImportRules"
                violations.append(Violation(path: "Package.swift", line: target.line, message: message))
                continue
            }
            for dependency in target.dependencies where !allowed.contains(dependency) {
                let message = "\(target.name) must not depend on \(dependency)"
                violations.append(Violation(path: "Package.swift", line: target.line, message: message))
            }
            for file in tree.swiftFiles(below: target.folder) {
                for item in imports(of: file) where !allowed.contains(item.module) && !system.contains(item.module) {
                    let message = "\(target.name) must not import \(item.module)"
                    violations.append(Violation(path: file.path, line: item.line, message: message))
                }
            }
        }
        return violations
    }

    /// A file imports only what the manifest lists for its target, tests included.
    static func undeclared(in tree: SourceTree, manifest: PackageManifest) -> [Violation] {
        let files = tree.swiftFiles(below: "Sources") + tree.swiftFiles(below: "Tests")
        return files.flatMap { file -> [Violation] in
            guard let target = manifest.target(containing: file.path) else {
                return [Violation(path: file.path, line: 0, message: "lies in no target's folder")]
            }
            var declared = Set(target.dependencies)
            if declared.contains("Collections") { declared.formUnion(collections) }
            return imports(of: file)
                .filter { !declared.contains($0.module) && !system.contains($0.module) }
                .map {
                    let message = "\(target.name) imports \($0.module), which its manifest entry does not list"
                    return Violation(path: file.path, line: $0.line, message: message)
                }
        }
    }

    /// The core and the engine take Foundation in only where calendars or JSON need it; no test uses the old
    /// test library; only the core and the program are looked into.
    static func unwanted(in tree: SourceTree, manifest: PackageManifest) -> [Violation] {
        tree.files.filter(\.isSwift).flatMap { file in
            let target = manifest.target(containing: file.path)?.name ?? ""
            let mayUseFoundation =
                !withoutFoundation.contains(target) || foundationFolders.contains { file.path.hasPrefix($0) }
            let imports = imports(of: file)
            // Where FoundationEssentials does not exist, Foundation takes its place.
            let hasChoice = imports.contains { $0.module == "FoundationEssentials" }
            return imports.compactMap { item in
                if item.module == "XCTest" {
                    return Violation(path: file.path, line: item.line, message: "tests are written with Swift Testing")
                }
                if item.module == "Foundation", !mayUseFoundation, !hasChoice {
                    let message = "\(target) takes FoundationEssentials, if it has to"
                    return Violation(path: file.path, line: item.line, message: message)
                }
                if item.isTestable, !testable.contains(item.module) {
                    let message = "\(item.module) is tested through what it offers, not by @testable"
                    return Violation(path: file.path, line: item.line, message: message)
                }
                return nil
            }
        }
    }
}
