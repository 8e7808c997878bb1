import HTTPTypes
import SchedulerCore

/// Calls about work assignments (administration §4).
extension ServerClient {
    /// The binding as it is afterwards.
    func bind(_ bound: BoundAssignment, scope: String, isEnabled: Bool) async throws -> ReplyValue {
        let body: ReplyValue = .object(["scope": .text(scope), "enabled": .flag(isEnabled)])
        return try await json(.put, Self.path(of: bound), body: body.json())
    }

    func unbind(_ bound: BoundAssignment) async throws { _ = try await call(.delete, Self.path(of: bound)) }

    /// Which nodes would take a request.
    func testWorkload(_ body: ReplyValue) async throws -> ReplyValue {
        try await json(.post, "/api/v1/workload/test", body: body.json())
    }

    private static func path(of bound: BoundAssignment) -> String {
        "/api/v1/workload/bindings/\(PercentEncoding.encoded(bound.node))/\(bound.path)"
    }
}
