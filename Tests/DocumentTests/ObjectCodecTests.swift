import Documents
import SchedulerCore
import Testing

@Suite("Stored form of objects")
struct ObjectCodecTests {
    private func roundTrip(_ content: MetadataContent) throws -> MetadataContent {
        let text = try ObjectCodec.encode(content) { "sealed:" + $0 }
        return try ObjectCodec.decode(text) { String($0.dropFirst("sealed:".count)) }
    }

    private static let withSecret = MetadataContent.jobType(
        JobType(
            id: MetadataObjectID(kind: .jobType, package: "/a", name: "T"),
            executionType: .java,
            extends: BuiltInJobType.swift.id,
            parameters: [Parameter(name: "key", value: "canary", isSecret: true)]
        )
    )

    @Test("The examples of the specification come back as they were")
    func examples() throws {
        let reading = DocumentReader.read(Array(SpecExamples.yaml.utf8), as: .yaml, file: "f")
        let set = try DocumentSet.checked([reading], origin: .directory, beside: [])
        for object in set.objects + Catalogue.builtInObjects {
            #expect(try roundTrip(object.content) == object.content)
        }
    }

    @Test("The text is canonical: members by name, nothing absent")
    func canonical() throws {
        let content = MetadataContent.role(
            Role(name: "A", description: "q\"\\\n\u{1}ä😀", privileges: [.work, .security])
        )
        let expected =
            #"{"description":"q\"\\\u000a\u0001ä😀","includes":[],"kind":"Role","name":"A","#
            + #""privileges":["ESCAPEMENT_SECURITY","ESCAPEMENT_WORK"]}"#
        #expect(try ObjectCodec.encode(content) { $0 } == expected)
        #expect(try roundTrip(content) == content)
    }

    @Test("A38: the value of a secret parameter is in no stored text")
    func secrets() throws {
        let text = try ObjectCodec.encode(Self.withSecret) { _ in "x" }
        #expect(!text.contains("canary"))
        #expect(try ObjectCodec.decode(text) { _ in "canary" } == Self.withSecret)
        struct NoKey: Error {}
        #expect(throws: NoKey.self) { try ObjectCodec.encode(Self.withSecret) { _ in throw NoKey() } }
        #expect(throws: DocumentErrors.self) { try ObjectCodec.decode(text) { _ in throw NoKey() } }
    }

    @Test("An unchanged document keeps its text although sealing gives another each time")
    func unchanged() throws {
        var count = 0
        func encode(_ content: MetadataContent, unlessStored stored: String?) throws -> String {
            try ObjectCodec.encode(
                content,
                unlessStored: stored,
                sealSecret: { value in
                    count += 1
                    return "\(count):\(value)"
                },
                openSecret: { String($0.drop { $0 != ":" }.dropFirst()) }
            )
        }
        let first = try encode(Self.withSecret, unlessStored: nil)
        #expect(try encode(Self.withSecret, unlessStored: first) == first)
        #expect(try encode(Self.withSecret, unlessStored: "{}") != first)
        #expect(try encode(.role(Role(name: "A")), unlessStored: first) != first)
    }

    @Test("A stored row becomes an object again, unless it is not the one it says")
    func rows() throws {
        let content = MetadataContent.role(Role(name: "A"))
        let time = Timestamp(milliseconds: 5)
        func row(_ id: String, _ origin: String) throws -> StoredMetadata {
            let document = try ObjectCodec.encode(content) { $0 }
            return StoredMetadata(
                id: id,
                origin: origin,
                version: 3,
                document: document,
                createdBy: "anna",
                updatedTime: time,
                customizations: ["Priority": "7", "Unknown": "x"]
            )
        }
        let object = try ObjectCodec.object(of: row("Role://A", "API")) { $0 }
        var expected = MetadataObject(content, origin: .api, version: 3, updatedTime: time)
        expected.createdBy = "anna"
        expected.createdTime = time
        expected.updatedBy = "system"
        expected.customizations = [.priority: "7"]
        #expect(object == expected)
        for (id, origin) in [("Role://B", "API"), ("Role://A", "MOON")] {
            #expect(throws: DocumentErrors.self) { try ObjectCodec.object(of: row(id, origin)) { $0 } }
        }
    }

    @Test(
        "What was not written by it is refused",
        arguments: ["", "{}", "[1]", #"{"kind":"Role"}"#, "nonsense"]
    )
    func foreignText(_ text: String) {
        #expect(throws: DocumentErrors.self) { try ObjectCodec.decode(text) { $0 } }
    }

    @Test("Random objects of all kinds come back as they were")
    func randomObjects() throws {
        var generator = ObjectGenerator(seed: 5)
        for _ in 0..<2000 {
            let content = generator.content()
            #expect(try roundTrip(content) == content)
        }
    }
}
