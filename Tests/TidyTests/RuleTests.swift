import Testing

/// Every rule finds what it is made for and nothing beside it.
@Suite struct RuleTests {
    private static let manifest = PackageManifest(
        SourceFile(
            path: "Package.swift",
            text: """
                let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
                let package = Package(
                    name: "escapement",
                    products: [.library(name: "Escapement", targets: ["SchedulerCore"])],
                    targets: [
                        .target(name: "SchedulerCore", dependencies: []),
                        .target(
                            name: "StoreSQLite",
                            dependencies: [
                                "SchedulerCore", .product(name: "GRDB", package: "GRDB.swift"), logging,
                            ],
                            swiftSettings: settings
                        ),
                        .target(name: "SchedulerTesting", dependencies: ["SchedulerCore"], path: "Tests/Support"),
                        .testTarget(name: "CoreTests", dependencies: ["SchedulerCore"]),
                    ]
                )
                """
        )
    )

    private func tree(_ path: String, _ text: String, isExecutable: Bool = false) -> SourceTree {
        SourceTree(files: [SourceFile(path: path, text: text, isExecutable: isExecutable)])
    }

    private func messages(_ violations: [Violation]) -> [String] {
        violations.map(\.description)
    }

    // MARK: - Reading

    @Test("The manifest's targets, folders and dependencies are read in all their forms")
    func manifestForms() {
        let targets = Self.manifest.targets
        #expect(targets.map(\.name) == ["SchedulerCore", "StoreSQLite", "SchedulerTesting", "CoreTests"])
        #expect(
            targets.map(\.folder) == [
                "Sources/SchedulerCore", "Sources/StoreSQLite", "Tests/Support", "Tests/CoreTests",
            ]
        )
        #expect(targets[1].dependencies == ["SchedulerCore", "GRDB", "Logging"])
    }

    @Test(
        "Comments and literals are no code, interpolations are",
        arguments: [
            ("a // b\nc", ["a", "c"]),
            ("a /* b /* c */ d */ e", ["a", "e"]),
            (#"a "b \(c) d" e"#, ["a", "c", "b \\(c) d", "e"]),
            (##"#"b \(c) \#(d) " "# e"##, ["d", ##"b \(c) \#(d) " "##, "e"]),
            ("\"\"\"\n  \"b\" \\(c(\")\"))\n  \"\"\" d", ["c", "(", ")", ")", "\n  \"b\" \\(c(\")\"))\n  ", "d"]),
            (#""a\"b" c"#, [#"a\"b"#, "c"]),
            ("/[\"]/\nb", ["/", "[", "b"]),
            ("`it's \"so\"` a", ["`it's \"so\"", "a"]),
        ]
    )
    func lexer(source: String, expected: [String]) {
        #expect(SwiftLexer.tokens(of: source).map(\.text) == expected)
    }

    @Test("Tokens know their line, behind comments and multi-line literals too")
    func lines() {
        let tokens = SwiftLexer.tokens(of: "/*\n*/ a\n\"\"\"\n\n\"\"\" b\nc")
        #expect(tokens.map(\.line) == [2, 3, 5, 6])
    }

    // MARK: - Imports

    @Test("An import that the architecture does not allow is found, in any form and in the manifest")
    func importTable() {
        let text =
            "import Foundation\npackage import struct StoreSQLite.Pool // import GRDB\n@preconcurrency import GRDB\n"
        let found = ImportRules.outsideTable(
            in: tree("Sources/SchedulerCore/A.swift", text),
            manifest: Self.manifest
        )
        #expect(
            messages(found) == [
                "Sources/SchedulerCore/A.swift:2: SchedulerCore must not import StoreSQLite",
                "Sources/SchedulerCore/A.swift:3: SchedulerCore must not import GRDB",
            ]
        )
        let manifest = PackageManifest(
            SourceFile(
                path: "Package.swift",
                text: """
                    .target(name: "StoreSQLite", dependencies: ["SchedulerEngine"]),
                    .target(name: "Novelty", dependencies: []),
                    """
            )
        )
        #expect(
            messages(ImportRules.outsideTable(in: SourceTree(files: []), manifest: manifest)) == [
                "Package.swift:1: StoreSQLite must not depend on SchedulerEngine",
                "Package.swift:2: target Novelty has no line in the table of ImportRules",
            ]
        )
    }

    @Test("An import beyond the manifest is found, and a file outside all targets")
    func undeclared() {
        let inTests = tree("Tests/CoreTests/A.swift", "import Testing\nimport SchedulerCore\nimport Logging\n")
        #expect(
            messages(ImportRules.undeclared(in: inTests, manifest: Self.manifest)) == [
                "Tests/CoreTests/A.swift:3: CoreTests imports Logging, which its manifest entry does not list"
            ]
        )
        let outside = tree("Sources/Novelty/A.swift", "")
        #expect(ImportRules.undeclared(in: outside, manifest: Self.manifest).count == 1)
    }

    @Test(
        "Foundation in the core, the old test library and testable imports are found",
        arguments: [
            ("Sources/SchedulerCore/A.swift", "import Foundation", 1),
            ("Sources/SchedulerCore/A.swift", "import FoundationEssentials", 0),
            ("Sources/SchedulerCore/A.swift", "import FoundationEssentials\n#else\nimport Foundation", 0),
            ("Sources/SchedulerCore/Recurrence/A.swift", "internal import Foundation", 0),
            ("Sources/StoreSQLite/A.swift", "import Foundation", 0),
            ("Tests/CoreTests/A.swift", "import XCTest", 1),
            ("Tests/CoreTests/A.swift", "@testable import SchedulerCore", 0),
            ("Tests/CoreTests/A.swift", "@testable import StoreSQLite", 1),
        ]
    )
    func unwanted(path: String, text: String, count: Int) {
        #expect(ImportRules.unwanted(in: tree(path, text), manifest: Self.manifest).count == count)
    }

    // MARK: - Code

    @Test(
        "A clock that is read is found",
        arguments: [
            "let a = Date()", "let a = Date.now", "import NIOCore; wait(until: .now())",
            "import Foundation; let a: Date = .now", "let a = Timestamp.now",
            "let a = NIODeadline.now()", "let a = ContinuousClock()", "\"\\(Date())\"", "clock_gettime(0, &t)",
            "try await Task.sleep(for: a)", "try await Task<Never, Never>.sleep(for: a)", "sleep(1)", "usleep(3)",
            "Thread.sleep(forTimeInterval: 1)",
        ]
    )
    func time(code: String) {
        #expect(CodeRules.time(in: tree("Sources/Executors/A.swift", code)).count == 1)
        #expect(CodeRules.time(in: tree("Sources/escapement/SystemTimeSource.swift", code)).isEmpty)
    }

    @Test(
        "A time that was handed in is left alone",
        arguments: [
            "let a = time.now()", "let a = self.time.now()", "let a = context().now", "// Date()", "\"Date()\"",
            "let a = Date(timeIntervalSince1970: 1)", "func sleep(until: Timestamp)", "await time.sleep(until: a)",
            "let now = a", "return .now", "import NIOCore; let a = self.now", "let a = MonotonicClock.now()",
        ]
    )
    func timeIsFree(code: String) {
        #expect(messages(CodeRules.time(in: tree("Sources/Executors/A.swift", code))) == [])
    }

    @Test("A test that sleeps is found")
    func sleepingTests() {
        let found = CodeRules.sleepingTests(in: tree("Tests/CoreTests/A.swift", "\ntry await Task.sleep(for: .zero)\n"))
        #expect(messages(found) == ["Tests/CoreTests/A.swift:2: Task.sleep: wait for an event instead"])
        #expect(CodeRules.sleepingTests(in: tree("Tests/CoreTests/A.swift", "let a = Date()")).isEmpty)
    }

    @Test(
        "An unstructured task is found, a type of that name is none",
        arguments: [
            ("Task { a }", 1), ("let a = Task<Void, any Error> { b }", 1), ("Task.detached { a }", 1),
            ("Task(priority: .low) { a }", 1), ("Task.immediate { a }", 1),
            ("func a() -> Task<Void, Never> { b }", 0), ("struct Task { }", 0), ("if Task.isCancelled { a }", 0),
            ("let a: Task<Void, Never>?", 0), ("try Task.checkCancellation()", 0), ("// Task { }", 0),
        ]
    )
    func unstructuredTasks(code: String, count: Int) {
        #expect(CodeRules.unstructuredTasks(in: tree("Sources/Executors/A.swift", code)).count == count)
        #expect(CodeRules.unstructuredTasks(in: tree("Sources/SchedulerEngine/Shielded.swift", code)).isEmpty)
    }

    @Test(
        "Forced tries and casts are found",
        arguments: [("try! a()", 1), ("a as! B", 1), ("try !a()", 0), ("as? B", 0)]
    )
    func force(code: String, count: Int) {
        #expect(CodeRules.force(in: tree("Sources/Executors/A.swift", code)).count == count)
    }

    @Test(
        "State that nobody guards is found",
        arguments: [
            ("nonisolated(unsafe) var a = 1", 1), ("struct A: @unchecked Sendable {}", 1),
            ("// Guarded by the queue.\nstruct A: @unchecked Sendable {}", 0), ("nonisolated func a()", 0),
        ]
    )
    func unguardedSharing(code: String, count: Int) {
        #expect(CodeRules.unguardedSharing(in: tree("Sources/Executors/A.swift", code)).count == count)
    }

    // MARK: - Text

    @Test("Long files, large files and long lines are found")
    func lengths() {
        let lines = String(repeating: "a\n", count: 301)
        #expect(TextRules.fileLength(in: tree("Sources/A/A.swift", lines)).count == 1)
        #expect(TextRules.fileLength(in: tree("Tests/A/A.swift", lines)).isEmpty)
        #expect(TextRules.fileLength(in: tree("docs/a.md", lines)).isEmpty)
        let large = SourceFile(path: "a.bin", text: "", byteCount: 400 * 1024 + 1)
        #expect(TextRules.fileSize(in: SourceTree(files: [large])).count == 1)
        let umlauts = String(repeating: "ü", count: 120)
        #expect(TextRules.lineLength(in: tree("Sources/A/A.swift", "\(umlauts)\n")).isEmpty)
        #expect(
            messages(TextRules.lineLength(in: tree("A.swift", "\n\(umlauts)ü"))) == [
                "A.swift:2: 121 characters, at most 120"
            ]
        )
        #expect(TextRules.lineLength(in: tree("a.md", "\(umlauts)ü")).isEmpty)
    }

    @Test(
        "Lines that end uncleanly are found",
        arguments: [
            ("a.md", "a \n", 1), ("a.md", "a\r\n", 1), ("a.md", "a\tb\n", 1), ("Makefile", "\ta\n", 0),
            ("a.md", "a", 1),
            ("a.md", "a\n\n", 1), ("a.md", "a\n", 0), ("a.md", "", 0),
        ]
    )
    func blanks(path: String, text: String, count: Int) {
        #expect(TextRules.blanks(in: tree(path, text)).count == count)
    }

    @Test("Remarks for later and paths of one machine are found")
    func remarksAndPaths() {
        #expect(TextRules.remarks(in: tree("a.md", "b\n// TO" + "DO: c\n")).first?.line == 2)
        #expect(TextRules.remarks(in: tree("a.md", "TO" + "DOS, masTO" + "DO\n")).isEmpty)
        #expect(TextRules.machinePaths(in: tree("a.md", "see /wo" + "rk/a\n")).count == 1)
        #expect(TextRules.machinePaths(in: tree("a.md", "\"/ho" + "me/a\"\n")).count == 1)
        #expect(
            TextRules.machinePaths(in: tree("a.md", "{workDir}/wo" + "rk/a, x/wo" + "rk/, \\(id)/wo" + "rk/\n")).isEmpty
        )
    }

    @Test("A script that cannot be started is found")
    func executableScripts() {
        #expect(TextRules.executableScripts(in: tree("scripts/a.sh", "#!/bin/sh\n")).count == 1)
        #expect(TextRules.executableScripts(in: tree("scripts/a.sh", "#!/bin/sh\n", isExecutable: true)).isEmpty)
        #expect(TextRules.executableScripts(in: tree("scripts/lib.sh", "a\n", isExecutable: true)).count == 1)
    }
}
