import PostgresClient
import SchedulerCore
import StoreSupport

extension PostgresStore {
    /// Gives rows that are older than groups theirs, in portions, so that passes leave them out like all others.
    ///
    /// A row that another node has locked is left to the next start: until then it is looked at by itself.
    func fillGroups() async throws {
        var last: RequestID?
        while true {
            let found = try await readers.read { [last] session in
                try session.query(PollQueries.withoutGroup) { parameters in
                    parameters.append(last?.value ?? .min)
                    parameters.append(PostgresStoreLimits.groupsFilled)
                }
                .stored(session.codec.read)
            }
            guard !found.isEmpty else { return }
            var needs = WriteNeeds()
            needs.labels = Array(Set(found.map(\.workGroup.label)))
            try await transact(needs, weight: found.count) { try $0.fillGroups(of: found) }
            guard found.count == PostgresStoreLimits.groupsFilled else { return }
            last = found.last?.id
        }
    }
}

extension PostgresTransaction {
    fileprivate func fillGroups(of requests: [JobRequest]) throws {
        let session = work.session
        let keys = try requests.map { try session.labels.key(of: $0.workGroup.label) }
        var parameters = PostgresParameters()
        parameters.append(array: requests.map(\.id.value))
        parameters.append(array: keys)
        _ = try session.connection.query(PollQueries.fillGroups, parameters)
        work.noteWrite()
    }
}
