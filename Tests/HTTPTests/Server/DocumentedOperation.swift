import HTTPTypes
import SchedulerAPI
import SchedulerCore

/// The nineteen operations of REST §1, how each succeeds, and how it comes to each status that it may answer.
struct DocumentedOperation: Sendable, CustomStringConvertible {
    /// What is different about a call that is refused.
    enum Change: Hashable, Sendable {
        case path(String)
        case body(String?)
        case state(RequestState)
        /// Nil is nobody.
        case user(String?)
        case method(HTTPRequest.Method)
        case accept(String)
        case contentType(String)
        /// So many bytes more than the server takes.
        case largeBody
        /// The `Idempotency-Key` of another call.
        case usedKey
        /// The handle of a request whose cancel was forced.
        case deadHandle
        /// What it is submitted beside.
        case pending(String)
        /// Reads and commits of the store fail.
        case failing(isDown: Bool)
    }

    struct Refusal: Hashable, Sendable, CustomStringConvertible {
        let status: Int
        let code: String
        let change: Change

        init(_ status: Int, _ code: String, _ change: Change) {
            self.status = status
            self.code = code
            self.change = change
        }

        var description: String { "\(status) \(code)" }
    }

    let number: Int
    let method: HTTPRequest.Method
    /// Below the base; `ID` stands for the request.
    let path: String
    let success: Int
    /// Of the request that it is about; nil where it is about none.
    let state: RequestState?
    /// `HANDLE` stands for the handle of the newest invocation.
    let body: String?
    let user: String
    let refusals: [Refusal]

    var description: String { "\(number) \(method) \(path)" }

    private init(
        _ number: Int,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ success: Int,
        in state: RequestState? = nil,
        body: String? = nil,
        as user: String = "anna",
        _ refusals: [Refusal]
    ) {
        self.number = number
        self.method = method
        self.path = path
        self.success = success
        self.state = state
        self.body = body
        self.user = user
        self.refusals =
            refusals + Self.everywhere + (body == nil ? [] : Self.ofBodies) + (method == .get ? [] : Self.ofKeys)
    }

    // MARK: - What many refuse

    /// Whatever is called.
    private static let everywhere = [
        Refusal(401, "ESS-02001", .user(nil)), Refusal(405, "ESS-05021", .method(.put)),
        Refusal(406, "ESS-05022", .accept("text/plain")),
    ]

    private static let ofBodies = [
        Refusal(415, "ESS-05024", .contentType("text/xml")), Refusal(413, "ESS-05023", .largeBody),
        Refusal(400, "ESS-05001", .body("{")), Refusal(400, "ESS-05002", .body("[]")),
    ]

    private static let ofKeys = [Refusal(409, "ESS-01053", .usedKey)]

    private static let ofStore = [
        Refusal(500, "ESS-06002", .failing(isDown: false)), Refusal(503, "ESS-06001", .failing(isDown: true)),
    ]

    private static let ofLists =
        ofStore + [
            Refusal(400, "ESS-05010", .path("requests?q=state")),
            Refusal(400, "ESS-05014", .path("requests?orderBy=x")),
        ]

    /// What names a request; `tail` is what comes behind its number.
    private static func onRequest(_ tail: String = "") -> [Refusal] {
        ofStore + [
            Refusal(400, "ESS-05009", .path("requests/x\(tail)")),
            Refusal(404, "ESS-01001", .path("requests/999\(tail)")),
            Refusal(403, "ESS-02003", .user("nina")),
        ]
    }

    /// What changes a request, so that reading it is not enough, and what its state does not allow.
    private static func onState(_ code: String, of state: RequestState, _ tail: String = "") -> [Refusal] {
        onRequest(tail) + [Refusal(403, "ESS-02004", .user("olga")), Refusal(400, code, .state(state))]
    }

    // MARK: - The table

    private static let parameters = #"{"requestParameters":[{"name":"a","paramType":"STRING","value":"1"}]}"#
    private static let callback = #"{"callbackUrlPrefix":"https://a.example.org","callbackResourcePath":"x"}"#
    private static let report = #"{"status":"SUCCESS","requestHandle":"HANDLE"}"#
    private static let context = #"{"requestExecutionContext":"ID,HANDLE"}"#

    static let all = [
        DocumentedOperation(1, .get, "", 200, []),
        DocumentedOperation(2, .get, "requests", 200, ofLists + [Refusal(400, "ESS-05005", .path("requests?limit=0"))]),
        DocumentedOperation(
            3,
            .get,
            "requests/search/1",
            200,
            ofStore + [Refusal(400, "ESS-05005", .path("requests/search/0"))]
        ),
        DocumentedOperation(
            4,
            .get,
            "query/Escapement/requests",
            200,
            ofStore + [
                Refusal(400, "ESS-05011", .path("query/Escapement/requests?q=application+pr")),
                Refusal(404, "ESS-03005", .path("query/Nobody/requests")),
            ]
        ),
        DocumentedOperation(
            5,
            .post,
            "requests",
            201,
            body: TestCatalogue.submission("Sync"),
            ofStore + [
                Refusal(400, "ESS-05003", .body("{}")), Refusal(403, "ESS-02002", .user("nina")),
                Refusal(404, "ESS-03001", .body(TestCatalogue.submission("Missing"))),
                Refusal(404, "ESS-03004", .body(TestCatalogue.submission("Sync", #","scheduleId":"acme/No""#))),
                Refusal(409, "ESS-01050", .pending("Once")),
            ]
        ),
        DocumentedOperation(
            6,
            .post,
            "requests/submitArgs",
            201,
            body: #"{"arguments":["a"]}"#,
            [Refusal(400, "ESS-05002", .body(#"{"arguments":"a"}"#))]
        ),
        DocumentedOperation(7, .get, "requests/ID", 200, in: .wait, onRequest()),
        DocumentedOperation(
            8,
            .patch,
            "requests/ID",
            200,
            in: .wait,
            body: parameters,
            onState("ESS-01018", of: .running) + [
                Refusal(400, "ESS-05007", .body("{}")),
                Refusal(404, "ESS-03004", .body(#"{"scheduleId":"acme/No"}"#)),
            ]
        ),
        DocumentedOperation(9, .delete, "requests/ID", 204, in: .succeeded, onState("ESS-01016", of: .wait)),
        DocumentedOperation(
            10,
            .post,
            "requests/ID/cancel",
            200,
            in: .wait,
            onState("ESS-01010", of: .succeeded, "/cancel")
        ),
        DocumentedOperation(
            11,
            .post,
            "requests/ID/forceCancel",
            200,
            in: .cancelling,
            onState("ESS-01013", of: .wait, "/forceCancel")
        ),
        DocumentedOperation(
            12,
            .post,
            "requests/ID/hold",
            200,
            in: .wait,
            onState("ESS-01011", of: .running, "/hold")
        ),
        DocumentedOperation(
            13,
            .post,
            "requests/ID/release",
            200,
            in: .hold,
            onState("ESS-01012", of: .wait, "/release")
        ),
        DocumentedOperation(
            14,
            .post,
            "requests/ID/subscribe",
            200,
            in: .wait,
            body: callback,
            onState("ESS-01020", of: .succeeded, "/subscribe") + [Refusal(400, "ESS-05003", .body("{}"))]
        ),
        // The test subscribes before.
        DocumentedOperation(
            15,
            .delete,
            "requests/ID/subscribe",
            204,
            in: .wait,
            onRequest("/subscribe") + [
                Refusal(403, "ESS-02004", .user("olga")), Refusal(404, "ESS-01021", .state(.hold)),
            ]
        ),
        DocumentedOperation(16, .get, "requests/ID/permissions", 200, in: .wait, onRequest("/permissions")),
        DocumentedOperation(
            17,
            .post,
            "requests/ID/executionStatus",
            200,
            in: .running,
            body: report,
            onRequest("/executionStatus") + [
                Refusal(400, "ESS-05004", .body(#"{"status":"DONE","requestHandle":"HANDLE"}"#)),
                Refusal(403, "ESS-02005", .body(#"{"status":"SUCCESS"}"#)), Refusal(403, "ESS-02004", .user("olga")),
                Refusal(409, "ESS-01052", .deadHandle),
            ]
        ),
        DocumentedOperation(
            18,
            .post,
            "requests/ID/checkInCancelling",
            200,
            in: .running,
            body: context,
            onRequest("/checkInCancelling") + [
                Refusal(400, "ESS-05017", .body(#"{"requestExecutionContext":"HANDLE"}"#)),
                Refusal(403, "ESS-02005", .body(#"{"requestExecutionContext":"ID,guess"}"#)),
                Refusal(403, "ESS-02004", .user("olga")), Refusal(409, "ESS-01052", .deadHandle),
            ]
        ),
        DocumentedOperation(
            19,
            .get,
            "server/quiesceState?clusterName=escapement",
            200,
            as: "adam",
            ofStore + [
                Refusal(400, "ESS-05003", .path("server/quiesceState")), Refusal(403, "ESS-02006", .user("anna")),
                Refusal(404, "ESS-03006", .path("server/quiesceState?clusterName=x")),
                Refusal(404, "ESS-03007", .path("server/quiesceState?clusterName=escapement&serverName=x")),
            ]
        ),
    ]
}
