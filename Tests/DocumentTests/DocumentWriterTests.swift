import Documents
import SchedulerCore
import Testing

@Suite("Writing documents")
struct DocumentWriterTests {
    private func read(_ text: String, as format: DocumentReader.Format = .yaml) throws -> [MetadataContent] {
        let reading = DocumentReader.read(Array(text.utf8), as: format, file: "f")
        #expect(reading.problems == [])
        return reading.documents.map(\.content)
    }

    @Test("A2: what is exported reads back as it was")
    func examples() throws {
        let reading = DocumentReader.read(Array(SpecExamples.yaml.utf8), as: .yaml, file: "f")
        let contents = try DocumentSet.checked([reading], origin: .directory, beside: []).objects.map(\.content)
        let expected = contents.map(\.withoutSecrets)
        #expect(try read(DocumentWriter.yaml(contents)) == expected)
        #expect(try contents.flatMap { try read(DocumentWriter.json($0), as: .json) } == expected)
        #expect(DocumentWriter.yaml([]) == "")
    }

    @Test("A document is written as a person would, with quotes where they are needed")
    func form() throws {
        let text = """
            kind: JobSet
            package: /acme/gl
            name: Nightly
            displayName: "Nightly: all of it"
            description: On the hour
            application: AcmeEss
            executionMode: SERIAL
            steps:
              - stepId: load
                job: JobDefinition://acme/gl/Import
                links:
                  SUCCESS: "1"
                parameters:
                  - name: submit.argument1
                    paramType: STRING
                    value: "yes"
              - stepId: "1"
                job: JobSet://acme/gl/Rest
                links: {}

            """
        #expect(try DocumentWriter.yaml(read(text)) == text)
        let shift = "kind: Workshift\npackage: /a\nname: W\nallocation: 5\n"
        let role = "kind: Role\nname: R\nprivileges:\n  - ESCAPEMENT_WORK\nincludes: []\n"
        #expect(try DocumentWriter.yaml(read(shift + "---\n" + role)) == shift + "---\n" + role)
    }

    @Test("A38: secrets are in no document that is written")
    func secrets() throws {
        let secret = Parameter(name: "key", value: "canary", isSecret: true)
        let job = MetadataObjectID(kind: .jobDefinition, package: "/a", name: "D")
        let contents: [MetadataContent] = [
            .jobType(
                JobType(
                    id: MetadataObjectID(kind: .jobType, package: "/a", name: "T"),
                    executionType: .java,
                    extends: BuiltInJobType.swift.id,
                    parameters: [secret]
                )
            ),
            .jobDefinition(JobDefinition(id: job, jobType: BuiltInJobType.swift.id, parameters: [secret])),
            .jobSet(
                JobSet(
                    id: MetadataObjectID(kind: .jobSet, package: "/a", name: "S"),
                    executionMode: .serial,
                    steps: [JobSetStep(stepID: "a", job: job, parameters: [secret])],
                    parameters: [secret]
                )
            ),
            .user(User(name: "u", passwordHash: PasswordHashText("$scrypt$canary"))),
        ]
        let texts = [DocumentWriter.yaml(contents)] + contents.map { DocumentWriter.json($0) }
        for text in texts { #expect(!text.contains("canary")) }
        #expect(try read(texts[0]).count == 4)
        #expect(texts[0].contains("secret: true"))
    }

    @Test("Random objects of all kinds read back as they were, whatever their texts")
    func randomObjects() throws {
        var generator = ObjectGenerator(seed: 7)
        let contents = (0..<2000).map { _ in generator.content() }
        for part in stride(from: 0, to: contents.count, by: 50).map({ Array(contents[$0..<($0 + 50)]) }) {
            #expect(try read(DocumentWriter.yaml(part)) == part.map(\.withoutSecrets))
        }
    }
}
