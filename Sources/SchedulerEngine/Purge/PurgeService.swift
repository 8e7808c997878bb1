package import SchedulerCore

/// Begins runs of a purge that somebody asks for, and tells of all runs (administration §6.5).
package struct PurgeService: Sendable {
    /// What audit records call it.
    package static let action = "purge"
    /// A run that is open for so long, or rows that stay for so much longer than they should, are overdue (§6.4).
    package static let overdueAfter: Duration = .seconds(86_400)

    /// What somebody asks for.
    package enum Wish: Hashable, Sendable {
        /// A policy by its id, and whether only to count.
        case policy(String, isDryRun: Bool)
        case order(PurgeOrder)
    }

    private let store: any PurgeStore & RequestStore
    private let access: RequestAccess
    private let catalogue: CatalogueHolder
    private let denials: DenialRecorder
    private let settings: @Sendable () -> PurgeSettings
    private let wake: WakeSignal

    package init(
        store: any PurgeStore & RequestStore,
        access: RequestAccess,
        catalogue: CatalogueHolder,
        denials: DenialRecorder,
        settings: @escaping @Sendable () -> PurgeSettings,
        wake: WakeSignal
    ) {
        self.store = store
        self.access = access
        self.catalogue = catalogue
        self.denials = denials
        self.settings = settings
        self.wake = wake
    }

    /// Begins a run; the leader does the work.
    ///
    /// - Parameters:
    ///   - wish: what it is to take. A disabled policy runs, too.
    ///   - caller: needs ESCAPEMENT_PURGE.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the run as it begins.
    /// - Throws: ESS-31002; then ESS-03002, 03003 or 30001 for a policy; `StoreFault`.
    package func begin(_ wish: Wish, caller: Caller, call: IdempotentCall? = nil) async throws -> PurgeRun {
        do throws(SchedulerError) {
            try access.decision(for: caller).require(.purge)
        } catch {
            let (kind, id) = Self.target(of: wish)
            await denials.record(error, entry: caller.audit(Self.action), targetKind: kind, targetID: id)
            throw error
        }
        let order = try order(of: wish)
        let entry = caller.audit(Self.action)
        guard let run = try await store.beginPurge(order, due: nil, audit: entry, call: call) else {
            throw StoreFault("a run that needs no instant was not begun")
        }
        wake.signal()
        return run
    }

    /// Runs, newest first.
    ///
    /// - Throws: ESS-31002; `StoreFault`.
    package func runs(limit: Int, caller: Caller) async throws -> [PurgeRun] {
        try access.decision(for: caller).require(.purge)
        return try await store.purgeRuns(limit: limit)
    }

    /// Whether a run lasts too long, or rows wait too long for their removal: a warning of `/health`.
    package func isOverdue() async throws -> Bool {
        let now = try await store.now()
        if let run = try await store.openPurge(), run.startedTime + Self.overdueAfter < now { return true }
        guard let deletion = try await store.earliestDeletion() else { return false }
        return deletion + settings().physicalAfter + Self.overdueAfter < now
    }

    private func order(of wish: Wish) throws(SchedulerError) -> PurgeOrder {
        switch wish {
        case .order(let order): return order
        case .policy(let text, let isDryRun):
            let candidates = try MetadataObjectID.candidates(parsing: text, kinds: [.purgePolicy])
            let policies = catalogue.current.purgePolicies
            guard let policy = policies.first(where: { candidates.contains($0.id) }) else {
                throw SchedulerError(30001, candidates.first?.description ?? text)
            }
            return PurgeOrder(policy, isDryRun: isDryRun)
        }
    }

    private static func target(of wish: Wish) -> (kind: String, id: String) {
        switch wish {
        case .policy(let text, _):
            (MetadataKind.purgePolicy.rawValue, String(text.prefix(NodeService.quotedCharacters)))
        case .order: (PurgeLimits.auditKind, "*")
        }
    }
}
