import Documents
import SchedulerCore
import Testing

@Suite("Plans of documents")
struct MetadataPlannerTests {
    private static let type = "jobType: JobType://escapement/core/SwiftJobType"
    private static let code = "{name: SYS_className, value: NoOp}"

    @Test("A2: the examples are created; laid beside what they made they change nothing, and so does their export")
    func examples() throws {
        let reading = Self.reading(SpecExamples.yaml)
        let plan = try MetadataPlanner(current: []).plan([reading], origin: .api)
        #expect(plan.items.allSatisfy { $0.action == .create && $0.baseVersion == 0 && !$0.differences.isEmpty })
        let stored = plan.items.compactMap { item in item.after.map { MetadataObject($0, origin: .api, version: 7) } }
        #expect(stored.count == plan.items.count)
        let planner = MetadataPlanner(current: stored)
        let again = try planner.plan([reading], origin: .api)
        #expect(!again.hasChanges && again.items.allSatisfy { $0.baseVersion == 7 })
        let export = Self.reading(DocumentWriter.yaml(stored.map(\.content)))
        #expect(try !planner.plan([export], origin: .api).hasChanges)
    }

    @Test("Random objects, exported without their secrets and laid beside themselves, change nothing")
    func randomObjects() throws {
        var generator = ObjectGenerator(seed: 11)
        var kept = 0
        for _ in 0..<500 {
            let content = generator.content()
            let object = MetadataObject(content, origin: .api, version: 1)
            // What refers to nothing that exists cannot be planned; the generator makes much of that.
            let reading = Self.reading(DocumentWriter.yaml([content]))
            guard let plan = try? MetadataPlanner(current: [object]).plan([reading], origin: .api) else { continue }
            kept += 1
            #expect(!plan.hasChanges, "\(content.id)")
        }
        #expect(kept > 20)
    }

    @Test("Secrets that a document leaves out or masks are those of the store, by name and step")
    func secrets() throws {
        let old = try Self.contents(
            Self.definition("{name: a, secret: true, value: one}, {name: b, secret: true, value: two}")
        )
        let stored = old.map { MetadataObject($0, origin: .api, version: 1) }
        let planner = MetadataPlanner(current: stored)
        for text in ["{name: b, secret: true}, {name: a, secret: true, value: \"********\"}"] {
            let plan = try planner.plan([Self.reading(Self.definition(text))], origin: .api)
            guard case .jobDefinition(let definition)? = plan.items.first?.after else { throw Missing() }
            #expect(definition.parameters.map(\.value) == ["NoOp", "two", "one"])
        }
        let other = try planner.plan(
            [Self.reading(Self.definition("{name: a, secret: true, value: new}"))],
            origin: .api
        )
        let differences = try #require(other.items.first?.differences)
        #expect(differences.map(\.path) == ["/parameters/1/value", "/parameters/2"])
        #expect(differences.first?.from == "\"********\"" && differences.first?.to == "\"********\"")
        #expect(!differences.contains { "\($0)".contains("two") })
        // Nobody knows what these asterisks stand for.
        let error = #expect(throws: MetadataRefusal.self) {
            try planner.plan(
                [Self.reading(Self.definition("{name: c, secret: true, value: \"********\"}"))],
                origin: .api
            )
        }
        #expect(error?.error.code == 30002)
        #expect(error?.problems.first?.path == "/parameters/1/value")
        #expect(error?.problems.first?.line == 5)
    }

    @Test("Items of lists are compared by their names, however they moved up or down")
    func lists() throws {
        let old = try Self.contents(Self.definition("{name: a, value: x}, {name: b, value: y}"))
        let new = try Self.contents(Self.definition("{name: z}, {name: a, value: x}, {name: b, value: w}"))
        let differences = MetadataDifference.between(old.first, new.first)
        #expect(differences.map(\.path) == ["/parameters/1", "/parameters/3/value"])
        #expect(differences.map(\.from) == [nil, "\"y\""])
        #expect(differences.map(\.to).last == "\"w\"")
        let swapped = try Self.contents(Self.definition("{name: b, value: y}, {name: a, value: x}"))
        #expect(!MetadataDifference.between(old.first, swapped.first).isEmpty)
        #expect(MetadataDifference.between(old.first, old.first).isEmpty)
    }

    @Test("What is named by what stays is not deleted; what goes together goes")
    func deletion() throws {
        let text = "kind: Role\nname: A\n---\nkind: Role\nname: B\nincludes: [A]\n"
        let stored = try Self.contents(text).map { MetadataObject($0, origin: .api, version: 1) }
        let planner = MetadataPlanner(current: stored)
        let error = #expect(throws: MetadataRefusal.self) { try planner.deletion(of: [stored[0]]) }
        #expect(error?.error == SchedulerError(30004, "Role://A", "Role://B"))
        #expect(try planner.deletion(of: stored).items.map(\.action) == [.delete, .delete])
    }

    @Test("Missing references alone have a code of their own")
    func missing() throws {
        let text = "kind: Role\nname: A\nincludes: [No]\n"
        let missing = #expect(throws: MetadataRefusal.self) {
            try MetadataPlanner(current: []).plan([Self.reading(text)], origin: .api)
        }
        #expect(missing?.error == SchedulerError(30003, "Role://A", "Role://No"))
        let both = #expect(throws: MetadataRefusal.self) {
            try MetadataPlanner(current: []).plan(
                [Self.reading(text + "bad: 1\n---\nkind: Role\nname: B\nincludes: [No]")],
                origin: .api
            )
        }
        #expect(both?.error.code == 30002)
    }

    private struct Missing: Error {}

    private static func definition(_ parameters: String) -> String {
        "kind: JobDefinition\npackage: /acme\nname: A\n\(type)\nparameters: [\(code), \(parameters)]\n"
    }

    private static func reading(_ text: String) -> DocumentReader.Reading {
        DocumentReader.read(Array(text.utf8), as: .yaml, file: "f")
    }

    private static func contents(_ text: String) throws -> [MetadataContent] {
        try DocumentText.check(text).objects.map(\.content)
    }
}
