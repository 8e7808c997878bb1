import SchedulerCore
import Testing

@Suite("References in the catalogue")
struct CatalogueReferenceTests {
    typealias Fixture = CatalogueFixture

    @Test("A12: the catalogue knows all referrers of an object, each once and in order")
    func referrers() throws {
        let java = try MetadataObjectID(parsing: "/oracle/as/ess/ext/JavaJobType", only: .jobType)
        let shift = Workshift(
            id: Fixture.id(.workshift, "W"),
            schedule: Fixture.id(.schedule, "S"),
            duration: 1,
            allocation: 1
        )
        let catalogue = Fixture.catalogue(
            .jobDefinition(Fixture.job("Job")),
            .jobDefinition(JobDefinition(id: Fixture.id(.jobDefinition, "Java"), jobType: java)),
            .jobSet(Fixture.set("Set", [Fixture.step("a"), Fixture.step("b")])),
            .jobSet(Fixture.set("Outer", [Fixture.step("a", set: "Set")])),
            .incompatibility(
                Incompatibility(
                    id: Fixture.id(.incompatibility, "I"),
                    type: .global,
                    entities: [IncompatibleEntity(entity: Fixture.id(.jobDefinition, "Job"), isSelfIncompatible: true)]
                )
            ),
            .exclusionsDefinition(ExclusionsDefinition(id: Fixture.id(.exclusionsDefinition, "E"))),
            .schedule(
                StoredSchedule(
                    id: Fixture.id(.schedule, "S"),
                    exclusionsDefinitions: [Fixture.id(.exclusionsDefinition, "E")]
                )
            ),
            .workshift(shift),
            .workAssignment(WorkAssignment(id: Fixture.id(.workAssignment, "A"), workshifts: [shift.id])),
            .purgePolicy(PurgePolicy(id: Fixture.id(.purgePolicy, "P"), schedule: Fixture.id(.schedule, "S"))),
            .user(User(name: "u", roles: ["R"])),
            .role(Role(name: "R", includes: ["ESSAdmin"])),
            .grant(Grant(name: "g", grantee: .role("R"))),
            .grant(Grant(name: "h", grantee: .user("u")))
        )
        func referrers(_ text: String) throws -> [String] {
            catalogue.referrers(of: try MetadataObjectID(parsing: text, default: .role)).map(\.description)
        }
        #expect(
            try referrers("JobDefinition://acme/gl/Job") == ["Incompatibility://acme/gl/I", "JobSet://acme/gl/Set"]
        )
        #expect(try referrers("JobSet://acme/gl/Set") == ["JobSet://acme/gl/Outer"])
        #expect(try referrers("JobSet://acme/gl/Outer") == [])
        #expect(try referrers("ExclusionsDefinition://acme/gl/E") == ["Schedule://acme/gl/S"])
        #expect(try referrers("Schedule://acme/gl/S") == ["PurgePolicy://acme/gl/P", "Workshift://acme/gl/W"])
        #expect(try referrers("Workshift://acme/gl/W") == ["WorkAssignment://acme/gl/A"])
        #expect(try referrers("Role://R") == ["Grant://g", "User://u"])
        #expect(try referrers("Role://ESSAdmin") == ["Grant://ESSAdmin", "Role://R"])
        #expect(try referrers("User://u") == ["Grant://h"])
        for type in [BuiltInJobType.swift.id, java] {
            #expect(catalogue.referrers(of: type).map(\.name) == ["Java"])
        }
    }

    @Test("Incompatibilities are found by each of their entities, assignments and policies all together")
    func prepared() {
        func incompatibility(_ name: String, _ jobs: String...) -> MetadataContent {
            let entities = jobs.map { IncompatibleEntity(entity: Fixture.id(.jobDefinition, $0)) }
            return .incompatibility(
                Incompatibility(id: Fixture.id(.incompatibility, name), type: .global, entities: entities)
            )
        }
        let catalogue = Fixture.catalogue(
            incompatibility("Z", "A", "B"),
            incompatibility("Y", "B", "C"),
            .workAssignment(WorkAssignment(id: Fixture.id(.workAssignment, "B"))),
            .workAssignment(WorkAssignment(id: Fixture.id(.workAssignment, "A"))),
            .purgePolicy(PurgePolicy(id: Fixture.id(.purgePolicy, "P")))
        )
        func names(_ job: String) -> [String] {
            catalogue.incompatibilities(of: Fixture.id(.jobDefinition, job)).map(\.id.name)
        }
        #expect(["A", "B", "C", "D"].map(names) == [["Z"], ["Y", "Z"], ["Y"], []])
        #expect(catalogue.workAssignments.map(\.id.name) == ["A", "B", "ESSInternalWA"])
        #expect(catalogue.purgePolicies.map(\.id.name) == ["P", "Default"])
        #expect(Catalogue.builtIn.workAssignments == [BuiltInWork.internalAssignment])
        #expect(catalogue.workshift(Fixture.id(.workshift, "W")) == nil)
        #expect(catalogue.schedule(Fixture.id(.schedule, "S")) == nil)
    }
}
