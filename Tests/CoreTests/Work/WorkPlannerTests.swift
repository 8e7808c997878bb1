import SchedulerCore
import Testing

@Suite("Plans that are kept")
struct WorkPlannerTests {
    typealias Fixture = WorkFixture

    @Test("A plan is the model's at each instant, whoever asks, and there is none where nothing is bound")
    func plans() throws {
        let model = Fixture.model(
            Fixture.schedule("Often", "FREQ=HOURLY;INTERVAL=3"),
            Fixture.shift("Short", 5, schedule: "Often", minutes: 90),
            Fixture.shift("Always", 3),
            try Fixture.assignment("A", shifts: ["Short", "Always"], WorkBinding(node: "a"))
        )
        let planner = WorkPlanner(model)
        var random = SeededGenerator(seed: 9)
        var now = Fixture.midnight
        for _ in 0..<300 {
            now = now + .seconds(Int64.random(in: -1000...2000, using: &random))
            let node = Bool.random(using: &random) ? "a" : "b"
            let threads = Int.random(in: 3...4, using: &random)
            let plan = planner.plan(node: node, threads: threads, isNewcomer: false, now: now)
            let fresh = model.plan(node: node, threads: threads, now: now)
            #expect(plan?.shares == fresh.shares && plan?.isDefault == fresh.isDefault)
            #expect(plan?.nextChange.map { $0 > now } ?? true)
        }
        let none = WorkPlanner(.none).plan(node: "a", threads: 1, isNewcomer: false, now: now)
        #expect(none == nil)
    }

    @Test("A context plans by the catalogue and the zone in force")
    func context() throws {
        let objects = [
            Fixture.schedule("Evening", "FREQ=DAILY;BYHOUR=20"),
            Fixture.shift("Night", 5, schedule: "Evening", minutes: 60),
            try Fixture.assignment("A", shifts: ["Night"], WorkBinding(node: "a")),
        ]
        var context = DecisionContext()
        #expect(context.work.model.isTrivial)
        context.catalogue = Catalogue(
            objects.map { content in
                guard case .schedule(var schedule) = content else { return MetadataObject(content, origin: .directory) }
                schedule.timezone = nil
                return MetadataObject(.schedule(schedule), origin: .directory)
            }
        )
        let evening = Fixture.midnight + .seconds(20 * 3600)
        let next = { (context: DecisionContext) in
            context.work.plan(node: "a", threads: 1, isNewcomer: false, now: Fixture.midnight)?.nextChange
        }
        #expect(next(context) == evening)
        context.settings.recurrence.defaultTimeZone = "Europe/Berlin"
        #expect(next(context) == evening + .seconds(-3600))
    }
}
