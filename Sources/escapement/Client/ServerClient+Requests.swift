import HTTPTypes
import SchedulerCore

/// Calls about requests: Oracle's base path for them, `/api/v1` for their logs.
extension ServerClient {
    private static let base = "/ess/rest/scheduler/v1"
    private static let requests = "\(base)/requests"

    /// Submits a request; its id and the answer.
    func submit(_ submission: Submission) async throws -> (id: Int64, reply: ReplyValue) {
        let reply = try await json(.post, Self.requests, body: try submission.body.json())
        guard let id = reply["id"]?.whole ?? reply["requestId"]?.whole else {
            throw ClientFailure(exit: .other, message: "the answer to the submission holds no request id")
        }
        return (id, reply)
    }

    /// The details of one request; all of them when no fields are named.
    func details(_ id: Int64, fields: [String] = []) async throws -> ReplyValue {
        let query = fields.isEmpty ? [] : [("fields", fields.joined(separator: ","))]
        return try await json(.get, "\(Self.requests)/\(id)", query: query)
    }

    /// A page of the requests that match the filter.
    ///
    /// - Parameters:
    ///   - filter: nil for all.
    ///   - application: only its requests; nil for those of all.
    ///   - page: its number, from 1.
    ///   - fields: what is wanted of each; everything when none are named.
    /// - Returns: the answer.
    /// - Throws: `ClientFailure`.
    func list(
        filter: String?,
        application: String? = nil,
        page: Int = 1,
        fields: [String] = []
    ) async throws -> ReplyValue {
        var query = filter.map { [("q", $0)] } ?? []
        if !fields.isEmpty { query.append(("fields", fields.joined(separator: ","))) }
        guard let application else {
            let path = page == 1 ? Self.requests : "\(Self.requests)/search/\(page)"
            return try await json(.get, path, query: query)
        }
        if page != 1 { query.append(("pageIndex", String(page))) }
        let path = "\(Self.base)/query/\(PercentEncoding.encoded(application))/requests"
        return try await json(.get, path, query: query)
    }

    /// What the caller may do with the request.
    func permissions(_ id: Int64) async throws -> ReplyValue {
        try await json(.get, "\(Self.requests)/\(id)/permissions")
    }

    func perform(_ action: RequestAction, on id: Int64) async throws {
        _ = try await call(.post, "\(Self.requests)/\(id)/\(action.rawValue)")
    }

    /// Tells the server what an operator has decided (administration §6.1).
    ///
    /// - Parameters:
    ///   - name: last part of the path.
    ///   - body: what goes with it.
    ///   - id: of the request.
    /// - Throws: `ClientFailure`.
    func decide(_ name: String, _ body: [String: ReplyValue], on id: Int64) async throws {
        _ = try await call(.post, "/api/v1/requests/\(id)/\(name)", body: try ReplyValue.object(body).json())
    }

    /// Why the request does not go on.
    func diagnosis(_ id: Int64) async throws -> ReplyValue {
        try await json(.get, "/api/v1/requests/\(id)/diagnosis")
    }

    func delete(_ id: Int64) async throws {
        _ = try await call(.delete, "\(Self.requests)/\(id)")
    }

    /// The last lines of the log of an attempt; of the newest when none is named.
    func logTail(_ id: Int64, lines: Int, attempt: Int64? = nil) async throws -> [UInt8] {
        let query = [("tail", String(lines))] + (attempt.map { [("attempt", String($0))] } ?? [])
        return try await call(.get, logPath(id), query: query).body
    }

    /// A stretch of the log of an attempt, from an offset on or, with `last`, at its end; nil when
    /// there is nothing (yet).
    func logPiece(_ id: Int64, attempt: Int64, range: LogRange) async throws -> LogPiece? {
        let reply = try await call(
            .get,
            logPath(id),
            query: [("attempt", String(attempt))],
            fields: [HTTPField(name: .range, value: range.fieldValue)],
            accepted: [404, 416]
        )
        switch reply.status {
        // No log yet, or nothing beyond the offset.
        case 404, 416: return nil
        case 206:
            let start = reply.fields[.contentRange].flatMap(LogRange.start(ofContentRange:))
            guard let start else {
                throw ClientFailure(exit: .other, message: "the server sent a part of the log without its place")
            }
            return LogPiece(start: start, bytes: reply.body)
        // The whole log: a server may ignore the range.
        default: return range.cut(reply.body)
        }
    }

    private func logPath(_ id: Int64) -> String { "/api/v1/requests/\(id)/log" }
}
