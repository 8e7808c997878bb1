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

    @Test("NO_FREE_THREAD: only when all able nodes are known to be full, which start no set either")
    func threads() {
        func facts(_ executor: ExecutorKind? = .process, _ nodes: DiagnosisNode...) -> [AssignmentFact] {
            AssignmentFact.all(
                for: request(executor, isAsynchronous: false),
                nodes: nodes,
                model: Fixture.model([]),
                now: Fixture.midnight
            )
        }
        let full = DiagnosisNode(name: "a", running: 2, offer: NodeOffer(threads: 2))
        let told = AssignmentFact.noFreeThread(nil, threads: 2, inUse: 2)
        #expect(facts(.process, full) == [told])
        #expect(facts(nil, full) == [told])
        let resting = DiagnosisNode(name: "b", isQuiesced: true, offer: NodeOffer(threads: 9))
        #expect(facts(.process, full, resting) == [told])
        #expect(facts(.process, full, DiagnosisNode(name: "b", running: 9)).isEmpty)
        #expect(facts(.process, full, DiagnosisNode(name: "b", running: 8, offer: NodeOffer(threads: 9))).isEmpty)
        let another = DiagnosisNode(name: "b", running: 3, offer: NodeOffer(threads: 3))
        #expect(facts(.process, full, another) == [.noFreeThread(nil, threads: 5, inUse: 5)])
        let apart = NodeOffer(applications: ["HR"], threads: 9)
        #expect(facts(.process, full, DiagnosisNode(name: "b", offer: apart)) == [told])
    }

    @Test("NO_FREE_THREAD: all threads of an assignment's shares are in use while others of their nodes are free")
    func shares() throws {
        let ledger = Fixture.id(.workAssignment, "Ledger")
        let model = Fixture.model([
            Fixture.shift("One", 1),
            try Fixture.assignment(
                "Ledger",
                shifts: ["One"],
                WorkBinding(node: "a", scope: .standard),
                WorkBinding(node: "b", scope: .standard)
            ),
        ])
        func node(_ name: String, inUse: Int, running: Int) -> DiagnosisNode {
            DiagnosisNode(
                name: name,
                running: running,
                runningByAssignment: [ledger: inUse],
                offer: NodeOffer(threads: 4)
            )
        }
        func facts(_ nodes: DiagnosisNode...) -> [AssignmentFact] {
            AssignmentFact.all(
                for: request(.process, isAsynchronous: false),
                nodes: nodes,
                model: model,
                now: Fixture.midnight
            )
        }
        let full = node("a", inUse: 1, running: 1)
        #expect(facts(full) == [.noFreeThread(ledger, threads: 1, inUse: 1)])
        #expect(facts(full, node("b", inUse: 1, running: 1)) == [.noFreeThread(ledger, threads: 2, inUse: 2)])
        #expect(facts(full, node("b", inUse: 0, running: 3)).isEmpty)
        // What runs under no assignment holds threads of the node that no share counts.
        #expect(
            facts(full, node("b", inUse: 0, running: 4)) == [
                .noFreeThread(ledger, threads: 1, inUse: 1), .noFreeThread(nil, threads: 4, inUse: 4),
            ]
        )
        // A node to which nothing is bound does all.
        #expect(facts(full, node("c", inUse: 0, running: 4)) == facts(full, node("b", inUse: 0, running: 4)))
    }

    @Test("NO_BOUND_WORK_ASSIGNMENT is told only where no node has one that would take it")
    func bound() throws {
        let model = Fixture.model([
            Fixture.shift("One", 1),
            try Fixture.assignment(
                "Ledger",
                shifts: ["One"],
                isActive: false,
                WorkBinding(node: "a", scope: .standard)
            ),
            try Fixture.assignment(
                "Rest",
                "PRODUCT eq \"HR\"",
                shifts: ["One"],
                WorkBinding(node: "b", scope: .standard)
            ),
        ])
        func facts(_ names: String...) -> [AssignmentFact] {
            AssignmentFact.all(
                for: request(.process, isAsynchronous: false),
                nodes: names.map { DiagnosisNode(name: $0, offer: NodeOffer(threads: 4)) },
                model: model,
                now: Fixture.midnight
            )
        }
        #expect(facts("b") == [.noneBound])
        #expect(facts("b", "a") == [.disabled(Fixture.id(.workAssignment, "Ledger"))])
        let apart = DiagnosisNode(name: "b", offer: NodeOffer(applications: ["HR"], threads: 4))
        let untold = AssignmentFact.all(
            for: request(.process, isAsynchronous: false),
            nodes: [apart],
            model: model,
            now: Fixture.midnight
        )
        #expect(untold.isEmpty, "a node that does not serve it says nothing of its assignments")
    }

    private func request(_ executor: ExecutorKind?, isAsynchronous: Bool) -> JobRequest {
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
