import SchedulerCore
import Testing

@Suite("What assignments say to a request that waits")
struct AssignmentFactTests {
    typealias Fixture = WorkFixture

    @Test("A46: as many asynchronous jobs as a shift allows in the cluster keep the next one waiting: ASYNC_LIMIT")
    func asyncLimit() throws {
        let model = Fixture.model([
            Fixture.shift("S", 4, asyncJavaLimit: 2),
            try Fixture.assignment("A", shifts: ["S"], WorkBinding(node: "a", scope: .standard)),
        ])
        let nodes = [
            DiagnosisNode(name: "a", offer: NodeOffer(threads: 4)),
            DiagnosisNode(name: "b", isAlive: false, offer: NodeOffer(threads: 4)),
        ]
        let slot = WorkSlot(
            assignment: Fixture.id(.workAssignment, "A"),
            workshift: Fixture.id(.workshift, "S"),
            kind: .asyncJava
        )
        func facts(_ request: JobRequest, inUse: Int) -> [AssignmentFact] {
            AssignmentFact.all(
                for: request,
                nodes: nodes,
                model: model,
                slotsInUse: [slot: inUse],
                now: Fixture.midnight
            )
        }
        let asynchronous = request(.http, isAsynchronous: true)
        #expect(AssignmentFact.slots(for: asynchronous, nodes: nodes, model: model, now: Fixture.midnight) == [slot])
        #expect(
            facts(asynchronous, inUse: 2) == [
                .asyncLimit(slot.assignment, workshift: slot.workshift, execType: "ASYNC_JAVA", limit: 2, inUse: 2)
            ]
        )
        #expect(facts(asynchronous, inUse: 1).isEmpty)
        let process = request(.process, isAsynchronous: false)
        #expect(facts(process, inUse: 2).isEmpty)
        #expect(AssignmentFact.slots(for: process, nodes: nodes, model: model, now: Fixture.midnight).isEmpty)
    }

    private func request(_ executor: ExecutorKind, isAsynchronous: Bool) -> JobRequest {
        var facts = RequestFacts(
            definitionID: Fixture.id(.jobDefinition, "D"),
            jobTypeID: Fixture.id(.jobType, "T"),
            executor: executor,
            application: "GL",
            submitter: "anna"
        )
        facts.isAsynchronous = isAsynchronous
        let lineage = Lineage.root(.singleton, id: RequestID(1))
        return JobRequest(lineage: lineage, submission: Submission(facts: facts), now: Fixture.midnight)
    }
}
