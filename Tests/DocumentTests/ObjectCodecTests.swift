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
            return StoredMetadata(id: id, origin: origin, version: 3, document: document, updatedTime: time)
        }
        let object = try ObjectCodec.object(of: row("Role://A", "API")) { $0 }
        #expect(object == MetadataObject(content, origin: .api, version: 3, updatedTime: time))
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
        for _ in 0..<1000 {
            let content = generator.content()
            #expect(try roundTrip(content) == content)
        }
    }
}

/// Makes objects of all kinds with whatever texts.
private struct ObjectGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func content() -> MetadataContent {
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            return .jobType(
                JobType(
                    id: MetadataObjectID(kind: .jobType, package: "/a/b", name: "T.1"),
                    displayName: optional { $0.text() },
                    executionType: ExecutionType.allCases.randomElement(using: &random) ?? .java,
                    extends: optional { _ in BuiltInJobType.http.id },
                    parameters: list { $0.parameter() }
                )
            )
        case 1:
            return .jobDefinition(
                JobDefinition(
                    id: MetadataObjectID(kind: .jobDefinition, package: "/a", name: "D"),
                    description: optional { $0.text() },
                    jobType: BuiltInJobType.process.id,
                    application: optional { $0.text() },
                    parameters: list { $0.parameter() },
                    overridable: list { $0.text() }
                )
            )
        case 2:
            return .user(
                User(
                    name: "anna@x",
                    isEnabled: .random(using: &random),
                    enterpriseID: .random(in: 0 ... .max, using: &random),
                    roles: list { _ in "R" },
                    passwordHash: optional { PasswordHashText($0.text()) }
                )
            )
        case 3:
            return .role(
                Role(
                    name: "R",
                    privileges: Set(list { $0.element(of: Privilege.allCases) }),
                    includes: list { _ in "S" }
                )
            )
        default:
            return .grant(
                Grant(
                    name: "g",
                    grantee: .random(using: &random) ? .user("u") : .role("r"),
                    metadata: list {
                        MetadataRule(resource: .all, actions: Set($0.list { $0.element(of: MetadataAction.allCases) }))
                    },
                    requests: list {
                        RequestRule(
                            filter: $0.optional { $0.text() },
                            actions: RequestActionSet($0.list { $0.element(of: RequestAction.allCases) })
                        )
                    }
                )
            )
        }
    }

    private mutating func parameter() -> Parameter {
        let name = text()
        return Parameter(
            name: name,
            type: SystemProperty.named(name)?.type ?? element(of: ParameterType.allCases),
            value: optional { $0.text() },
            isReadOnly: .random(using: &random),
            isSecret: .random(using: &random),
            ui: optional {
                ParameterUI(
                    prompt: $0.optional { $0.text() },
                    isHidden: .random(using: &$0.random),
                    isRequired: .random(using: &$0.random),
                    choices: $0.optional { $0.list { $0.text() } },
                    pattern: $0.optional { $0.text() },
                    max: $0.optional { $0.text() }
                )
            }
        )
    }

    private mutating func text() -> String {
        let pieces = ["SYS_priority", "\"", "\\", "\n", "\u{1F}", "ä", "😀", "\u{2028}", "null", "1", " ", "x"]
        let count = Int.random(in: 1...4, using: &random)
        return (0..<count).map { _ in element(of: pieces) }.joined()
    }

    private mutating func element<Element>(of elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    private mutating func optional<Value>(_ make: (inout Self) -> Value) -> Value? {
        Bool.random(using: &random) ? make(&self) : nil
    }

    private mutating func list<Value>(_ make: (inout Self) -> Value) -> [Value] {
        var items: [Value] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) { items.append(make(&self)) }
        return items
    }
}
