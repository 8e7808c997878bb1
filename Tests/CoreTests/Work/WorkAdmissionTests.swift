import SchedulerCore
import Testing

@Suite("What the cluster as a whole works on (runtime §7.1, 2)")
struct WorkAdmissionTests {
    typealias Fixture = WorkFixture

    private func admits(_ contents: [MetadataContent], _ product: String?, after seconds: Int64 = 0) -> Bool {
        let planner = WorkPlanner(Fixture.model(contents))
        return planner.admission(at: Fixture.midnight + .seconds(seconds))?.admits(Fixture.facts(product)) ?? true
    }

    @Test("Where nothing is bound to all nodes, one may have nothing bound, and takes what nobody has for himself")
    func unbound() throws {
        let standard = try Fixture.assignment(
            "A",
            "PRODUCT eq \"GL\"",
            shifts: ["Night"],
            WorkBinding(node: "a")
        )
        let exclusive = try Fixture.assignment(
            "A",
            "PRODUCT eq \"GL\"",
            shifts: ["Night"],
            WorkBinding(node: "a", scope: .exclusive)
        )
        #expect(admits([standard] + night, "GL") && admits([standard] + night, "HR"))
        #expect(!admits([exclusive] + night, "GL") && admits([exclusive] + night, "HR"))
        #expect(admits([exclusive] + night, "GL", after: 20 * 3600))
    }

    @Test(
        "Where something is bound to all nodes, an active assignment must take it, by an exclusive binding if one has it"
    )
    func bound() throws {
        let all = try Fixture.assignment("All", shifts: ["Always"], WorkBinding(node: "*"))
        let ledger = try Fixture.assignment("Ledger", "PRODUCT eq \"GL\"", shifts: ["Night"], WorkBinding(node: "*"))
        let own = try Fixture.assignment(
            "Own",
            "PRODUCT eq \"GL\"",
            shifts: ["Night"],
            WorkBinding(node: "a", scope: .exclusive)
        )
        let off = try Fixture.assignment("Off", shifts: ["Always"], WorkBinding(node: "*", isEnabled: false))
        let resting = try Fixture.assignment("Resting", shifts: ["Always"], isActive: false, WorkBinding(node: "*"))
        #expect(admits([all] + night, "GL") && admits([all] + night, nil))
        #expect(!admits([ledger] + night, "GL") && !admits([ledger] + night, "HR"))
        #expect(admits([ledger] + night, "GL", after: 20 * 3600))
        #expect(!admits([all, own] + night, "GL") && admits([all, own] + night, "HR"))
        #expect(!admits([off] + night, "GL") && !admits([resting] + night, "GL"))
    }

    @Test("An admission that is kept is the same as a new one, and holds until a shift begins or ends")
    func kept() throws {
        let ledger = try Fixture.assignment("Ledger", "PRODUCT eq \"GL\"", shifts: ["Night"], WorkBinding(node: "*"))
        let planner = WorkPlanner(Fixture.model([ledger] + night))
        var now = Fixture.midnight
        for expected: (isOn: Bool, hours: Int64) in [(false, 20), (true, 1), (false, 23), (true, 1)] {
            let admission = try #require(planner.admission(at: now))
            #expect(admission.nextChange == now + .seconds(expected.hours * 3600))
            let last = now + .seconds(expected.hours * 3600 - 1)
            for instant in [now, last] {
                #expect(planner.admission(at: instant)?.admits(Fixture.facts("GL")) == expected.isOn)
            }
            now = now + .seconds(expected.hours * 3600)
        }
        #expect(WorkPlanner(.none).admission(at: now) == nil)
    }

    private let night = [
        WorkFixture.schedule("Evening", "FREQ=DAILY;BYHOUR=20"),
        WorkFixture.shift("Night", 5, schedule: "Evening", minutes: 60),
        WorkFixture.shift("Always", 5),
    ]
}
