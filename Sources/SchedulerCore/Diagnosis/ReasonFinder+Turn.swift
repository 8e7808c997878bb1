/// Nodes, locks, assignments and threads: what keeps a request from its start when it is due.
extension ReasonFinder {
    // MARK: - Nodes

    private var living: [DiagnosisNode] { nodes.filter(\.isAlive) }

    /// Nodes that would run it, if they could.
    private var serving: [DiagnosisNode] { living.filter { $0.serves(request.facts.workClass) } }

    var whereItMayRun: [DiagnosticReason] {
        let work = request.facts.workClass
        var found: [DiagnosticReason] = []
        if !living.isEmpty, !living.contains(where: { $0.serves(application: work.application) }) {
            found.append(noApplication(work))
        }
        if !living.isEmpty, let cluster = work.logicalCluster, !living.contains(where: { $0.serves(cluster: cluster) })
        {
            found.append(noCluster(cluster))
        }
        if let name = work.requestedProcessor, !living.contains(where: { $0.name == name }) {
            found.append(processorDown(name))
        }
        guard !living.isEmpty else { return found + [noServer] }
        guard found.isEmpty else { return found }
        guard !serving.isEmpty else { return [noneOfAll(work)] }
        guard !serving.contains(where: \.isAble) else { return [] }
        return [dispatcherStopped, dispatcherFailed, processorStopped, quiesced].compactMap(\.self)
    }

    private func noApplication(_ work: WorkClass) -> DiagnosticReason {
        let text =
            "No living node serves the application \(work.application). Start one that does, or add it to "
            + "node.applications of another."
        return DiagnosticReason(.noApplication, text) { $0.application = work.application }
    }

    private func noCluster(_ name: String) -> DiagnosticReason {
        let text =
            "No living node belongs to the logical cluster \(name). Start one that does, or add it to "
            + "node.logicalClusters of another."
        return DiagnosticReason(.noLogicalCluster, text) { $0.logicalCluster = name }
    }

    private func processorDown(_ name: String) -> DiagnosticReason {
        let text = "It may run on the node \(name) alone, which does not live. Start that node."
        return DiagnosticReason(.requestedProcessorDown, text) { $0.requestedProcessor = name }
    }

    /// Each wish is served by some node, all together by none: the last one tells.
    private func noneOfAll(_ work: WorkClass) -> DiagnosticReason {
        if let name = work.requestedProcessor {
            let text = "It may run on the node \(name) alone, which does not serve its application or logical cluster."
            return DiagnosticReason(.requestedProcessorDown, text) { $0.requestedProcessor = name }
        }
        return noCluster(work.logicalCluster ?? "")
    }

    private var noServer: DiagnosticReason {
        DiagnosticReason(.noActiveServer, "No node lives. Start a server.") { $0.nodes = nodes.map(\.name) }
    }

    private var dispatcherStopped: DiagnosticReason? {
        ofNodes(
            .dispatcherStopped,
            "dispatch nothing. Start the dispatcher of one, or set dispatcher.enabled to true there."
        ) { !$0.isDispatching }
    }

    private var dispatcherFailed: DiagnosticReason? {
        ofNodes(.dispatcherFailed, "do not get on with dispatching. See their logs.") { $0.hasFailed }
    }

    private var processorStopped: DiagnosticReason? {
        ofNodes(.processorStopped, "run nothing. Start the processor of one, or set processor.enabled to true there.") {
            !$0.isProcessing
        }
    }

    private var quiesced: DiagnosticReason? {
        ofNodes(.quiesced, "start nothing, since they are quiesced. Resume one of them.", where: \.isQuiesced)
    }

    private func ofNodes(
        _ code: DiagnosticCode,
        _ text: String,
        where isConcerned: (DiagnosisNode) -> Bool
    ) -> DiagnosticReason? {
        let names = serving.filter(isConcerned).map(\.name)
        guard !names.isEmpty else { return nil }
        let list = names.joined(separator: ", ")
        return DiagnosticReason(code, "The nodes that could run it (\(list)) \(text)") { $0.nodes = names }
    }

    // MARK: - Locks

    var ofLocks: [DiagnosticReason] {
        facts.locks.blockers.map(blocked) + (facts.locks.slots.map { [slotsUsed($0)] } ?? [])
    }

    private func blocked(_ blocker: LockFacts.Blocker) -> DiagnosticReason {
        let what = "\(blocker.key.object.name)\(blocker.key.value.isEmpty ? "" : " (\(blocker.key.value))")"
        let text =
            switch blocker.kind {
            case .holder:
                "Request \(blocker.request) has the lock of \(what), which is incompatible with it. Wait for its end, "
                    + "or cancel it."
            case .waiter:
                "Request \(blocker.request) waits for the lock of \(what), too, and comes first. A higher priority "
                    + "would change that."
            }
        return DiagnosticReason(.blocked, text) { reason in
            reason.blockingRequestID = blocker.request
            reason.blockerKind = blocker.kind
            reason.incompatibility = blocker.key.object
            reason.value = blocker.key.value.isEmpty ? nil : blocker.key.value
            reason.queuePosition = blocker.queuePosition
        }
    }

    private func slotsUsed(_ slots: LockFacts.Slots) -> DiagnosticReason {
        let text =
            "At most \(slots.limit) requests of \(slots.definition.name) run at a time (SYS_EXT_maxConcurrent), and "
            + "\(slots.inUse) do: \(Self.list(slots.holders)). It is number \(slots.queuePosition) in line."
        return DiagnosticReason(.concurrencyLimit, text) { reason in
            reason.limit = slots.limit
            reason.inUse = slots.inUse
            reason.holders = slots.holders
            reason.queuePosition = slots.queuePosition
        }
    }

    // MARK: - Assignments and threads

    var ofAssignments: [DiagnosticReason] { assignments.map(ofAssignment) }

    private func ofAssignment(_ fact: AssignmentFact) -> DiagnosticReason {
        switch fact {
        case .noneBound:
            let text = "No work assignment that is bound to a node accepts it. Bind one that does."
            return DiagnosticReason(.noBoundWorkAssignment, text)
        case .disabled(let assignment):
            let text = "The work assignment \(assignment.name) accepts it and is switched off. Switch it on."
            return DiagnosticReason(.disabledWorkAssignment, text) { $0.workAssignment = assignment }
        case .inactive(let assignment, let workshift, let nextWindow):
            let next = nextWindow.map { "; the next one begins at \($0)" } ?? ""
            let text = "No workshift of the work assignment \(assignment.name) is on\(next)."
            return DiagnosticReason(.inactiveWorkAssignmentWait, text) { reason in
                reason.workAssignment = assignment
                reason.workshift = workshift
                reason.nextWindow = nextWindow
            }
        case .asyncLimit(let assignment, let workshift, let execType, let limit, let inUse):
            let text =
                "The work assignment \(assignment.name) lets \(limit) asynchronous jobs run in the cluster, and "
                + "\(inUse) do. Wait for the end of one, or raise the limit of its workshift."
            return DiagnosticReason(.asyncLimit, text) { reason in
                reason.workAssignment = assignment
                reason.workshift = workshift
                reason.asyncExecType = execType
                reason.asyncLimit = limit
                reason.limit = limit
                reason.inUse = inUse
                reason.queuePosition = queuePosition
            }
        case .noFreeThread(let assignment, let threads, let inUse):
            return noFreeThread(of: assignment, threads: threads, inUse: inUse)
        }
    }

    private func noFreeThread(of assignment: MetadataObjectID?, threads: Int, inUse: Int) -> DiagnosticReason {
        let share = assignment.map { " of the work assignment \($0.name)" } ?? ""
        let place = "It is number \(queuePosition) in line; a higher priority would move it up."
        let text =
            threads > 0
            ? "All threads\(share) are in use (\(inUse) of \(threads)). \(place)"
            : "There are no threads\(share): the nodes have fewer than assignments that share them. Give them more "
                + "(processor.threads), or bind fewer assignments to them."
        return DiagnosticReason(.noFreeThread, text) { reason in
            reason.workAssignment = assignment
            reason.threads = threads
            reason.inUse = inUse
            reason.queuePosition = queuePosition
        }
    }

    private var queuePosition: Int { 1 + facts.betterRanked }
}
