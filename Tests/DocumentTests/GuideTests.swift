import Documents
import Foundation
import SchedulerCore
import Testing

/// What a reader copies out of the guides, or takes from `Examples/`, works.
@Suite("Guides and their examples")
struct GuideTests {
    /// The objects that `make run` serves.
    private static func samples() throws -> [MetadataObject] {
        try DocumentDirectory.load(GuideText.root.appending(path: "Examples/metadata").path()).objects
    }

    /// The objects of a text, as they would stand beside others; with every problem and warning.
    private static func read(
        _ bytes: [UInt8],
        file: String,
        beside others: [MetadataObject]
    ) -> (objects: [MetadataObject], problems: [String]) {
        let reading = DocumentReader.read(bytes, as: .yaml, file: file)
        do throws(DocumentErrors) {
            let set = try DocumentSet.checked([reading], origin: .api, beside: others)
            return (set.objects, set.warnings.map(\.description))
        } catch {
            return ([], error.problems.map(\.description))
        }
    }

    /// The objects of all examples in YAML.
    private static func exampleObjects() throws -> [MetadataObject] {
        let samples = try samples()
        return try GuideText.examples().filter { $0.hasSuffix(".yaml") }.flatMap { path in
            read(try GuideText.bytes(of: path), file: path, beside: samples).objects
        }
    }

    /// What the guides show, with the guide's name.
    private static func shown() throws -> [(guide: String, document: String)] {
        try GuideText.guides().flatMap { name, text in GuideText.documents(in: text).map { (name, $0) } }
    }

    @Test("Every file of the examples is read without a problem or a warning")
    func examples() throws {
        let samples = try Self.samples()
        for path in try GuideText.examples() {
            let bytes = try GuideText.bytes(of: path)
            switch path.split(separator: ".").last {
            case "yaml":
                let (objects, problems) = Self.read(bytes, file: path, beside: samples)
                #expect(problems.isEmpty)
                #expect(!objects.isEmpty, "\(path) holds nothing")
            case "xml":
                let options = OracleXMLOptions(source: path, package: "/acme/gl", zone: "Europe/Berlin")
                let reading = OracleXMLReader.read(bytes, options)
                #expect(reading.report.filter { $0.outcome == .error }.isEmpty)
                #expect(!reading.contents.isEmpty, "\(path) holds nothing")
            case "py":
                #expect(String(decoding: bytes, as: UTF8.self).contains("usage: python3 \(path) "))
            case "service":
                let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
                for line in lines where line.wholeMatch(of: /#.*|\[[A-Z][a-z]+\]|[A-Za-z]+=.+/) == nil {
                    Issue.record("\(path): “\(line)” is no line of a unit")
                }
            default:
                Issue.record("\(path): no test reads files of this kind")
            }
        }
    }

    @Test("Every document that a guide shows is read without a problem or a warning")
    func documents() throws {
        let examples = try Self.exampleObjects()
        var count = 0
        for (guide, document) in try Self.shown() {
            let (objects, problems) = Self.read(Array(document.utf8), file: guide, beside: examples)
            #expect(problems.isEmpty)
            #expect(!objects.isEmpty, "\(guide) shows a document that holds nothing")
            count += objects.count
        }
        #expect(count >= 3)
    }

    @Test("An object that a guide shows is the one of the examples, but for those made by the import")
    func sameAsExamples() throws {
        let examples = try Self.exampleObjects()
        #expect(Set(examples.map(\.id)).count == examples.count, "an example is there twice")
        for (guide, document) in try Self.shown() where guide != "oracle-import.md" {
            for object in Self.read(Array(document.utf8), file: guide, beside: examples).objects {
                let example = examples.first { $0.id == object.id }
                #expect(example?.content == object.content, "\(object.id) of \(guide)")
            }
        }
    }

    @Test(
        "A guide names an example",
        arguments: [
            "schedules", "job-sets", "incompatibilities", "work-assignments", "diagnosis", "callbacks", "oracle-import",
        ]
    )
    func namesExample(guide: String) throws {
        let text = try #require(try GuideText.guides()["\(guide).md"])
        let paths = try GuideText.examples()
        #expect(paths.contains { text.contains($0) }, "\(guide).md names no file of Examples/")
    }

    @Test("Every example that a guide names is there")
    func namedExamplesExist() throws {
        for (name, text) in try GuideText.guides() {
            for match in text.matches(of: /Examples\/[A-Za-z0-9_.\/-]*[A-Za-z0-9_]/) {
                let path = GuideText.root.appending(path: String(match.output)).path()
                #expect(FileManager.default.fileExists(atPath: path), "\(name): \(match.output)")
            }
        }
    }

    @Test("Blocks are found by their fence or their indentation, and commands are no documents")
    func blocks() {
        let guide = """
            Text

                kind: Role
                name: A

                includes: []
            Text

                escapement metadata apply

            ```yaml
            kind: Role
            ```
            ```text
            kind: Role
            ```
                # a comment first
                kind: User
            """
        let found = ["kind: Role\nname: A\n\nincludes: []", "kind: Role", "# a comment first\nkind: User"]
        #expect(GuideText.documents(in: guide) == found)
    }
}
