import Documents
import Foundation
import SchedulerCore
import Testing

@Suite("The metadata directory")
struct DocumentDirectoryTests {
    private func load(_ folder: TemporaryFolder, bytesMax: Int = DocumentLimits.bytesMax) throws -> DocumentSet {
        try DocumentDirectory.load(folder.path, bytesMax: bytesMax)
    }

    private func problems(_ folder: TemporaryFolder, bytesMax: Int = DocumentLimits.bytesMax) -> [String] {
        do {
            _ = try load(folder, bytesMax: bytesMax)
            return []
        } catch {
            return (error as? DocumentErrors)?.problems.map(\.description) ?? ["\(error)"]
        }
    }

    private func role(_ name: String) -> String { "{kind: Role, name: \(name)}" }

    @Test("Files of the three endings are read, also in folders; dot files and others are not")
    func files() throws {
        let folder = try TemporaryFolder()
        try folder.write("b.yaml", role("B"))
        try folder.write("a.yml", role("A") + "\n---\n" + role("A2"))
        try folder.write("sub/deep/c.json", #"[{"kind": "Role", "name": "C"}]"#)
        try folder.write(".hidden.yaml", "{kind: Nonsense}")
        try folder.write(".git/x.yaml", "{kind: Nonsense}")
        try folder.write("readme.md", "{kind: Nonsense}")
        try folder.write("x.yaml.bak", "{kind: Nonsense}")
        let set = try load(folder)
        #expect(set.objects.map(\.id.name) == ["A", "A2", "B", "C"])
        #expect(set.objects.allSatisfy { $0.origin == .directory })
        #expect(set.warnings.isEmpty)
    }

    @Test("The samples of the repository load without a warning")
    func samples() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let set = try DocumentDirectory.load(root.appending(path: "Examples/metadata").path())
        #expect(set.warnings.isEmpty)
        #expect(set.objects.contains { $0.id.description == "JobSet://samples/Morning" })
    }

    @Test("References reach across files and to objects that are there already; an object there is replaced")
    func references() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.yaml", "{kind: Role, name: A, includes: [B, Old]}")
        try folder.write("b.yaml", role("B"))
        let others = [Role(name: "Old"), Role(name: "B", includes: ["A"])].map {
            MetadataObject(.role($0), origin: .api)
        }
        let set = try DocumentDirectory.load(folder.path, beside: others)
        #expect(set.objects.count == 2)
        #expect(problems(folder) == ["a.yaml:1: /includes/1: Role://Old does not exist"])
    }

    @Test("Objects outside that lose what they refer to are a problem too")
    func dangling() throws {
        let folder = try TemporaryFolder()
        let user = MetadataObject(.user(User(name: "u", roles: ["Gone"])), origin: .api)
        let errors = #expect(throws: DocumentErrors.self) {
            try DocumentDirectory.load(folder.path, beside: [user])
        }
        #expect(errors?.description == "/roles/0: User://u: Role://Gone does not exist")
    }

    @Test("A13: all errors of all files at once, with file, line and path, and nothing is taken")
    func allOrNothing() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.yaml", role("A") + "\n---\nkind: Role\nname: B\ncolour: red")
        try folder.write("b.json", "{\n\"kind\": \"Role\",\n}")
        try folder.write("c.yaml", "kind: User\nname: u\nroles: [A, X]")
        try folder.write("d/e.yaml", role("A"))
        #expect(
            problems(folder) == [
                "a.yaml:5: /colour: unknown member", "b.json:3: the name of a member is expected",
                "c.yaml:3: /roles/1: Role://X does not exist", "d/e.yaml:1: Role://A is defined already in a.yaml:1",
            ]
        )
    }

    @Test("Filters of grants are checked with the place they stand in")
    func filters() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "g.yaml",
            "kind: Grant\nname: g\ngrantee: {role: ESSAdmin}\nrequests:\n- {filter: product pr}\n- filter: colour pr"
        )
        #expect(problems(folder) == ["g.yaml:6: /requests/1/filter: Unknown filter attribute colour at position 1."])
    }

    @Test("Links may lead to files inside, nowhere else")
    func links() throws {
        let outside = try TemporaryFolder()
        try outside.write("out.yaml", role("Out"))
        let folder = try TemporaryFolder()
        try folder.write("..data/in.yaml", role("In"))
        try folder.link("in.yaml", to: "..data/in.yaml")
        #expect(try load(folder).objects.map(\.id.name) == ["In"])
        try folder.link("out.yaml", to: outside.path + "/out.yaml")
        try folder.link("lost.yaml", to: "missing")
        try folder.link("self.yaml", to: "self.yaml")
        try folder.link("dir.yaml", to: "..data")
        try folder.link("plain", to: outside.path)
        #expect(
            problems(folder) == [
                "dir.yaml: this is no regular file", "lost.yaml: the link leads nowhere",
                "out.yaml: the link leads out of the directory", "self.yaml: the link leads nowhere",
            ]
        )
    }

    @Test("Writable for everybody is refused, for the directory, a folder and a file; for the group it warns")
    func modes() throws {
        let folder = try TemporaryFolder()
        try folder.write("sub/a.yaml", role("A"))
        try folder.mode("sub/a.yaml", 0o664)
        #expect(try load(folder).warnings.map(\.description) == ["sub/a.yaml: the group may write here"])
        for (path, mode) in [("sub/a.yaml", 0o646), ("sub", 0o757), ("", 0o1777)] {
            try folder.mode(path, mode)
            #expect(problems(folder).count == 1)
            #expect(problems(folder).first?.contains("everybody may write here") == true)
            try folder.mode(path, 0o755)
        }
        #expect(try load(folder).objects.count == 1)
    }

    @Test("A link's target is as safe as a file in sight must be")
    func modesBehindLinks() throws {
        let folder = try TemporaryFolder()
        try folder.write(".data/a.yaml", role("A"))
        try folder.link("a.yaml", to: ".data/a.yaml")
        try folder.mode(".data", 0o777)
        #expect(problems(folder).count == 1)
        try folder.mode(".data", 0o755)
        try folder.mode(".data/a.yaml", 0o666)
        #expect(problems(folder).count == 1)
    }

    @Test("A pipe, a missing directory, a file in its place and too much text are errors, not waits")
    func strangePlaces() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.yaml", role("A"))
        #expect(mkfifo(folder.path + "/pipe.yaml", 0o600) == 0)
        #expect(problems(folder) == ["pipe.yaml: this is no regular file"])
        #expect(throws: DocumentErrors.self) { try DocumentDirectory.load(folder.path + "/none") }
        #expect(throws: DocumentErrors.self) { try DocumentDirectory.load(folder.path + "/a.yaml") }
        try FileManager.default.removeItem(atPath: folder.path + "/pipe.yaml")
        try folder.write("b.yaml", role("B"))
        #expect(problems(folder, bytesMax: 42).isEmpty)
        #expect(problems(folder, bytesMax: 41) == ["b.yaml: all files together are larger than 41 bytes"])
    }
}

/// A folder that goes with the test.
private final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array((NSTemporaryDirectory() + "documents-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(.EIO) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        let file = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        try Data(text.utf8).write(to: file)
        try mode(name, 0o644)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    func mode(_ name: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path + "/" + name)
    }
}
