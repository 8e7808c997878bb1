import SchedulerCore
import Testing

@Suite("Work plans of nodes")
struct WorkPlanTests {
    typealias Fixture = WorkFixture

    @Test("Nothing bound: everything on all threads, without an assignment recorded")
    func nothingBound() throws {
        let unbound = try Fixture.assignment("Rest", shifts: ["Always"])
        for model in [WorkModel.none, Fixture.model(Fixture.shift("Always", 3), unbound)] {
            let plan = model.plan("a", 10)
            #expect(model.isTrivial && plan.isEverything && plan.nextChange == nil)
            #expect(plan.decide("GL") == .accepted(nil))
            let full = WorkDecision.waits([.noFreeThread(nil, threads: 10, inUse: 10)])
            #expect(plan.decide("GL", WorkDemand(), WorkUse(threads: 10)) == full)
            #expect(plan.decide("GL", WorkDemand(needsThread: false), WorkUse(threads: 10)) == .accepted(nil))
        }
    }

    @Test("A20: allocations 30 and 20 on 25 threads give 15 and 10; a node by its name or by *")
    func shares() throws {
        let model = Fixture.model(
            Fixture.shift("Thirty", 30),
            Fixture.shift("Twenty", 20),
            try Fixture.assignment("One", shifts: ["Thirty"], WorkBinding(node: "*")),
            try Fixture.assignment("Two", shifts: ["Twenty"], WorkBinding(node: "a"))
        )
        #expect(model.plan("a", 25).divided == ["One": 15, "Two": 10])
        #expect(model.plan("b", 25).divided == ["One": 25])
    }

    @Test("A21: what a node has for itself runs nowhere else, nor in a default assignment")
    func exclusive() throws {
        let model = Fixture.model(
            Fixture.shift("Always", 5),
            try Fixture.assignment(
                "Ledger",
                #"PRODUCT eq "GL""#,
                shifts: ["Always"],
                WorkBinding(node: "a", scope: .exclusive),
                WorkBinding(node: "c")
            ),
            try Fixture.assignment("Rest", shifts: ["Always"], WorkBinding(node: "a"), WorkBinding(node: "b"))
        )
        #expect(model.plan("a").decide("GL") == .under("Ledger", "Always"))
        #expect(model.plan("a").decide("AR") == .under("Rest", "Always"))
        let kept = WorkDecision.waits([.noBoundAssignment(accepting: [Fixture.id(.workAssignment, "Ledger")])])
        for node in ["b", "c", "d"] { #expect(model.plan(node).decide("GL") == kept, "\(node)") }
        #expect(model.plan("b").decide("AR") == .under("Rest", "Always"))
        #expect(model.plan("d").decide("AR") == .accepted(nil))
        #expect(model.plan("d").isDefault && !model.plan("d").isEverything)
    }

    @Test("A21: it stays so while no shift is on, and ends when the assignment or the binding is switched off")
    func exclusiveAtRest() throws {
        for (isActive, isEnabled) in [(true, true), (false, true), (true, false)] {
            let model = Fixture.model(
                Fixture.shift("Off", 0),
                try Fixture.assignment(
                    "Ledger",
                    #"PRODUCT eq "GL""#,
                    shifts: ["Off"],
                    isActive: isActive,
                    WorkBinding(node: "a", scope: .exclusive, isEnabled: isEnabled)
                )
            )
            #expect((model.plan("b").decide("GL") == .accepted(nil)) == !(isActive && isEnabled))
        }
    }

    @Test("Bound but none active: nothing starts, and each reason is told")
    func resting() throws {
        let model = Fixture.model(
            Fixture.schedule("Evening", "FREQ=DAILY;BYHOUR=20"),
            Fixture.schedule("Noon", "FREQ=DAILY;BYHOUR=12"),
            Fixture.shift("Night", 5, schedule: "Evening", minutes: 60),
            Fixture.shift("Day", 5, schedule: "Noon", minutes: 60),
            Fixture.shift("Zero", 0),
            try Fixture.assignment("A", shifts: ["Zero", "Night", "Day"], WorkBinding(node: "a")),
            try Fixture.assignment("B", shifts: ["Day"], WorkBinding(node: "a", isEnabled: false)),
            try Fixture.assignment("C", shifts: ["Day"], isActive: false, WorkBinding(node: "*")),
            try Fixture.assignment("D", #"PRODUCT eq "GL""#, shifts: [], WorkBinding(node: "a"))
        )
        let noon = Fixture.midnight + .seconds(12 * 3600)
        let early = model.plan()
        #expect(early.shares.isEmpty && !early.isDefault && early.nextChange == noon)
        let inactive = WorkObstacle.inactive(
            Fixture.id(.workAssignment, "A"),
            workshift: Fixture.id(.workshift, "Day"),
            nextWindow: noon
        )
        let disabled = ["B", "C"].map { WorkObstacle.disabled(Fixture.id(.workAssignment, $0)) }
        #expect(early.decide("AR") == .waits(disabled + [inactive]))
        let empty = WorkObstacle.inactive(Fixture.id(.workAssignment, "D"), workshift: nil, nextWindow: nil)
        #expect(early.decide("GL") == .waits(disabled + [inactive, empty]))
        #expect(model.plan(at: noon).decide("AR") == .under("A", "Day"))
        #expect(model.plan(at: noon + .seconds(8 * 3600)).decide("AR") == .under("A", "Night"))
        #expect(model.plan(at: noon).nextChange == noon + .seconds(3600))
    }

    @Test("A node that joins while all others are bound runs the server's own jobs until something is bound to it")
    func newcomer() throws {
        let model = Fixture.model(
            Fixture.shift("Always", 5),
            try Fixture.assignment("Rest", shifts: ["Always"], WorkBinding(node: "a"), WorkBinding(node: "b"))
        )
        #expect(model.leavesAside("c", among: ["a", "b"]))
        #expect(!model.leavesAside("c", among: ["a", "d"]) && !model.leavesAside("c", among: [String]()))
        #expect(!model.leavesAside("a", among: ["b"]))
        let plan = model.plan(node: "c", threads: 4, isNewcomer: true, now: .seconds(0))
        #expect(plan.decide("GL") == .waits([.noBoundAssignment(accepting: [Fixture.id(.workAssignment, "Rest")])]))
        var own = Fixture.facts(nil)
        own.definition = MetadataObjectID(kind: .jobDefinition, package: "/escapement/core", name: "Check")
        let grant = WorkGrant(assignment: BuiltInWork.internalAssignment.id, workshift: nil)
        #expect(plan.decide(own, WorkDemand(), WorkUse()) == .accepted(grant))
        let bound = model.plan(node: "a", threads: 4, isNewcomer: true, now: .seconds(0))
        #expect(bound.decide("GL") == .under("Rest", "Always"))
    }
}
