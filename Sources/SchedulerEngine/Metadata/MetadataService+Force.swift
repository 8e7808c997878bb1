import SchedulerCore

/// What a deletion by force does to the requests that use the object (administration §1.4, runtime §2.1).
extension MetadataService {
    /// Requests that are told at once.
    private static let toldMax = 200

    /// Sends those that have not started into PENDING_VALIDATION: there they end when they are due, unless the object
    /// exists by then. A crash on the way thus leaves nothing that would have to be repaired.
    func unvalidateRequests(using id: MetadataObjectID, _ entry: AuditEntry) async throws {
        guard id.kind == .jobDefinition || id.kind == .jobSet else { return }
        let states: [RequestState] = [.wait, .ready, .blocked, .hold]
        var last: Int64 = 0
        while true {
            var query = RequestQuery(
                filter: .and([
                    .comparison(.jobDefinitionID, .equal, .text(id.description)),
                    .comparison(.requestID, .greater, .integer(last)),
                    .or(states.map { .comparison(.state, .equal, .text($0.rawValue)) }),
                ]),
                limit: Self.toldMax
            )
            query.order = RequestSortOrder(.requestID)
            let found = try await requests.requests(query)
            guard let newest = found.last else { return }
            last = newest.request.id.value
            let audit = entry.with(action: RequestEventKind.definitionDeleted.rawValue)
            let commands = found.filter { !$0.request.lineage.type.isRecurringParent }
                .map { RequestCommand($0.request.id, .definitionDeleted, audit: audit) }
            if !commands.isEmpty { _ = try await gateway.perform(commands) }
        }
    }
}
