import SchedulerCore

/// Holds one diagnosis against what is stored.
struct DiagnosisWitness {
    let diagnosis: Diagnosis
    let request: JobRequest
    let content: MemoryContent
    let locks: LockView
    let nodes: [DiagnosisNode]
    let work: NaiveWork
    /// Asynchronous jobs that run in the cluster, by what counts them.
    let slots: [NaiveWorkPass.Slot: Int]
    /// Whether the auditor has seen a request start.
    let hasStarted: (RequestID) -> Bool
    /// When a callout that answered DELAY is called again.
    let callNotBefore: Timestamp?

    private var codes: [DiagnosticCode] { diagnosis.reasons.map(\.code) }

    private var now: Timestamp { content.lastTime }

    var complaints: [String] {
        var found = ofState + ofDue + ofNodes
        for reason in diagnosis.reasons {
            let named =
                [reason.blockingRequestID, reason.subRequestID, reason.parentRequestID].compactMap(\.self)
                + reason.childRequestIDs + reason.holders
            for id in named where content.requests[id]?.state.isTerminal != false {
                found.append("\(reason.code.rawValue) names \(id), which is over or was never there")
            }
            for id in reason.childRequestIDs where content.requests[id]?.lineage.parentID != request.id {
                found.append("\(reason.code.rawValue) names \(id), which is no child")
            }
        }
        if codes.contains(.nothing), codes.count > 1 { found.append("NONE is not the only reason") }
        if codes.map(\.rawValue).isEmpty { found.append("nothing is told") }
        return found
    }

    // MARK: - Codes that a state demands

    private var ofState: [String] {
        let first = diagnosis.code
        guard let expected else { return [] }
        return first == expected ? [] : ["\(first?.rawValue ?? "no code") instead of \(expected.rawValue)"]
    }

    /// Nil where the state leaves more than one.
    private var expected: DiagnosticCode? {
        let isRecurring = request.lineage.type.isRecurringParent
        switch request.state {
        case .hold: return .onHold
        case .pendingValidation: return .validationWait
        case .wait where isRecurring, .scheduleEnded: return .childWait
        case .errorAutoRetry: return .retryDelay
        case .cancelling: return .cancelWait
        case .errorManualRecovery: return .manualRecovery
        case .running where request.facts.executor == nil && request.owner == nil: return .childWait
        case .running where request.owner == nil: return .asyncWait
        case .running: return .nothing
        case .completed where request.owner == nil: return .postprocessDelay
        case .completed: return .nothing
        case .paused where request.phase == .executePausedWaitForSubreq: return .subRequestWait
        case .paused where request.handleStatus == .live: return .asyncWait
        default: return nil
        }
    }

    // MARK: - Due requests

    private var ofDue: [String] {
        guard request.state.isPending, !request.lineage.type.isRecurringParent else { return [] }
        var found: [String] = []
        let parent = request.lineage.parentID.flatMap { content.requests[$0] }
        let waitsForPause = request.lineage.type == .subRequest && request.kinship.gate == .parentPause
        expect(.parentPauseWait, waitsForPause, &found)
        if waitsForPause, parent?.state.isTerminal != false { found.append("its parent is over") }
        let isEarly = request.scheduledTime > now && !waitsForPause
        expect(.futureStart, isEarly, &found)
        let isDelayed = callNotBefore.map { $0 > now } ?? false
        expect(.preprocessDelay, isDelayed, &found)
        if request.kinship.gate == .earlierInstance, !codes.contains(.deferred) { found.append("DEFERRED is missing") }
        // It is told what keeps it back until it is tested anew.
        let countsIdle = locks.awaitsTest(request)
        let blockers = locks.blockers(of: request, countsIdle: countsIdle)
        guard isAtItsTurn else { return found + ofBlockers(blockers) }
        expect(.blocked, !blockers.isEmpty, &found)
        expect(.concurrencyLimit, blockers.isEmpty && locks.lacksSlot(request, countsIdle: countsIdle), &found)
        return found + ofBlockers(blockers) + ofWork
    }

    private func expect(_ code: DiagnosticCode, _ holds: Bool, _ found: inout [String]) {
        guard codes.contains(code) != holds else { return }
        found.append(holds ? "\(code.rawValue) is missing" : "\(code.rawValue) does not hold")
    }

    private func ofBlockers(_ blockers: [JobRequest]) -> [String] {
        var found: [String] = []
        let ids = Set(blockers.map(\.id))
        let holders = Set(locks.holders.map(\.request.id))
        let slots = Set(locks.slotHolders.map(\.id))
        for reason in diagnosis.reasons {
            switch reason.code {
            case .blocked:
                guard let id = reason.blockingRequestID, ids.contains(id) else {
                    found.append("BLOCKED by \(reason.blockingRequestID?.description ?? "nobody"), who blocks it not")
                    continue
                }
                let isHolder = reason.blockerKind == .holder
                if isHolder != holders.contains(id) { found.append("\(id) is no \(isHolder ? "holder" : "waiter")") }
            case .concurrencyLimit:
                if !slots.isSuperset(of: reason.holders) { found.append("a holder of slots has none") }
                if reason.inUse != slots.count { found.append("\(reason.inUse ?? 0) slots in use, not \(slots.count)") }
            case .deferred:
                guard let id = reason.blockingRequestID, let earlier = content.requests[id] else {
                    found.append("DEFERRED by nobody")
                    continue
                }
                let isSibling = earlier.lineage.parentID == request.lineage.parentID && id != request.id
                if !isSibling || !hasStarted(id) { found.append("\(id) is no earlier instance that runs") }
            default: break
            }
        }
        let best = blockers.min { LockView.precedes($0, $1) }?.id
        let first = diagnosis.reasons.first { $0.code == .blocked }?.blockingRequestID
        if let first, first != best { found.append("\(first) is not the best-ranked of those in its way") }
        return found
    }

    // MARK: - Assignments and threads

    private static let ofWork: Set<DiagnosticCode> = [
        .noBoundWorkAssignment, .disabledWorkAssignment, .inactiveWorkAssignmentWait, .asyncLimit, .noFreeThread,
    ]

    private var living: [DiagnosisNode] { nodes.filter(\.isAlive) }

    private var serving: [DiagnosisNode] { living.filter { place(of: $0).takes(request.facts, by: $0.name) } }

    private var able: [DiagnosisNode] { serving.filter { !$0.isQuiesced } }

    private func place(of node: DiagnosisNode) -> NaivePlace {
        NaivePlace(applications: node.offer?.applications, clusters: node.offer?.logicalClusters ?? [])
    }

    /// Told exactly where none of the nodes that serve the request and may start something would take it now, by
    /// assignments that would if they were active or had room. Where no node may, threads do not count.
    private var ofWork: [String] {
        let told = codes.filter(Self.ofWork.contains)
        let asked = able.isEmpty ? serving : able
        let counts = !able.isEmpty
        let needsThread = counts && request.takesThreadOfShare
        let isTaken = asked.contains { node in
            !(counts && isFull(node)) && rooms(on: node, slots: slots).contains { !(needsThread && $0.free <= 0) }
        }
        guard !isTaken, !asked.isEmpty else {
            return told.isEmpty ? [] : ["\(told.map(\.rawValue)), yet a node takes it"]
        }
        var found = told.isEmpty ? ["no node takes it, and that is not told"] : []
        if counts { found += ofThreads } else { expect(.noFreeThread, false, &found) }
        for reason in diagnosis.reasons {
            let assignment = work.assignments.first { $0.name == reason.workAssignment?.name }
            switch reason.code {
            case .disabledWorkAssignment, .inactiveWorkAssignmentWait:
                guard let assignment, assignment.accepts(request.facts) else {
                    found.append("\(reason.code.rawValue) names an assignment that would not take it")
                    continue
                }
                let bindings = asked.compactMap { assignment.binding(to: $0.name) }
                let isRight =
                    reason.code == .inactiveWorkAssignmentWait
                    ? assignment.shift(at: now) == nil && assignment.isActive && bindings.contains(where: \.isEnabled)
                    : !assignment.isActive || bindings.contains { !$0.isEnabled }
                if bindings.isEmpty || !isRight { found.append("\(reason.code.rawValue) of \(assignment.name)") }
            case .asyncLimit:
                let shift = assignment?.shift(at: now)
                let inUse = slots.first { $0.key.assignment == assignment?.name && $0.key.shift == shift?.name }?.value
                let isRight = request.facts.mayBeAsynchronous && shift?.asyncLimit.map { $0 <= inUse ?? 0 } == true
                if !isRight || reason.inUse != inUse ?? 0 { found.append("ASYNC_LIMIT of \(assignment?.name ?? "?")") }
            case .noBoundWorkAssignment:
                if told.count > 1 { found.append("NO_BOUND_WORK_ASSIGNMENT, yet others would take it") }
            default: break
            }
        }
        return found
    }

    /// NO_FREE_THREAD is told once of each share that would take the request if it had a thread more, and of nodes
    /// that are full although their shares are not, or do not count the request.
    private var ofThreads: [String] {
        var expected: [String?: (threads: Int, inUse: Int)] = [:]
        for node in able {
            let full = rooms(on: node, slots: nil).filter {
                request.takesThreadOfShare && $0.share != nil && $0.free <= 0
            }
            let known = full.map { ($0.share?.assignment.name, $0.share?.threads ?? 0, $0.inUse) }
            let isWhole = rooms(on: node, slots: slots).contains {
                !request.takesThreadOfShare || $0.share == nil || $0.free > 0
            }
            let whole = [(String?.none, node.offer?.threads ?? 0, node.running)]
            for (name, threads, inUse) in isWhole ? whole : known {
                let sum = expected[name] ?? (0, 0)
                expected[name] = (sum.threads + threads, sum.inUse + inUse)
            }
        }
        let told = diagnosis.reasons.filter { $0.code == .noFreeThread }
        var found = told.count == expected.count ? [] : ["NO_FREE_THREAD \(told.count) times, not \(expected.count)"]
        for reason in told {
            let right = expected[reason.workAssignment?.name]
            if right?.threads != reason.threads || right?.inUse != reason.inUse {
                found.append("NO_FREE_THREAD of \(reason.workAssignment?.name ?? "nodes") with other numbers")
            }
        }
        return found
    }

    private func isFull(_ node: DiagnosisNode) -> Bool { node.running >= node.offer?.threads ?? .max }

    /// What of a node may take the request, full or not: shares, or the whole node where nothing is bound to it.
    ///
    /// - Parameters:
    ///   - node: that may start something.
    ///   - slots: asynchronous jobs that run; nil where their limits do not count.
    /// - Returns: each with its threads in use and free.
    private func rooms(
        on node: DiagnosisNode,
        slots: [NaiveWorkPass.Slot: Int]?
    ) -> [(share: NaiveWork.Share?, inUse: Int, free: Int)] {
        let threads = node.offer?.threads ?? 0
        guard let shares = work.shares(of: node.name, threads: threads, now: now) else {
            return work.isClaimed(request.facts) ? [] : [(nil, node.running, threads - node.running)]
        }
        return shares.filter { work.takes(request.facts, by: $0, slots: slots) }.map { share in
            let inUse = node.runningByAssignment[share.assignment.id] ?? 0
            return (share, inUse, share.threads - inUse)
        }
    }

    // MARK: - Nodes

    private var ofNodes: [String] {
        var found: [String] = []
        let unmet = asksForNodes ? unmetWishes : []
        for code in [DiagnosticCode.noApplication, .noLogicalCluster, .requestedProcessorDown] {
            expect(code, unmet.contains(code), &found)
        }
        if asksForNodes {
            expect(.noActiveServer, living.isEmpty, &found)
            expect(.quiesced, !serving.isEmpty && able.isEmpty, &found)
        }
        let never: [DiagnosticCode] = [.dispatcherStopped, .dispatcherFailed, .processorStopped]
        for code in never where codes.contains(code) { found.append("\(code.rawValue) does not hold") }
        return found
    }

    /// Of wishes that no living node meets; where some node meets each, but none all, of the last one.
    private var unmetWishes: Set<DiagnosticCode> {
        let facts = request.facts
        var found: Set<DiagnosticCode> = []
        if let name = facts.requestedProcessor, !living.contains(where: { $0.name == name }) {
            found.insert(.requestedProcessorDown)
        }
        guard !living.isEmpty else { return found }
        if !living.contains(where: { place(of: $0).servesApplication(of: facts) }) { found.insert(.noApplication) }
        if !living.contains(where: { place(of: $0).servesCluster(of: facts) }) { found.insert(.noLogicalCluster) }
        if found.isEmpty, serving.isEmpty {
            found.insert(facts.requestedProcessor == nil ? .noLogicalCluster : .requestedProcessorDown)
        }
        return found
    }

    /// Whether it is for a node to go on with it, now or later.
    private var asksForNodes: Bool {
        switch request.state {
        case .wait, .ready, .blocked, .hold, .pendingValidation: !request.lineage.type.isRecurringParent
        case .errorAutoRetry: true
        case .paused: request.phase != .executePausedWaitForSubreq && request.handleStatus != .live
        default: false
        }
    }

    /// Whether nothing but nodes, locks and assignments can keep it from its start.
    private var isAtItsTurn: Bool {
        guard asksForNodes, request.state != .errorAutoRetry else { return false }
        if request.state == .paused { return true }
        let isFree = request.kinship.gate == nil || request.kinship.gate == .slot
        let isTested = request.state == .wait || request.state == .ready || request.state == .blocked
        return isTested && isFree && request.scheduledTime <= now && (callNotBefore.map { $0 <= now } ?? true)
    }
}
