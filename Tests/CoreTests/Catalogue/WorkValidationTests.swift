import SchedulerCore
import Testing

@Suite("Validation of incompatibilities, work and purging")
struct WorkValidationTests {
    typealias Fixture = CatalogueFixture

    private let jobs: [MetadataContent] = [.jobDefinition(Fixture.job("A")), .jobDefinition(Fixture.job("B"))]

    private func entity(_ name: String, _ property: String? = nil, isSelf: Bool = false) -> IncompatibleEntity {
        let id = Fixture.id(.jobDefinition, name)
        return IncompatibleEntity(entity: id, property: property, isSelfIncompatible: isSelf)
    }

    private func errors(_ type: Incompatibility.Scope, _ entities: IncompatibleEntity...) -> [String] {
        let id = Fixture.id(.incompatibility, "I")
        return Fixture.problems(jobs + [.incompatibility(Incompatibility(id: id, type: type, entities: entities))])
            .map { "\($0.path) \($0.message)" }
    }

    @Test("A10: an incompatibility has two different entities, or one that is incompatible with itself")
    func entities() {
        let alone = "/entities there are two entities, or one that is incompatible with itself"
        #expect(errors(.global, entity("A"), entity("B")) == [])
        #expect(errors(.global, entity("A", isSelf: true)) == [])
        #expect(errors(.global, entity("A")) == [alone])
        #expect(errors(.global) == [alone])
        #expect(
            errors(.global, entity("A"), entity("A"))
                == ["/entities/1/entity JobDefinition://acme/gl/A stands here twice", alone]
        )
        #expect(
            errors(.global, entity("A"), entity("Gone"))
                == ["/entities/1/entity JobDefinition://acme/gl/Gone does not exist"]
        )
    }

    @Test("A10: a property is required for each entity of DOMAIN, and refused for GLOBAL")
    func properties() {
        #expect(errors(.domain, entity("A", "submit.argument1"), entity("B", "SYS_product")) == [])
        #expect(
            errors(.domain, entity("A", "p"), entity("B"))
                == ["/entities/1/property a DOMAIN incompatibility compares a property of each entity"]
        )
        #expect(
            errors(.global, entity("A"), entity("B", "p"))
                == ["/entities/1/property a GLOBAL incompatibility compares no property"]
        )
        #expect(
            errors(.domain, entity("A", ""), entity("B", "SYS_colour")) == [
                "/entities/0/property a name has 1 to 256 bytes",
                "/entities/1/property SYS_colour is no system property, and SYS_ is reserved for them",
            ]
        )
    }

    @Test("A workshift with a schedule lasts 1 to 527040 minutes; allocation and limits are not negative")
    func workshifts() {
        let schedule = StoredSchedule(id: Fixture.id(.schedule, "S"), inclusions: [Timestamp(milliseconds: 0)])
        func found(_ shift: Workshift) -> [String] {
            Fixture.problems([.schedule(schedule), .workshift(shift)]).map { "\($0.severity) \($0.path)" }
        }
        let id = Fixture.id(.workshift, "W")
        #expect(found(Workshift(id: id, allocation: 0)) == [])
        #expect(found(Workshift(id: id, schedule: schedule.id, duration: 1, allocation: 10)) == [])
        #expect(found(Workshift(id: id, schedule: schedule.id, duration: 527_040, allocation: 10)) == [])
        #expect(found(Workshift(id: id, schedule: schedule.id, allocation: 10)) == ["error /duration"])
        #expect(found(Workshift(id: id, schedule: schedule.id, duration: 0, allocation: 10)) == ["error /duration"])
        #expect(
            found(Workshift(id: id, schedule: schedule.id, duration: 527_041, allocation: 10)) == ["error /duration"]
        )
        #expect(found(Workshift(id: id, duration: 5, allocation: 10)) == ["warning /duration"])
        #expect(
            found(Workshift(id: id, allocation: -1, plsqlLimit: -1, asyncJavaLimit: -1))
                == ["error /allocation", "error /plsqlLimit", "error /asyncJavaLimit"]
        )
        #expect(
            found(Workshift(id: id, schedule: Fixture.id(.schedule, "Gone"), duration: 5, allocation: 1))
                == ["error /schedule"]
        )
    }

    @Test("A work assignment has shifts that exist, each once, and one binding for each node")
    func assignments() {
        let shift = Workshift(id: Fixture.id(.workshift, "W"), allocation: 1)
        let assignment = WorkAssignment(
            id: Fixture.id(.workAssignment, "A"),
            workshifts: [shift.id, Fixture.id(.workshift, "Gone"), shift.id],
            bindings: ["n1", "*", "", "n1", "*"].map { WorkBinding(node: $0) }
        )
        #expect(
            Fixture.errors(.workshift(shift), .workAssignment(assignment)) == [
                "/workshifts/1 Workshift://acme/gl/Gone does not exist",
                "/workshifts/2 Workshift://acme/gl/W stands here twice",
                "/bindings/2/node a node has a name, and * stands for all",
                "/bindings/3/node node n1 stands here twice",
                "/bindings/4/node node * stands here twice",
            ]
        )
        let idle = Fixture.problems([.workAssignment(WorkAssignment(id: assignment.id))])
        #expect(idle.map(\.severity) == [.warning])
    }

    @Test("A purge policy keeps requests a number of days and removes at least one")
    func purgePolicies() {
        let policy = PurgePolicy(
            id: Fixture.id(.purgePolicy, "P"),
            schedule: Fixture.id(.schedule, "Gone"),
            criteria: PurgeCriteria(jobDefinition: Fixture.id(.jobDefinition, "Gone")),
            maxRequests: 0,
            retention: PurgeRetention(other: -1, success: 0, error: 36_526)
        )
        #expect(
            Fixture.errors(.purgePolicy(policy)) == [
                "/schedule Schedule://acme/gl/Gone does not exist", "/maxRequests 0 is out of range 1..",
                "/retentionDays/default -1 is out of range 0..36525",
                "/retentionDays/error 36526 is out of range 0..36525",
            ]
        )
        let days = PurgeRetention(other: 9, success: 1, error: 2, warning: 3)
        let states: [RequestState] = [.succeeded, .finished, .error, .warning, .cancelled, .expired]
        #expect(states.map { days.days(after: $0) } == [1, 1, 2, 3, 9, 9])
    }

    @Test("The built-in assignment and policy cannot be replaced")
    func builtIn() {
        let found = Fixture.problems([
            .workAssignment(WorkAssignment(id: BuiltInWork.internalAssignment.id)),
            .purgePolicy(PurgePolicy(id: BuiltInWork.purgePolicy.id)),
        ])
        #expect(found.map(\.code) == [30007, 30007])
        #expect(BuiltInWork.internalAssignment.id.description == "WorkAssignment://escapement/core/ESSInternalWA")
        #expect(BuiltInWork.purgePolicy.id.description == "PurgePolicy://escapement/core/Default")
        #expect(BuiltInWork.purgePolicy.retention.days(after: .error) == 90)
    }
}
