import SchedulerCore
import Testing

@Suite("Metadata ids")
struct MetadataObjectIDTests {
    private let canonical = MetadataObjectID(kind: .jobDefinition, package: "/acme/gl", name: "Import.Journals")

    @Test(
        "A1: all spellings of one id reach one object",
        arguments: [
            "JobDefinition://acme/gl/Import.Journals", "JobDefinition:/acme/gl/Import.Journals",
            "/acme/gl/Import.Journals", "acme/gl/Import.Journals", "acme/gl/Import.Journals/",
            "//acme///gl//Import.Journals//", "JobDefinition:////acme/gl/Import.Journals/",
            "JOB_DEFINITION://acme/gl/Import.Journals", "JOB_DEFINITION:/acme/gl/Import.Journals",
        ]
    )
    func spellings(_ text: String) throws {
        #expect(try MetadataObjectID(parsing: text, default: .jobDefinition) == canonical)
        #expect(try MetadataObjectID(parsing: text, only: .jobDefinition) == canonical)
        #expect(canonical.description == "JobDefinition://acme/gl/Import.Journals")
    }

    @Test(
        "A1: aliases name kinds",
        arguments: [
            ("ScheduleDefinition", MetadataKind.schedule), ("JOB_TYPE", .jobType), ("JOB_DEFINITION", .jobDefinition),
            ("JOB_SET", .jobSet), ("JOBSET", .jobSet), ("SCHEDULE_DEFINITION", .schedule),
            ("EXCLUSION_DEFINITION", .exclusionsDefinition), ("INCOMPATIBILITY", .incompatibility),
            ("WORKSHIFT", .workshift), ("WORK_ASSIGNMENT", .workAssignment),
        ]
    )
    func aliases(_ alias: String, _ kind: MetadataKind) throws {
        #expect(try MetadataObjectID(parsing: "\(alias)://a/B", default: .jobDefinition).kind == kind)
        #expect(try MetadataObjectID(parsing: "\(kind.rawValue)://a/B", default: .jobDefinition).kind == kind)
    }

    @Test(
        "A1: what is no id is refused, so is one without package",
        arguments: [
            "", "/", "Name", "/Name", "JobDefinition://Name", "JobDefinition:acme/Name", "acme/.", "acme/..",
            "ac.me/Name", "acme/Na me", "acme/Nämé", "acme/copy", "versions/Name", "acme/permissions/Name",
            "a/customizations", "a/referrers", "acme/Na@me", "acme/Na\u{0}me", ":/acme/Name", "/acme:x/Name",
            "acme/Name?x", "acme/a+b",
        ]
    )
    func refused(_ text: String) {
        #expect(throws: SchedulerError(3002, text)) {
            try MetadataObjectID(parsing: text, default: .jobDefinition)
        }
    }

    @Test("Unknown and reserved kinds are refused by name", arguments: ["Trigger", "TRIGGER", "jobdefinition", "X_Y"])
    func unknownKinds(_ kind: String) {
        #expect(throws: SchedulerError(3003, kind)) {
            try MetadataObjectID(parsing: "\(kind)://acme/Name", default: .jobDefinition)
        }
    }

    @Test("A context that takes one kind refuses the others")
    func wrongKind() {
        #expect(throws: SchedulerError(3003, "JobSet")) {
            try MetadataObjectID(parsing: "JobSet://acme/Name", only: .jobDefinition)
        }
        #expect(throws: SchedulerError(3003, "Schedule")) {
            try MetadataObjectID.candidates(parsing: "Schedule://a/B", kinds: [.jobDefinition, .jobSet])
        }
    }

    @Test("A bare reference tries definition, then set; one with a kind tries that alone")
    func candidates() throws {
        let bare = try MetadataObjectID.candidates(parsing: "a/B", kinds: [.jobDefinition, .jobSet])
        #expect(bare.map(\.description) == ["JobDefinition://a/B", "JobSet://a/B"])
        let set = try MetadataObjectID.candidates(parsing: "JOBSET:/a/B", kinds: [.jobDefinition, .jobSet])
        #expect(set.map(\.description) == ["JobSet://a/B"])
    }

    @Test("512 bytes are accepted, 513 are not; repeated slashes do not count")
    func length() throws {
        let prefix = "JobDefinition://a/"
        let longest = String(repeating: "n", count: 512 - prefix.utf8.count)
        #expect(try MetadataObjectID(parsing: prefix + longest, default: .jobDefinition).name == longest)
        #expect(try MetadataObjectID(parsing: "a////////" + longest, default: .jobDefinition).name == longest)
        #expect(throws: SchedulerError.self) {
            try MetadataObjectID(parsing: prefix + longest + "n", default: .jobDefinition)
        }
        #expect(throws: SchedulerError.self) {
            try MetadataObjectID(parsing: "a/" + longest + "n", default: .jobDefinition)
        }
        #expect(throws: SchedulerError.self) {
            try MetadataObjectID(parsing: String(repeating: "/", count: 5000) + "a/b", default: .jobDefinition)
        }
    }

    @Test("Users, roles and grants have a bare name; user names may look like mail addresses")
    func withoutPackage() throws {
        for text in ["anna+x@acme.example", "User://anna+x@acme.example", "/anna+x@acme.example/"] {
            let id = try MetadataObjectID(parsing: text, default: .user)
            #expect(id == MetadataObjectID(kind: .user, package: "", name: "anna+x@acme.example"))
        }
        #expect(throws: SchedulerError.self) { try MetadataObjectID(parsing: "a/b", default: .role) }
        #expect(throws: SchedulerError.self) { try MetadataObjectID(parsing: "a@b", default: .role) }
    }

    @Test("Random text either is refused or comes back from its canonical form unchanged")
    func canonicalFormIsStable() throws {
        var generator = SeededGenerator(seed: 11)
        let pieces = [
            "JobDefinition", "JobSet", "Trigger", ":", "/", "//", "a", "B.c", "..", "$x-_", "copy", "@", "ä", "",
        ]
        var accepted = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...7, using: &generator))
                .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            guard let id = try? MetadataObjectID(parsing: text, default: .jobDefinition) else { continue }
            accepted += 1
            #expect(try MetadataObjectID(parsing: id.description, default: .schedule) == id)
        }
        #expect(accepted > 100)
    }
}
