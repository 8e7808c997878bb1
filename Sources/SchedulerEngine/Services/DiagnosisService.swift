package import SchedulerCore

/// Tells callers why requests wait (administration §6.1).
package struct DiagnosisService: Sendable {
    private let store:
        any RequestStore & ClusterStore & DiagnosisStore & ForecastStore
            & WorkloadStore
    private let access: RequestAccess
    private let catalogue: CatalogueHolder
    private let recurrence: RecurrenceSettings

    package init(
        store: any RequestStore & ClusterStore & DiagnosisStore & ForecastStore & WorkloadStore,
        access: RequestAccess,
        catalogue: CatalogueHolder,
        recurrence: RecurrenceSettings = RecurrenceSettings()
    ) {
        self.store = store
        self.access = access
        self.catalogue = catalogue
        self.recurrence = recurrence
    }

    /// All reasons that hold; of a request that has ended there are none.
    ///
    /// - Parameters:
    ///   - id: of the request.
    ///   - caller: who asks; needs READ.
    /// - Returns: the diagnosis of this moment.
    /// - Throws: ESS-01001, ESS-02003; `StoreFault`.
    package func diagnosis(of id: RequestID, caller: Caller) async throws -> Diagnosis {
        _ = try await access.request(id, for: .read, caller: caller)
        guard var facts = try await store.diagnosisFacts(of: id) else { throw SchedulerError(1001, id.description) }
        if facts.request.state == .hold { facts.heldBy = try await holder(of: facts.request) }
        if facts.request.owner != nil {
            let definition = facts.request.facts.definitionID
            facts.usual = try await store.usualDurations(of: [definition])[definition]
        }
        let model = WorkModel(catalogue.current, settings: recurrence)
        let threadsInUse = model.isTrivial ? [:] : try await store.threadsInUse()
        let nodes = try await store.nodes().map { DiagnosisNode($0, threadsInUse: threadsInUse) }
        let slots = AssignmentFact.slots(for: facts.request, nodes: nodes, model: model, now: facts.now)
        let assignments = AssignmentFact.all(
            for: facts.request,
            nodes: nodes,
            model: model,
            slotsInUse: slots.isEmpty ? [:] : try await store.slotsInUse(slots.sorted { $0.label < $1.label }),
            now: facts.now
        )
        return Diagnosis(facts, nodes: nodes, assignments: assignments)
    }

    /// An instance is held with its schedule, too.
    private func holder(of request: JobRequest) async throws -> String? {
        for id in [request.id, request.lineage.parentID].compactMap(\.self) {
            let trail = try await store.auditTrail(targetKind: "Request", targetID: id.description)
            if let record = trail.last(where: { $0.entry.action == "hold" && $0.outcome == .ok }) {
                return record.entry.principal
            }
        }
        return nil
    }
}
