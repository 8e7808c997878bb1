import HTTPTypes

/// Calls about schedules (administration §6.3).
extension ServerClient {
    /// What a schedule would do.
    ///
    /// - Parameters:
    ///   - schedule: stored or written.
    ///   - from: RFC 3339; nil = now.
    ///   - to: the same; nil = no bound.
    ///   - max: lines at most.
    /// - Returns: the answer as it came.
    /// - Throws: `ClientFailure`.
    func preview(_ schedule: ScheduleChoice, from: String?, to: String?, max: Int) async throws -> ReplyValue {
        var body: [String: ReplyValue] = ["max": .whole(Int64(max))]
        body[schedule.member.name] = schedule.member.value
        body["from"] = from.map { .text($0) }
        body["to"] = to.map { .text($0) }
        return try await json(.post, "/api/v1/schedules/preview", body: try ReplyValue.object(body).json())
    }

    /// What will start.
    ///
    /// - Parameters:
    ///   - from: RFC 3339; nil = now.
    ///   - to: the same; nil = a day later.
    ///   - filter: nil = everything.
    /// - Returns: the answer as it came.
    /// - Throws: `ClientFailure`.
    func forecast(from: String?, to: String?, filter: String?) async throws -> ReplyValue {
        let query = [("from", from), ("to", to), ("q", filter)].compactMap { name, value in value.map { (name, $0) } }
        return try await json(.get, "/api/v1/forecast", query: query)
    }
}
