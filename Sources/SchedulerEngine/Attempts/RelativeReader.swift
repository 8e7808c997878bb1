import SchedulerCore

/// Reads what an invocation is to know of other requests. Most want nothing, and cost nothing.
struct RelativeReader: Sendable {
    /// Most sub-requests, the newest first, among which those of a round are looked for.
    private static let subRequestsRead = 10_000

    let store: any RequestStore

    /// What a job that paused for sub-requests is to learn of them.
    func endedRound(of request: JobRequest) async throws -> [SubRequestEnd] {
        let round = request.kinship.round
        guard request.pausedCount > 0, round > 0 else { return [] }
        var query = RequestQuery(limit: Self.subRequestsRead)
        query.filter = .and([
            .comparison(.parentRequestID, .equal, .integer(request.id.value)),
            .comparison(.requestType, .equal, .text(RequestType.subRequest.rawValue)),
        ])
        query.order = SortOrder(.requestID, .descending)
        // What an earlier attempt has submitted was of no round, and has ended with it.
        let found = try await store.requests(query).map(\.request).filter {
            $0.kinship.round == round && $0.lineage.parentAttempt == request.attempt
        }
        return found.reversed().map { SubRequestEnd(id: $0.id, state: $0.state) }
    }

    /// The last instance of the recurring request at the root that went well, for a request that asks by a token.
    func lastSuccess(for request: JobRequest, _ parameters: [Parameter]) async throws -> LastSuccess? {
        guard parameters.contains(where: { $0.value.map(Self.asks) ?? false }) else { return nil }
        func isAny(of states: [RequestState]) -> RequestFilter {
            .or(states.map { .comparison(.state, .equal, .text($0.rawValue)) })
        }
        func isAny(of types: [RequestType]) -> RequestFilter {
            .or(types.map { .comparison(.requestType, .equal, .text($0.rawValue)) })
        }
        var query = RequestQuery(limit: 1)
        query.filter = .and([
            .comparison(.parentRequestID, .equal, .integer(request.lineage.absParentID.value)),
            isAny(of: [.recurChild, .jobSetRecurChild]), isAny(of: [.succeeded, .warning]),
        ])
        query.order = SortOrder(.scheduledTime, .descending)
        return try await store.requests(query).first.map { LastSuccess($0.request) }
    }

    /// Every job's parameters pass here, and hardly one has a token: the search for the text is dear.
    private static func asks(_ value: String) -> Bool {
        value.utf8.contains(UInt8(ascii: "$")) && value.contains("${ESS_REQ:lastSuccess.")
    }
}
