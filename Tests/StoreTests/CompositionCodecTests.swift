import SchedulerCore
import SchedulerTesting
import StoreSupport
import Testing

/// What trees keep comes back as it was.
struct CompositionCodecTests {
    private static func kinships() -> [Kinship] {
        var full = Kinship()
        full.liveChildren = 3
        full.activeInstances = 2
        full.gatedInstances = 1
        full.newestChild = RequestID(.max)
        full.nextInstance = RequestID(7)
        full.cursor = Timestamp(milliseconds: -1)
        full.overlap = .cancelPrevious
        full.depth = 19
        full.instanceParentAttempt = 3
        full.gate = .parentPause
        full.isActiveInstance = true
        full.round = 1000
        full.lockStanding = .held
        full.audience.hasCallback = true
        full.audience.hasParentCallback = true
        full.audience.hasListener = true
        full.audience.entries = 7
        var aggregate = StepAggregate()
        aggregate.count = 2
        aggregate.outcome = .error
        aggregate.errorType = .system
        aggregate.stepID = "night.größe"
        aggregate.message = ""
        full.tally = StepTally(contributing: aggregate, selected: StepAggregate())
        var parts: [Kinship] = []
        for change: (inout Kinship) -> Void in [
            { $0.liveChildren = 1 }, { $0.gate = .earlierInstance }, { $0.isActiveInstance = true }, { $0.round = 1 },
            { $0.tally = StepTally() }, { $0.cursor = Timestamp(milliseconds: 0) }, { $0.overlap = .skip },
            { $0.lockStanding = .queued }, { $0.audience.hasCallback = true }, { $0.audience.hasParentCallback = true },
            { $0.audience.hasListener = true }, { $0.audience.entries = 1 }, { $0.instanceParentAttempt = 1 },
        ] {
            var kinship = Kinship()
            change(&kinship)
            parts.append(kinship)
        }
        return parts + [full]
    }

    @Test("What a request keeps of its relatives comes back; one that stands alone takes no room")
    func kinship() throws {
        #expect(KinshipCodec.encode(Kinship()) == nil)
        for kinship in Self.kinships() {
            let bytes = try #require(KinshipCodec.encode(kinship))
            #expect(try bytes.withUnsafeBytes { try KinshipCodec.decode($0).kinship } == kinship)
            for isWarned in [true, false] {
                let bytes = try #require(KinshipCodec.encode(kinship, isWarned: isWarned))
                #expect(try bytes.withUnsafeBytes { try KinshipCodec.decode($0).isWarned } == isWarned)
            }
        }
        #expect(KinshipCodec.encode(Kinship(), isWarned: true) != nil)
    }

    @Test("What callouts answered comes back beside it, also where they did not answer as they should")
    func callouts() throws {
        let notes = [
            CalloutNote(status: .proceed, message: nil), CalloutNote(status: .systemError, message: "größer\n"),
            CalloutNote(status: nil, message: "No answer."),
        ]
        for preProcess in notes.map(Optional.some) + [nil] {
            for postProcess in notes.map(Optional.some) + [nil] where preProcess != nil || postProcess != nil {
                var callouts = CalloutNotes()
                callouts.preProcess = preProcess
                callouts.postProcess = postProcess
                for kinship in Self.kinships() + [Kinship()] {
                    let bytes = try #require(KinshipCodec.encode(kinship, callouts: callouts))
                    let kept = try bytes.withUnsafeBytes { try KinshipCodec.decode($0) }
                    #expect(kept.callouts == callouts && kept.kinship == kinship && !kept.isWarned)
                }
            }
        }
    }

    @Test("A plan comes back with its schedule and with all steps; the schedule can be had alone")
    func plan() throws {
        let schedule = try #require(StoreSamples.recurring("FREQ=DAILY;COUNT=3", overlap: .skip).plan?.schedule)
        let inner = StoreSamples.plan(.parallel, StoreSamples.step("a", selectState: false), StoreSamples.step("b"))
        var facts = StoreSamples.full().facts
        facts.isAsynchronous = nil
        let full = StepPlan(
            name: "full",
            successors: .init(success: "night", warning: "night", error: "full"),
            selectState: true,
            facts: facts,
            policy: StoreSamples.full().policy,
            parameters: StoreSamples.full().parameters
        )
        let set = StoreSamples.plan(.serial, full, StoreSamples.step("night", nested: inner))
        let plan = RequestPlan(schedule: schedule, catchUp: .latest, jobSet: set)
        let bytes = PlanCodec.encode(plan)
        #expect(try bytes.withUnsafeBytes { try PlanCodec.decode($0) } == plan)
        #expect(try bytes.withUnsafeBytes { try PlanCodec.schedule($0) } == schedule)
        #expect(throws: StoreFault.self) {
            _ = try Array(bytes.dropLast()).withUnsafeBytes { try PlanCodec.decode($0) }
        }
    }
}
