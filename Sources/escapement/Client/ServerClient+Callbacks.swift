import HTTPTypes

/// Calls about who is told of requests (REST §5.8, administration §6.1).
extension ServerClient {
    private static func subscription(_ id: Int64) -> String { "/ess/rest/scheduler/v1/requests/\(id)/subscribe" }
    private static func deliveries(_ id: Int64) -> String { "/api/v1/requests/\(id)/deliveries" }

    func subscribe(_ body: [String: ReplyValue], to id: Int64) async throws {
        _ = try await call(.post, Self.subscription(id), body: try ReplyValue.object(body).json())
    }

    func unsubscribe(_ id: Int64) async throws {
        _ = try await call(.delete, Self.subscription(id))
    }

    /// Oldest first.
    func deliveries(_ id: Int64) async throws -> ReplyValue {
        try await json(.get, Self.deliveries(id))
    }

    /// The delivery as it stands then.
    func redeliver(_ number: Int64, of id: Int64) async throws -> ReplyValue {
        try await json(.post, "\(Self.deliveries(id))/\(number)/redeliver")
    }
}
