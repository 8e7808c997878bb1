import SchedulerCore
import SchedulerEngine
import SchedulerTesting

/// Gives every start of a node its own number.
final class RaceNodes {
    private var last = 0

    func next() -> Int {
        last += 1
        return last
    }
}

/// One race for the end of one request over any store, with at most one fault of that store. Node A runs the attempt
/// and takes the cancel, B takes the forced ones, C what the job says; all share the store.
struct ForceCancelRace<Store: RequestStore & ClusterStore> {
    /// One course of the race.
    struct Plan: CustomStringConvertible {
        let start: RaceStart
        let report: ReportStatus
        let order: [RaceAction]
        /// Write of the race that fails, counted from 0; nil = none.
        var faultyWrite: Int?
        var fault: FaultyStore<Store>.Fault = .beforeCommit

        var description: String {
            let names = order.map(\.rawValue).joined(separator: ", ")
            let failing = faultyWrite.map { ", write \($0) fails \(fault)" } ?? ""
            return "\(start.rawValue), \(report.rawValue): \(names)\(failing)"
        }
    }

    static var lease: Duration { .seconds(30) }
    static var attestation: String { "the remote job does not run" }

    private let plan: Plan
    private let time: ManualTime
    private let base: Store
    private let store: FaultyStore<Store>
    private let nodeA: SimulatedNode
    private let nodeB: SimulatedNode
    private let nodeC: SimulatedNode
    private var hasCrashed = false
    private var id = RequestID(0)
    private var handle = AttemptEpoch(0)

    /// - Parameters:
    ///   - plan: what happens in which order.
    ///   - store: with the pause of forceCancel that the plan's start asks for; other requests in it have ended.
    ///   - time: of the store.
    ///   - nodes: numbers the nodes that have ever used the store.
    init(_ plan: Plan, on store: Store, time: ManualTime, nodes: RaceNodes) {
        self.plan = plan
        self.time = time
        base = store
        self.store = FaultyStore(store)
        nodeA = Self.node(nodes.next(), self.store, time)
        nodeB = Self.node(nodes.next(), self.store, time)
        nodeC = Self.node(nodes.next(), self.store, time)
    }

    /// Runs the race.
    ///
    /// - Returns: number of writes of the race, and all that went against the specification.
    /// - Throws: the store's errors outside of the faults that the plan asks for.
    mutating func run() async throws -> (writes: Int, violations: [String]) {
        try await prepare()
        var model = RaceModel(plan.start, report: plan.report, cancelBegun: time.now())
        if plan.start == .forcible { time.advance(by: plan.start.forceCancelAfter) }
        var violations: [String] = []
        var told: [RaceAction] = []
        var unanswered: [RaceAction] = []
        let before = store.writeCount
        if let number = plan.faultyWrite { store.fail(plan.fault, after: number) }
        for action in plan.order {
            let stored = try await base.request(id)?.request
            let answer = await perform(action)
            let expected =
                answer == .fault && plan.fault == .beforeCommit ? .fault : model.perform(action, now: time.now())
            if answer == .fault {
                unanswered.append(action)
                if plan.fault == .beforeCommit, try await base.request(id)?.request != stored {
                    violations.append("I8 \(action.rawValue) failed and left something")
                }
            } else if answer != expected {
                violations.append("\(action.rawValue) is told \(answer), not \(expected)")
            }
            if answer == .done, model.winner == action { told.append(action) }
        }
        let writes = store.writeCount - before
        store.heal()
        for action in unanswered {
            let expected = model.perform(action, now: time.now())
            let answer = await perform(action)
            if answer != expected { violations.append("again \(action.rawValue) is told \(answer), not \(expected)") }
            if answer == .done, model.winner == action { told.append(action) }
        }
        if model.winner == nil {
            time.advance(by: .seconds(1800))
            let answer = await perform(.forceCancelA)
            let expected = model.perform(.forceCancelA, now: time.now())
            if answer != expected { violations.append("at last forceCancel is told \(answer), not \(expected)") }
            if answer == .done { told.append(.forceCancelA) }
        }
        violations += try await checkEnd(model, told)
        return (writes, violations.map { "\(plan): \($0)" })
    }

    /// Submits, starts and, as the plan wants it, lets the request wait and be cancelled.
    private mutating func prepare() async throws {
        var facts = RequestFacts(
            definitionID: MetadataObjectID(kind: .jobDefinition, package: "/race", name: "Job"),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/race", name: "Type"),
            executor: .http,
            application: "Race",
            submitter: "anna"
        )
        facts.isAsynchronous = true
        _ = try await nodeA.membership.join()
        id = try await store.submit(Submission(facts: facts), audit: nil).id
        let claim = Claim(node: nodeA.record.id, processor: "node", limit: 1, readyLimit: 0)
        handle = try await store.claim(claim).started.first?.request.epoch ?? handle
        if plan.start != .initiating { _ = await perform(.startAccepted) }
        if plan.start == .forcible { _ = await perform(.cancel) }
    }

    private mutating func perform(_ action: RaceAction) async -> RaceAnswer {
        switch action {
        case .report: await perform(.report(plan.report, text: "said", handle: handle), at: nodeC)
        case .forceCancelA: await perform(.forceCancel, at: first, by: "anna", attests: true)
        case .forceCancelB: await perform(.forceCancel, at: nodeB, by: "bert", attests: true)
        case .cancel: await perform(.cancel, at: first, by: "carl")
        case .checkIn: await perform(.checkIn(handle: handle), at: nodeC)
        // Late from A, too, if it was believed dead.
        case .startAccepted:
            await perform(.asynchronousStartAccepted(externalID: "e-1"), at: nodeA, epoch: handle)
        case .crash: await crash()
        }
    }

    /// Whom callers of A reach.
    private var first: SimulatedNode { hasCrashed ? nodeB : nodeA }

    private func perform(
        _ event: RequestEvent,
        at node: SimulatedNode,
        by person: String? = nil,
        attests: Bool = false,
        epoch: AttemptEpoch? = nil
    ) async -> RaceAnswer {
        let audit = person.map {
            AuditEntry(
                principal: $0,
                action: attests ? "forceCancel" : "cancel",
                attestation: attests ? Self.attestation : nil
            )
        }
        do {
            let result = try await node.gateway.perform(RequestCommand(id, event, epoch: epoch, audit: audit))
            switch result.outcome {
            case .applied: return .done
            case .unchanged: return .nothing
            case .refused(let error): return .refused(error.code)
            case .dropped: return .dropped
            }
        } catch {
            return .fault
        }
    }

    /// A is gone for good once its lease is over. B enters, whose driver tries again what has failed, and recovers.
    private mutating func crash() async -> RaceAnswer {
        hasCrashed = true
        time.advance(by: Self.lease)
        for _ in 0..<2 {
            do {
                for name in ["heartbeat", "recovery"] {
                    for loop in nodeB.loops where loop.name == name { _ = try await loop.runOnce() }
                }
                return .done
            } catch {
                continue
            }
        }
        return .fault
    }

    private static func node(_ number: Int, _ store: FaultyStore<Store>, _ time: ManualTime) -> SimulatedNode {
        SimulatedNode(
            record: SimulatedNode.record(number: number),
            store: store,
            threads: 1,
            lease: lease,
            cancelGrace: .seconds(1),
            time: time
        )
    }

    /// I2, I18, I19, I20, I21, C72, C73, C75, C78.
    private mutating func checkEnd(_ model: RaceModel, _ told: [RaceAction]) async throws -> [String] {
        guard case .ended(let winner, let state) = model.state, let request = try await base.request(id)?.request else {
            return ["the request did not end"]
        }
        var found: [String] = []
        func expect(_ holds: Bool, _ message: String) { if !holds { found.append(message) } }
        expect(request.state == state, "it ended \(request.state.rawValue), not \(state.rawValue) by \(winner)")
        let endings = try await base.history(of: id).filter { $0.to.isTerminal && $0.refusal == nil }
        expect(endings.count == 1, "I19 it ended \(endings.count) times")
        expect(told.count <= 1 && told.allSatisfy { $0 == winner }, "I19 \(told) were told that they ended it")
        let isForced = winner == .forceCancelA || winner == .forceCancelB
        expect(request.handleStatus == (winner == .report ? .closed : .dead), "its handle is \(request.handleStatus)")
        expect(request.owner == nil && request.nextTimer == nil && request.waitTime == nil, "I21 something is held")
        let audit = try await base.auditTrail(targetKind: "Request", targetID: id.description)
        let forced = audit.filter { $0.entry.action == "forceCancel" }
        expect(forced.count == (isForced ? 1 : 0), "I20 \(forced.count) records of forceCancel")
        if let record = forced.first {
            let person = winner == .forceCancelA ? "anna" : "bert"
            expect(record.entry.principal == person, "I20 the record names \(record.entry.principal)")
            expect(record.entry.attestation == Self.attestation, "I20 the record has no attestation")
            expect(record.time == request.completedTime && record.outcome == .ok, "I20 the record is of another time")
        }
        // Everywhere the same; the courses with a fault, which are many, ask one node only.
        for node in plan.faultyWrite == nil ? [nodeA, nodeB, nodeC] : [nodeB] {
            let late = await perform(.checkIn(handle: handle), at: node)
            expect(late == .refused(1052), "I18 a late check-in is told \(late) by \(node.record.id)")
            let report = await perform(.report(plan.report, text: "said", handle: handle), at: node)
            let expected: RaceAnswer = winner == .report ? .nothing : .refused(1052)
            expect(report == expected, "I18 a late report is told \(report) by \(node.record.id)")
            let again = await perform(.forceCancel, at: node, by: "bert", attests: true)
            expect(again == .refused(1013), "C74 a late forceCancel is told \(again) by \(node.record.id)")
        }
        expect(
            try await base.request(id)?.request.exceptLateCalls == request.exceptLateCalls,
            "I2 the late ones changed the request"
        )
        return found
    }
}
