import SchedulerCore

/// The life of a store, decided by one seed: what it is asked next, given what it answered so far.
package struct RandomLife {
    package let seed: UInt64
    private var random: SeededRandom
    private var filters = RandomFilters()
    /// Newest known value of each request.
    private var known: [RequestID: JobRequest] = [:]
    private var ids: [RequestID] = []
    private var node = StoreSamples.node
    /// Steps to take before anything else, the last first.
    private var pending: [StoreStep] = [.join(StoreSamples.record(StoreSamples.node), lease: .seconds(30), over: nil)]

    package init(seed: UInt64) {
        self.seed = seed
        random = SeededRandom(seed: seed)
    }

    /// The next step; before it, time may have moved.
    package mutating func next(_ time: ManualTime) -> StoreStep {
        if let step = pending.popLast() { return step }
        if random.percent(25) { time.advance(by: .milliseconds(Int64.random(in: 0...15_000, using: &random))) }
        if random.percent(2) {
            time.jumpWallClock(by: .milliseconds(Int64.random(in: -100_000...20_000, using: &random)))
        }
        return switch Int.random(in: 0..<100, using: &random) {
        case 0..<16: submit(time.now())
        case 16..<56: perform()
        case 56..<70: claim()
        case 70..<78: .fireTimers(limit: Int.random(in: 0...5, using: &random))
        case 78..<92: read()
        case 92..<94: changeNode()
        case 94..<97: cluster()
        case 97..<98:
            .changeSettings(
                .init(forceCancelAfter: .seconds(Int.random(in: 0...60, using: &random)))
            )
        case 98..<99: metadata()
        default: random.percent(50) ? .append(record(time.now())) : purge()
        }
    }

    /// Takes in an answer.
    package mutating func learn(_ answer: StoreAnswer) {
        switch answer {
        case .request(let request): note(request)
        case .requests(let requests): requests.forEach { note($0) }
        case .detail(let detail): if let detail { note(detail.request) }
        case .results(let results): results.compactMap(\.request).forEach { note($0) }
        case .claimed(let result): result.started.forEach { note($0.request) }
        default: break
        }
        filters.population = ids.suffix(60).compactMap { known[$0] }
    }

    private mutating func note(_ request: JobRequest) {
        if known.updateValue(request, forKey: request.id) == nil { ids.append(request.id) }
    }

    /// Every other life knows of locks and slots, every third of work assignments.
    var catalogue: Catalogue {
        get throws {
            var contents = seed % 2 == 0 ? Self.locks : []
            if seed % 3 == 0 { contents += try Self.work }
            return Catalogue(contents.map { MetadataObject($0, origin: .directory, version: 1) })
        }
    }

    private static let locks = LockSamples.contents(
        [
            LockSamples.global("Job", "Single", selfIncompatible: ["Single"]),
            LockSamples.domain("Job", "Other", property: "p0"),
        ],
        slots: ["Other": 2]
    )

    private static var work: [MetadataContent] {
        get throws {
            [
                WorkSamples.shift("Day", 2, asyncJavaLimit: 1),
                WorkSamples.shift("Rest", 6),
                try WorkSamples.assignment(
                    "Single",
                    where: #"DEFINITION eq "\#(StoreSamples.definition("Single"))""#,
                    shifts: ["Day"],
                    [WorkBinding(node: "label-node-1", scope: .exclusive)]
                ),
                try WorkSamples.assignment(
                    "Anna",
                    where: #"USER_NAME eq "anna""#,
                    shifts: ["Day"],
                    [WorkBinding(node: WorkBinding.everyNode)]
                ),
                try WorkSamples.assignment(
                    "Batch",
                    where: #"USER_NAME ne "anna""#,
                    shifts: ["Rest"],
                    [WorkBinding(node: WorkBinding.everyNode)]
                ),
            ]
        }
    }

    // MARK: - Steps

    private mutating func submit(_ now: Timestamp) -> StoreStep {
        let parents = ids.suffix(30).compactMap { known[$0] }
        let submission = RandomSubmissions.submission(&random, now: now, parents: parents)
        return .submit(submission, random.percent(30) ? audit("submit") : nil)
    }

    private mutating func audit(_ action: String) -> AuditEntry {
        AuditEntry(principal: random.pick(["anna", "olga"]) ?? "anna", action: action)
    }

    /// Mostly by a member, so that something starts.
    private mutating func claim() -> StoreStep {
        let limit = Int.random(in: 0...4, using: &random)
        let ready = Int.random(in: 0...3, using: &random)
        let running = known.values.filter { $0.owner == node }.compactMap(\.workAssignment)
        let inUse = Dictionary(grouping: running) { $0 }.mapValues(\.count)
        let claim = StoreStep.claim(
            Claim(
                node: node,
                processor: "label-\(node)",
                limit: limit,
                readyLimit: ready,
                admission: NodeAdmission(name: "label-\(node)", logicalClusters: RandomSubmissions.logicalClusters),
                threads: limit + running.count,
                inUse: inUse
            )
        )
        guard random.percent(70) else { return claim }
        pending = [claim]
        return .join(StoreSamples.record(node), lease: .seconds(30), over: nil)
    }

    private mutating func perform() -> StoreStep {
        let count = random.percent(70) ? 1 : Int.random(in: 0...6, using: &random)
        return .perform((0..<count).map { _ in command() })
    }

    /// Mostly an event that the request's state waits for, else any.
    private mutating func command() -> RequestCommand {
        guard let id = pickID(), let request = known[id] else { return RequestCommand(RequestID(1), .cancel) }
        let event = random.percent(60) ? expectedEvent(request) : anyEvent(request)
        let epoch = random.percent(10) ? AttemptEpoch(Int64.random(in: 1...5, using: &random)) : request.epoch
        let speaksForAttempt = random.percent(50)
        return RequestCommand(
            id,
            event,
            epoch: speaksForAttempt ? epoch : nil,
            audit: random.percent(20) ? audit("some") : nil
        )
    }

    private mutating func pickID() -> RequestID? {
        if random.percent(3) { return RequestID(Int64.random(in: -1...500, using: &random)) }
        // Mostly young ones: they are alive.
        return random.percent(70) ? random.pick(Array(ids.suffix(15))) : random.pick(ids)
    }

    private mutating func expectedEvent(_ request: JobRequest) -> RequestEvent {
        let epoch = request.epoch ?? AttemptEpoch(1)
        let events: [RequestEvent]
        switch request.state {
        case .running where request.awaitsAsynchronousAnswer:
            events = [.report(status(), text: "said", handle: epoch), .checkIn(handle: epoch), .cancel]
        case .running:
            events = [
                .executableEnded(outcome()), .executableEnded(outcome()),
                .asynchronousStartAccepted(externalID: random.percent(50) ? "ext-1" : nil),
                .processPrepared(ProcessIdentity(pid: 7, startTicks: .max, bootID: "b")), .cancel,
            ]
        case .cancelling:
            events = [
                .forceCancel, .report(status(), text: nil, handle: epoch), .checkIn(handle: epoch),
                .attemptEndedByServer, .cancelCallAnswered, .timer,
            ]
        case .hold: events = [.release]
        case .paused: events = [.report(.update, text: nil, handle: epoch), .cancel, .complete(.success, text: nil)]
        case .errorManualRecovery: events = [.recover(.retry), .recover(.error), .recover(.cancelled)]
        case _ where request.state.isTerminal: events = [.delete, .report(status(), text: nil, handle: epoch)]
        default: events = [.hold, .cancel, .dueWithoutSlot, .timer]
        }
        return random.pick(events) ?? .cancel
    }

    private mutating func anyEvent(_ request: JobRequest) -> RequestEvent {
        let epoch = request.epoch ?? AttemptEpoch(1)
        let events: [RequestEvent] = [
            .cancel, .forceCancel, .hold, .release, .delete, .recover(.retry), .complete(status(), text: "op"),
            .report(status(), text: "said", handle: epoch), .checkIn(handle: epoch), .dueWithoutSlot,
            .userUnusable(.requestLoginError, text: "gone"), .asynchronousStartAccepted(externalID: nil),
            .executableEnded(outcome()), .attemptEndedByServer, .nodeLost(reason: .leaseExpired), .timer,
            .cancelCallAnswered,
        ]
        return random.pick(events) ?? .cancel
    }

    private mutating func status() -> ReportStatus { random.pick(ReportStatus.allCases) ?? .success }

    private mutating func outcome() -> ExecutableOutcome {
        let outcomes: [ExecutableOutcome] = [
            .success, .success, .warning(text: "careful"), .systemError("broken"), .systemError("broken"),
            .systemError(cause: .processKilled, text: "killed", detail: "by 9", retryAfter: .seconds(3)),
            .businessError(text: nil), .cancelled(text: "by itself"), .paused(state: "half"),
            .manualRecovery(text: "look"),
        ]
        return random.pick(outcomes) ?? .success
    }

    private mutating func read() -> StoreStep {
        let id = pickID() ?? RequestID(1)
        return switch Int.random(in: 0..<20, using: &random) {
        case 0..<3: .request(id)
        case 3..<5: .history(id)
        case 5..<7: .nextInstants
        case 7: .auditTrail(targetID: id.description)
        case 8: random.percent(50) ? .metadata : .metadataRevision
        case 9: .now
        case 10: .attempts(of: node, after: nil, limit: 3)
        case 11: .lostAttempts(for: node, after: random.percent(50) ? id : nil, limit: 3)
        case 12: .nodes
        default: .requests(filters.query(&random))
        }
    }

    /// The old node leaves before another comes: stores of one node and of many then agree.
    private mutating func changeNode() -> StoreStep {
        let former = node
        node = NodeID("node-\(Int.random(in: 0...3, using: &random))")
        pending = [.join(StoreSamples.record(node), lease: .seconds(30), over: nil)]
        return .leave(former)
    }

    /// Mostly keeps the node a member, so that it goes on starting things.
    private mutating func cluster() -> StoreStep {
        let target: QuiesceTarget = random.percent(50) ? .cluster : .node(StoreSamples.record(node).name)
        return switch Int.random(in: 0..<10, using: &random) {
        case 0..<3: .renew(node, lease: .seconds(20))
        case 3..<6: .join(StoreSamples.record(node), lease: .seconds(30), over: nil)
        case 6: .lead(random.pick(LeaderRole.allCases) ?? .recovery, node, lease: .seconds(10))
        case 7 where random.percent(15): .setQuiesced(true, target, random.percent(50) ? audit("quiesce") : nil)
        default: .setQuiesced(false, target, nil)
        }
    }

    private mutating func purge() -> StoreStep {
        let limit = Int.random(in: 1...6, using: &random)
        guard random.percent(60) else { return .removeDeleted(limit: limit) }
        var order = PurgeOrder(retention: PurgeRetention(other: 0))
        if random.percent(30) { order.retention.error = 1 }
        if random.percent(30) { order.criteria.submitter = random.pick(["anna", "olga"]) }
        if random.percent(30) { order.maxRequests = Int64.random(in: 1...5, using: &random) }
        order.isLogicalOnly = random.percent(20)
        order.isDryRun = random.percent(20)
        return .purge(order, limit: limit)
    }

    private mutating func metadata() -> StoreStep {
        let origin = random.pick(["BUILTIN", "DIRECTORY", "API"]) ?? "API"
        let ids = (0..<4).map { "JobDefinition://acme/J\($0)" }.filter { _ in random.percent(50) }
        let documents = ids.map { _ in #"{"v":\#(Int.random(in: 0...2, using: &random))}"# }
        guard random.percent(50), let id = ids.first, let document = documents.first else {
            return .replaceMetadata(origin: origin, ids: ids, documents: documents)
        }
        return .putMetadata(id: id, origin: origin, document: document, unlessPresent: random.percent(30))
    }

    private mutating func record(_ now: Timestamp) -> AuditRecord {
        AuditRecord(
            time: now,
            entry: audit("denied"),
            targetKind: "Request",
            targetID: (pickID() ?? RequestID(1)).description,
            outcome: random.pick(AuditRecord.Outcome.allCases) ?? .ok,
            errorCode: random.percent(50) ? 2004 : nil
        )
    }
}
