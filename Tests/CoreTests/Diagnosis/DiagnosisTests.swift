import SchedulerCore
import Testing

/// Reasons from facts alone (runtime §10, A46, I62).
@Suite("Diagnosis")
struct DiagnosisTests {
    private static let alive = DiagnosisNode(name: "a", offer: NodeOffer(threads: 2))

    private static func facts(
        _ shape: RequestShape,
        _ type: RequestType = .singleton,
        _ change: (inout JobRequest) -> Void = { _ in }
    ) -> DiagnosisFacts {
        DiagnosisFacts(
            shape.request(type, change),
            now: RequestShape.now,
            settings: RequestMachine.testSettings
        )
    }

    private static func codes(
        _ facts: DiagnosisFacts,
        _ nodes: [DiagnosisNode] = [alive],
        _ assignments: [AssignmentFact] = []
    ) -> [DiagnosticCode] { Diagnosis(facts, nodes: nodes, assignments: assignments).reasons.map(\.code) }

    @Test("I62: whatever a request looks like, it has a reason unless it has ended", arguments: RequestShape.allCases)
    func everyShape(shape: RequestShape) {
        let types: [RequestType] = shape == .scheduleEnded ? [.recurParent] : [.singleton, .recurParent]
        for type in types {
            for nodes in [[Self.alive], []] {
                let diagnosis = Diagnosis(Self.facts(shape, type), nodes: nodes)
                #expect(diagnosis.reasons.isEmpty == shape.state.isTerminal)
                #expect(!diagnosis.text.isEmpty && diagnosis.reasons.allSatisfy { !$0.text.isEmpty })
                let places = diagnosis.reasons.map(\.code.place)
                #expect(places == places.sorted())
            }
        }
    }

    @Test(
        "The first reason of each state",
        arguments: [
            (RequestShape.wait, DiagnosticCode.nothing), (.ready, .nothing), (.hold, .onHold),
            (.pendingValidation, .validationWait), (.errorAutoRetry, .retryDelay),
            (.errorManualRecovery, .manualRecovery), (.scheduleEnded, .childWait), (.completed, .nothing),
            (.synchronous, .nothing), (.initiating, .nothing), (.waiting, .asyncWait), (.suspended, .asyncWait),
            (.resumeQueued, .nothing), (.cancellingSynchronous, .cancelWait), (.cancellingInitiating, .cancelWait),
            (.cancellingWaiting, .cancelWait),
        ]
    )
    func first(shape: RequestShape, code: DiagnosticCode) {
        let type: RequestType = shape == .scheduleEnded ? .recurParent : .singleton
        #expect(Self.codes(Self.facts(shape, type)).first == code)
    }

    @Test("Codes are the documented ones, in the documented order")
    func names() {
        let order = """
            ON_HOLD VALIDATION_WAIT PARENT_PAUSE_WAIT FUTURE_START RETRY_DELAY PREPROCESS_DELAY DEFERRED \
            NO_APPLICATION NO_LOGICAL_CLUSTER REQUESTED_PROCESSOR_DOWN NO_ACTIVE_SERVER DISPATCHER_STOPPED \
            DISPATCHER_FAILED PROCESSOR_STOPPED QUIESCED NO_BOUND_WORK_ASSIGNMENT DISABLED_WORK_ASSIGNMENT \
            INACTIVE_WORK_ASSIGNMENT_WAIT BLOCKED CONCURRENCY_LIMIT ASYNC_LIMIT NO_FREE_THREAD SUBREQUEST_WAIT \
            CHILD_WAIT ASYNC_WAIT CANCEL_WAIT POSTPROCESS_DELAY MANUAL_RECOVERY NONE
            """
        #expect(DiagnosticCode.allCases.map(\.rawValue) == order.split(separator: " ").map(String.init))
    }

    @Test("All reasons that hold are told: held, early, and no node that serves it")
    func all() {
        var work = Self.facts(.hold) { $0.scheduledTime = RequestShape.now + .seconds(1) }
        work.heldBy = "olga"
        let other = DiagnosisNode(name: "b", offer: NodeOffer(applications: ["Other"], threads: 1))
        let diagnosis = Diagnosis(work, nodes: [other])
        #expect(diagnosis.reasons.map(\.code) == [.onHold, .futureStart, .noApplication])
        #expect(diagnosis.reasons[0].who == "olga" && diagnosis.reasons[2].application == "AcmeEss")
        #expect(diagnosis.estimatedStart == nil)
    }

    @Test("Nodes: which serve it, and why those cannot start it")
    func nodes() {
        let waiting = Self.facts(.wait)
        let dead = DiagnosisNode(name: "dead", isAlive: false)
        #expect(Self.codes(waiting, []) == [.noActiveServer])
        let none = Diagnosis(waiting, nodes: [dead]).reasons
        #expect(none.map(\.code) == [.noActiveServer] && none.first?.nodes == ["dead"])
        let offers: [(NodeOffer, DiagnosticCode)] = [
            (NodeOffer(applications: ["Other"], threads: 1), .noApplication),
            (NodeOffer(threads: 1, isDispatching: false), .dispatcherStopped),
            (NodeOffer(threads: 1, isProcessing: false), .processorStopped),
            (NodeOffer(threads: 1, hasFailed: true), .dispatcherFailed),
        ]
        for (offer, code) in offers {
            #expect(Self.codes(waiting, [DiagnosisNode(name: "x", offer: offer)]) == [code])
            #expect(Self.codes(waiting, [DiagnosisNode(name: "x", offer: offer), Self.alive]) == [.nothing])
        }
        #expect(Self.codes(waiting, [DiagnosisNode(name: "x", isQuiesced: true)]) == [.quiesced])
        let both = [DiagnosisNode(name: "x", isQuiesced: true), DiagnosisNode(name: "y", offer: offers[2].0)]
        let reasons = Diagnosis(waiting, nodes: both).reasons
        #expect(reasons.map(\.code) == [.processorStopped, .quiesced] && reasons.map(\.nodes) == [["y"], ["x"]])
    }

    @Test("Logical cluster and requested processor, alone and together")
    func wishes() {
        var facts = RequestShape.facts()
        facts.logicalCluster = "night"
        facts.requestedProcessor = "a"
        let lineage = Lineage.root(.singleton, id: RequestID(7))
        let request = JobRequest(lineage: lineage, submission: Submission(facts: facts), now: RequestShape.submitted)
        let work = DiagnosisFacts(request, now: RequestShape.now, settings: RequestMachine.testSettings)
        let night = NodeOffer(logicalClusters: ["night"], threads: 1)
        #expect(Self.codes(work, [DiagnosisNode(name: "a", offer: night)]) == [.nothing])
        #expect(Self.codes(work, [DiagnosisNode(name: "b", offer: night)]) == [.requestedProcessorDown])
        #expect(Self.codes(work, [Self.alive]) == [.noLogicalCluster])
        let apart = [Self.alive, DiagnosisNode(name: "b", offer: night)]
        #expect(Self.codes(work, apart) == [.requestedProcessorDown])
        #expect(Self.codes(work, []) == [.requestedProcessorDown, .noActiveServer])
    }

    @Test("NO_FREE_THREAD tells how many threads there are and the place in line")
    func threads() {
        var work = Self.facts(.ready)
        work.betterRanked = 4
        let full = [AssignmentFact.noFreeThread(nil, threads: 2, inUse: 2)]
        let reason = Diagnosis(work, nodes: [Self.alive], assignments: full).reasons.first
        #expect(reason?.code == .noFreeThread && reason?.threads == 2 && reason?.inUse == 2)
        #expect(reason?.queuePosition == 5)
        let early = Self.facts(.wait) { $0.scheduledTime = RequestShape.now + .seconds(1) }
        #expect(Self.codes(early, [Self.alive], full) == [.futureStart])
    }

    @Test("What work assignments say comes in the documented order")
    func assignments() {
        let shift = MetadataObjectID(kind: .workAssignment, package: "/acme", name: "Night")
        let now = RequestShape.now
        let said: [AssignmentFact] = [
            .inactive(shift, workshift: nil, nextWindow: now + .seconds(60)), .disabled(shift), .noneBound,
            .asyncLimit(shift, workshift: nil, execType: "ASYNC_JAVA", limit: 1, inUse: 1),
            .noFreeThread(shift, threads: 1, inUse: 1),
        ]
        #expect(
            Self.codes(Self.facts(.ready), [Self.alive], said) == [
                .noBoundWorkAssignment, .disabledWorkAssignment, .inactiveWorkAssignmentWait, .asyncLimit,
                .noFreeThread,
            ]
        )
        let shut = Diagnosis(Self.facts(.wait), nodes: [Self.alive], assignments: [said[0]])
        #expect(shut.estimatedStart == now + .seconds(60))
    }

    @Test("Actions are the table's cells, less what the request itself forbids", arguments: RequestShape.allCases)
    func actions(shape: RequestShape) {
        let facts = Self.facts(shape)
        let actions = Set(Diagnosis(facts, nodes: [Self.alive]).actions)
        for row in RequestTransition.table {
            let isCell = row.isFromAPI && row.cells[shape.state] != nil
            #expect(isCell || !actions.contains(row.event), "\(row.event)")
        }
        // The machine itself takes what is called an action, and refuses what is not.
        let events: [(RequestEventKind, RequestEvent)] = [
            (.cancel, .cancel), (.forceCancel, .forceCancel), (.hold, .hold), (.release, .release), (.delete, .delete),
            (.changePriority, .changePriority(3)), (.recoverRetry, .recover(.retry)),
            (.complete, .complete(.success, text: nil)), (.patch, .patch(RequestPatch())),
        ]
        for (kind, event) in events {
            let verdict = RequestMachine.decide(event, for: facts.request)
            let isRefused = if case .refused = verdict { true } else { false }
            #expect(actions.contains(kind) != isRefused, "\(kind)")
        }
    }

    @Test("ASYNC_WAIT and CANCEL_WAIT tell since when, and until when")
    func times() {
        let waiting = Diagnosis(Self.facts(.waiting) { $0.policy.requestTimeout = .seconds(7200) }, nodes: [Self.alive])
        #expect(waiting.since == RequestShape.begun)
        #expect(waiting.reasons.first?.timeoutAt == RequestShape.begun + .seconds(7200))
        let cancelling = Diagnosis(Self.facts(.cancellingWaiting), nodes: [Self.alive])
        #expect(cancelling.reasons.first?.earliestForceCancelTime == RequestShape.begun + .seconds(1800))
        let killed = Self.facts(.cancellingSynchronous) { $0.policy.cancelGrace = .seconds(7) }
        #expect(Diagnosis(killed, nodes: []).reasons.first?.killTime == RequestShape.begun + .seconds(7))
    }
}

extension RequestTransition {
    fileprivate var isFromAPI: Bool { event.isFromAPI }
}
