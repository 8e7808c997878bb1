import HTTPTypes
import SchedulerAPI
import SchedulerCore
import Testing

/// An operation that changes a request, in the form in which it succeeds.
struct ChangingOperation: Sendable, CustomStringConvertible {
    /// What the call is about.
    enum Target: Sendable {
        case state(RequestState)
        /// One that waits and has a subscription.
        case subscribed
        /// The parent of a schedule that goes on.
        case recurring
    }

    let method: HTTPRequest.Method
    /// Below the base, or from the root on; `ID` stands for the request.
    let path: String
    let success: Int
    let target: Target
    /// `ID` stands for the request, `HANDLE` for the handle of its invocation.
    let body: String?
    /// Whether the trail tells of it.
    let isAudited: Bool

    var description: String { "\(method) \(path)" }

    private init(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ success: Int = 200,
        of target: Target,
        body: String? = nil,
        isAudited: Bool = true
    ) {
        self.method = method
        self.path = path
        self.success = success
        self.target = target
        self.body = body
        self.isAudited = isAudited
    }

    private static let callback = #"{"callbackUrlPrefix":"https://hooks.example.org/","callbackResourcePath":"x"}"#
    private static let daily = #""schedule":{"recurrences":[{"icalString":"FREQ=DAILY"}]}"#
    private static let own = "/api/v1/requests/ID"

    /// What people do (REST §5.5 to §5.8, §6, administration §6.1).
    static let ofPeople = [
        ChangingOperation(.post, "requests/ID/cancel", of: .state(.wait)),
        ChangingOperation(.post, "requests/ID/cancel", of: .state(.running)),
        ChangingOperation(.post, "requests/ID/forceCancel", of: .state(.cancelling)),
        ChangingOperation(.post, "requests/ID/hold", of: .state(.wait)),
        ChangingOperation(.post, "requests/ID/release", of: .state(.hold)),
        ChangingOperation(.delete, "requests/ID", 204, of: .state(.succeeded)),
        ChangingOperation(.patch, "requests/ID", of: .state(.wait), body: #"{"endTime":"2099-12-31T23:59Z"}"#),
        ChangingOperation(.post, "requests/ID/subscribe", of: .state(.wait), body: callback),
        ChangingOperation(.delete, "requests/ID/subscribe", 204, of: .subscribed),
        ChangingOperation(.post, own + "/priority", of: .state(.wait), body: #"{"priority":9}"#),
        ChangingOperation(.post, own + "/recover", of: .state(.errorManualRecovery), body: #"{"outcome":"ERROR"}"#),
        ChangingOperation(
            .post,
            own + "/complete",
            of: .state(.running),
            body: #"{"status":"SUCCESS","attestation":true}"#
        ),
        ChangingOperation(.post, own + "/schedule/skip", of: .recurring),
        ChangingOperation(.post, own + "/schedule/runNow", of: .recurring),
        ChangingOperation(.post, own + "/schedule/end", of: .recurring),
        ChangingOperation(.put, own + "/schedule", of: .recurring, body: "{\(daily)}"),
    ]

    /// What jobs say through their handles (REST §5.9, §5.10).
    static let ofJobs = [
        ChangingOperation(
            .post,
            "requests/ID/executionStatus",
            of: .state(.running),
            body: #"{"status":"SUCCESS","requestHandle":"HANDLE"}"#,
            isAudited: false
        ),
        ChangingOperation(
            .post,
            "requests/ID/checkInCancelling",
            of: .state(.cancelling),
            body: #"{"requestExecutionContext":"ID,HANDLE"}"#,
            isAudited: false
        ),
    ]

    /// A sub-request changes its parent, too (REST §5.3).
    static let subRequest = ChangingOperation(
        .post,
        "requests",
        201,
        of: .state(.running),
        body: TestCatalogue.submission(
            "Async",
            #","requestExecutionContext":{"requestId":ID,"requestHandle":"HANDLE"}"#
        ),
        isAudited: false
    )

    /// Makes what it is about.
    ///
    /// - Returns: the call, to be made as often as it is wanted, always under the same key.
    func prepared(on server: TestServer) async throws -> @Sendable () async throws -> Reply {
        server.set(forceCancelAfter: .zero)
        let id: RequestID
        switch target {
        case .state(let state): id = try await server.request(in: state)
        case .subscribed:
            id = try await server.request(in: .wait)
            try await server.call(.post, "requests/\(id)/subscribe", body: Self.callback).expect(200)
        case .recurring: id = try await server.submit("Async", ",\(Self.daily)")
        }
        let path = path.replacing("ID", with: id.description)
        let handle = body?.contains("HANDLE") == true ? try await server.handle(id) : ""
        let body = body?.replacing("\"ID,", with: "\"\(id),").replacing(":ID,", with: ":\(id),")
            .replacing("HANDLE", with: handle)
        let fields: HTTPFields = [try present(HTTPField.Name("Idempotency-Key")): "once"]
        return { [method] in try await server.call(method, path, body: body, fields) }
    }
}
