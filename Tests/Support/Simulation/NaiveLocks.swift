import SchedulerCore

/// The incompatibilities of simulated runs, as metadata for the scheduler and in the auditor's own reading.
enum NaiveLocks {
    struct Token: Hashable {
        let key: String
        let entity: String
        let isSelf: Bool

        func conflicts(with other: Token) -> Bool { key == other.key && (entity != other.entity || isSelf) }
    }

    /// Jobs that a run may ask for; most of them know of no lock.
    static let jobs = ["Job", "Job", "Job", "Job", "Exclusive", "Partner", "Poster", "Reader", "Slotted"]
    static let sets = ["Set", "GuardedSet"]
    /// Jobs of which each holds something, and what their sub-requests want.
    static let rings: [[(holder: String, wish: String)]] = [
        [("Exclusive", "Poster"), ("Poster", "Exclusive")],
        [("Exclusive", "Poster"), ("Reader", "Job"), ("Reader", "Exclusive")],
        [("Exclusive", "Slotted"), ("Slotted", "Partner"), ("Slotted", "Partner")],
    ]
    static let ledgers: [String?] = ["DE", "FR", nil]
    static let slots = 2

    static func definition(_ name: String, _ kind: MetadataKind = .jobDefinition) -> MetadataObjectID {
        MetadataObjectID(kind: kind, package: "/sim", name: name)
    }

    static let contents: [MetadataContent] = {
        func id(_ name: String) -> MetadataObjectID { definition(name, .incompatibility) }
        let one = Incompatibility(
            id: id("OneOf"),
            type: .global,
            entities: [
                IncompatibleEntity(entity: definition("Exclusive"), isSelfIncompatible: true),
                IncompatibleEntity(entity: definition("Partner")),
                IncompatibleEntity(entity: definition("GuardedSet", .jobSet)),
            ]
        )
        let ledger = Incompatibility(
            id: id("PerLedger"),
            type: .domain,
            entities: [
                IncompatibleEntity(entity: definition("Poster"), property: "ledger", isSelfIncompatible: true),
                IncompatibleEntity(entity: definition("Reader"), property: "ledger"),
            ]
        )
        let slotted = JobDefinition(
            id: definition("Slotted"),
            jobType: BuiltInJobType.swift.id,
            parameters: [
                Parameter(name: "SYS_EXT_maxConcurrent", type: .integer, value: "\(slots)"),
                Parameter(name: "SYS_className", value: "Sample"),
            ]
        )
        let plain = Set(jobs).subtracting(["Slotted"]).sorted().map { name in
            MetadataContent.jobDefinition(JobDefinition(id: definition(name), jobType: BuiltInJobType.swift.id))
        }
        let plainSets = sets.map { name in
            let step = JobSetStep(stepID: "a", job: definition("Job"))
            return MetadataContent.jobSet(
                JobSet(id: definition(name, .jobSet), executionMode: .parallel, steps: [step])
            )
        }
        return [.incompatibility(one), .incompatibility(ledger), .jobDefinition(slotted)] + plain + plainSets
    }()

    /// What somebody may delete although requests use it. Whoever starts while a limit is gone is not counted later.
    static let deletable: [MetadataObjectID] = contents.map(\.id).filter {
        $0.kind != .incompatibility && $0 != definition("Slotted")
    }

    static func tokens(_ definition: MetadataObjectID, _ parameters: [Parameter]) -> [Token] {
        let name = definition.name
        switch name {
        case "Exclusive": return [Token(key: "one", entity: name, isSelf: true)]
        case "Partner", "GuardedSet": return [Token(key: "one", entity: name, isSelf: false)]
        case "Poster", "Reader":
            guard let ledger = parameters.first(where: { $0.name == "ledger" })?.value else { return [] }
            return [Token(key: "ledger \(ledger)", entity: name, isSelf: name == "Poster")]
        default: return []
        }
    }
}

/// Who has and who awaits what among some requests, found out by looking at all of them.
struct LockView {
    struct Party {
        let request: JobRequest
        /// Its own, and as a set that has some, those of its steps.
        let tokens: [NaiveLocks.Token]
    }

    private let requests: [RequestID: JobRequest]
    private let content: MemoryContent
    private let work: NaiveWork
    private(set) var holders: [Party] = []
    private(set) var waiters: [Party] = []

    /// - Parameters:
    ///   - requests: as they are.
    ///   - content: knows their parameters and plans.
    ///   - work: says who of those that wait keeps others back.
    init(_ requests: [RequestID: JobRequest], _ content: MemoryContent, _ work: NaiveWork) {
        self.requests = requests
        self.content = content
        self.work = work
        for request in requests.values where !request.state.isTerminal {
            let holds = [.running, .paused, .completed, .cancelling, .errorManualRecovery].contains(request.state)
            let waits = request.state == .blocked || request.kinship.lockStanding == .queued
            guard holds || waits, !request.lineage.type.isRecurringParent else { continue }
            if holds { holders.append(party(request)) } else { waiters.append(party(request)) }
        }
    }

    /// Lets a request wait in line.
    mutating func wait(_ request: JobRequest) {
        guard !waiters.contains(where: { $0.request.id == request.id }) else { return }
        waiters.append(party(request))
    }

    func party(_ request: JobRequest) -> Party {
        let parameters = content.submissions[request.id]?.parameters ?? []
        var tokens = NaiveLocks.tokens(request.facts.definitionID, parameters)
        if !tokens.isEmpty, request.facts.executor == nil {
            let plan = content.plans[request.lineage.absParentID]?.jobSet(at: request.lineage.stepID)
            tokens += plan.map(Self.reserved) ?? []
        }
        return Party(request: request, tokens: tokens)
    }

    private static func reserved(_ plan: JobSetPlan) -> [NaiveLocks.Token] {
        plan.steps.flatMap { step in
            NaiveLocks.tokens(step.facts.definitionID, step.parameters) + (step.nested.map(reserved) ?? [])
        }
    }

    /// Whether one is above the other, or they are the same.
    func isRelated(_ left: JobRequest, _ right: JobRequest) -> Bool {
        ancestors(of: left).contains(right.id) || ancestors(of: right).contains(left.id)
    }

    private func ancestors(of request: JobRequest) -> Set<RequestID> {
        var found: Set<RequestID> = [request.id]
        var next = request.lineage.parentID
        while let id = next, found.insert(id).inserted { next = requests[id]?.lineage.parentID }
        return found
    }

    /// Who stands in the way of a request's tokens.
    ///
    /// - Parameters:
    ///   - request: that would start.
    ///   - countsIdle: whether those count that wait ahead of it and that nothing would start now.
    /// - Returns: in any order.
    func blockers(of request: JobRequest, countsIdle: Bool = false) -> [JobRequest] {
        let own = party(request)
        guard !own.tokens.isEmpty else { return [] }
        let family = ancestors(of: request)
        let above = Set(
            holders.filter { family.contains($0.request.id) && $0.request.id != request.id }.flatMap(\.tokens).map(
                \.key
            )
        )
        func conflicts(_ other: Party, _ tokens: [NaiveLocks.Token]) -> Bool {
            tokens.contains { token in other.tokens.contains { token.conflicts(with: $0) } }
        }
        let held = holders.filter { !family.contains($0.request.id) && conflicts($0, own.tokens) }
        let open = own.tokens.filter { !above.contains($0.key) }
        let ahead = waiters.filter {
            $0.request.id != request.id && Self.precedes($0.request, request) && conflicts($0, open)
                && (countsIdle || isAdmitted($0.request))
        }
        return (held + ahead).map(\.request)
    }

    /// Requests that hold a slot, but for those whose ancestor's slot is theirs.
    var slotHolders: [JobRequest] {
        let running = holders.map(\.request).filter { $0.facts.definitionID.name == "Slotted" }
        let ids = Set(running.map(\.id))
        return running.filter { ancestors(of: $0).intersection(ids) == [$0.id] }
    }

    func lacksSlot(_ request: JobRequest, countsIdle: Bool = false) -> Bool {
        guard request.facts.definitionID.name == "Slotted" else { return false }
        let holders = slotHolders
        guard ancestors(of: request).isDisjoint(with: holders.map(\.id)) else { return false }
        return holders.count + slotWaiters(before: request, countsIdle: countsIdle).count >= NaiveLocks.slots
    }

    private func slotWaiters(before request: JobRequest, countsIdle: Bool) -> [JobRequest] {
        waiters.map(\.request).filter {
            $0.facts.definitionID.name == "Slotted" && Self.precedes($0, request) && (countsIdle || isAdmitted($0))
        }
    }

    func hinders(_ request: JobRequest, countsIdle: Bool = false) -> Bool {
        !blockers(of: request, countsIdle: countsIdle).isEmpty || lacksSlot(request, countsIdle: countsIdle)
    }

    /// Whether it is kept back since its last test, by those alone that nothing would start now.
    func awaitsTest(_ request: JobRequest) -> Bool {
        guard request.state == .blocked || request.kinship.gate == .slot else { return false }
        return !hinders(request) && hinders(request, countsIdle: true)
    }

    private func isAdmitted(_ request: JobRequest) -> Bool { work.admits(request.facts, now: content.lastTime) }

    /// What it has or waits for: the keys of tokens, and that of the slots.
    func keys(of request: JobRequest) -> Set<String> {
        let isSlotted = request.facts.definitionID.name == "Slotted"
        return Set(party(request).tokens.map(\.key)).union(isSlotted ? ["slots"] : [])
    }

    /// Keys of those that neither have nor await anything later.
    func keysGivenUp(in later: LockView) -> Set<String> {
        let left = Set((later.holders + later.waiters).map(\.request.id))
        return (holders + waiters).map(\.request).filter { !left.contains($0.id) }
            .reduce(into: []) { $0.formUnion(keys(of: $1)) }
    }

    /// Whose end may help a request that waits in line.
    func awaited(by request: JobRequest) -> [RequestID] {
        let blockers = blockers(of: request)
        guard blockers.isEmpty, lacksSlot(request) else { return blockers.map(\.id) }
        return (slotHolders + slotWaiters(before: request, countsIdle: false)).map(\.id)
    }

    /// Waiting requests that no end of another one could ever help: all that they wait for waits for them.
    func stuck() -> [JobRequest] {
        let blocked = waiters.map(\.request).filter { $0.state == .blocked || $0.kinship.gate == .slot }
        guard !blocked.isEmpty else { return [] }
        let children = Dictionary(
            grouping: requests.values.filter { $0.lineage.parentID != nil && !$0.state.isTerminal }
        ) { $0.lineage.parentID ?? $0.id }
        let blockers = Dictionary(uniqueKeysWithValues: blocked.map { ($0.id, awaited(by: $0)) })
        var open = Set(
            requests.values.filter { children[$0.id] == nil && blockers[$0.id] == nil }.map(\.id)
        )
        var grows = true
        while grows {
            grows = false
            for request in requests.values where !open.contains(request.id) {
                let isOpen =
                    if let waitsFor = blockers[request.id] {
                        waitsFor.isEmpty || waitsFor.contains { open.contains($0) }
                    } else {
                        children[request.id, default: []].allSatisfy { open.contains($0.id) }
                    }
                guard isOpen else { continue }
                open.insert(request.id)
                grows = true
            }
        }
        return blocked.filter { !open.contains($0.id) }
    }

    static func precedes(_ left: JobRequest, _ right: JobRequest) -> Bool {
        if left.policy.priority != right.policy.priority { return left.policy.priority > right.policy.priority }
        if left.scheduledTime != right.scheduledTime { return left.scheduledTime < right.scheduledTime }
        return left.id < right.id
    }
}
