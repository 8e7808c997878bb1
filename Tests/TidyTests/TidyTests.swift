import Testing

/// The rules that this repository holds itself to, each over the real tree. That every rule finds what it
/// is made for is shown in `RuleTests`.
@Suite struct TidyTests {
    private let tree = SourceTree.repository
    private let manifest: PackageManifest

    init() throws {
        manifest = PackageManifest(try #require(tree.file("Package.swift")))
    }

    @Test("The tree and the manifest are read at all")
    func treeIsRead() {
        #expect(tree.swiftFiles(below: "Sources").count > 1)
        #expect(manifest.target(containing: "Sources/SchedulerCore/Timestamp.swift")?.name == "SchedulerCore")
        #expect(manifest.target(containing: "Tests/Support/Fixture.swift")?.name == "SchedulerTesting")
        #expect(Set(ImportRules.allowed.keys).isSubset(of: manifest.targets.map(\.name)))
    }

    @Test("Each target imports and depends on what the architecture allows it")
    func importTable() {
        expectNone(ImportRules.outsideTable(in: tree, manifest: manifest))
    }

    @Test("No file imports what the manifest does not list for its target")
    func declaredImports() {
        expectNone(ImportRules.undeclared(in: tree, manifest: manifest))
    }

    @Test("Foundation, the old test library and testable imports stay where they belong")
    func unwantedImports() {
        expectNone(ImportRules.unwanted(in: tree, manifest: manifest))
    }

    @Test("Sources read no clock and do not sleep")
    func time() {
        expectNone(CodeRules.time(in: tree))
    }

    @Test("Tests wait for events and do not sleep")
    func sleepingTests() {
        expectNone(CodeRules.sleepingTests(in: tree))
    }

    @Test("Sources start no unstructured task")
    func unstructuredTasks() {
        expectNone(CodeRules.unstructuredTasks(in: tree))
    }

    @Test("Sources force nothing")
    func force() {
        expectNone(CodeRules.force(in: tree))
    }

    @Test("Shared state has a named guard")
    func unguardedSharing() {
        expectNone(CodeRules.unguardedSharing(in: tree))
    }

    @Test("Files of code are short")
    func fileLength() {
        expectNone(TextRules.fileLength(in: tree))
    }

    @Test("Files are small")
    func fileSize() {
        expectNone(TextRules.fileSize(in: tree))
    }

    @Test("Lines of code fit the column")
    func lineLength() {
        expectNone(TextRules.lineLength(in: tree))
    }

    @Test("Lines end cleanly")
    func blanks() {
        expectNone(TextRules.blanks(in: tree))
    }

    @Test("Nothing is left for later in a remark")
    func remarks() {
        expectNone(TextRules.remarks(in: tree))
    }

    @Test("No path of somebody's machine is written down")
    func machinePaths() {
        expectNone(TextRules.machinePaths(in: tree))
    }

    @Test("Scripts can be started")
    func executableScripts() {
        expectNone(TextRules.executableScripts(in: tree))
    }

    @Test("The change log keeps its form")
    func changelog() throws {
        expectNone(DocumentRules.changelog(try #require(tree.file("CHANGELOG.md"))))
    }

    @Test("Decision records are numbered, short and whole")
    func decisions() {
        expectNone(DocumentRules.decisions(in: tree))
    }

    @Test("Links in documents lead somewhere")
    func links() {
        expectNone(DocumentRules.links(in: tree))
    }
}
