import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// The table of REST §4.1, cell by cell, each on a request that came into the state as requests do.
@Suite("Every state: C10, C36, C37, C40, C61, C62", .ownStores)
struct StateTests {
    /// States that cancel leads to; an ended request refuses it.
    private static let cancelled: [RequestState: RequestState] = [
        .wait: .cancelled, .ready: .cancelled, .running: .cancelling, .completed: .cancelling, .blocked: .cancelled,
        .hold: .cancelled, .cancelling: .cancelling, .paused: .cancelling, .pendingValidation: .cancelled,
        .scheduleEnded: .cancelling, .errorAutoRetry: .cancelled, .errorManualRecovery: .cancelled,
    ]
    private static let held: [RequestState: RequestState] = [.wait: .hold, .ready: .hold]
    private static let released: [RequestState: RequestState] = [.hold: .wait]

    /// Calls an action and expects the state that it leads to, or the refusal with nothing changed.
    private func check(
        _ action: String,
        of state: RequestState,
        leadsTo expected: RequestState?,
        else code: String
    ) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: state)
        let before = try await server.stored(id)
        let reply = try await server.call(.post, "requests/\(id)/\(action)")
        if let expected {
            reply.expect(200)
            #expect(try await server.stored(id).state == expected, "\(action)")
        } else {
            reply.expectError(400, code)
            #expect(reply.member("title") == "Unsupported state for operation")
            #expect(reply.member("detail")?.contains(state.rawValue) == true, "\(reply.text)")
            #expect(try await server.stored(id) == before, "\(action)")
        }
    }

    @Test("C37, C40 cancel, hold and release act in their states and in no other", arguments: RequestState.allCases)
    func actions(state: RequestState) async throws {
        try await check("cancel", of: state, leadsTo: Self.cancelled[state], else: "ESS-01010")
        try await check("hold", of: state, leadsTo: Self.held[state], else: "ESS-01011")
        try await check("release", of: state, leadsTo: Self.released[state], else: "ESS-01012")
    }

    @Test("C37 who is CANCELLED at once is by OPERATOR_CANCEL, and by RECOVER_CANCEL out of manual recovery")
    func cancelCause() async throws {
        for (state, expected) in Self.cancelled where expected == .cancelled {
            let server = try await TestServer()
            let id = try await server.request(in: state)
            try await server.call(.post, "requests/\(id)/cancel").expect(200)
            let read = try await server.call(.get, "requests/\(id)")
            let cause = state == .errorManualRecovery ? "RECOVER_CANCEL" : "OPERATOR_CANCEL"
            #expect(read.member("cause") == cause && read.member("previousState") == state.rawValue, "\(state)")
            #expect(read.member("completedTime") == server.time.now().description, "\(state)")
        }
    }

    @Test("C37 one that is paused for sub-requests is CANCELLED with them")
    func cancelOfPaused() async throws {
        let server = try await TestServer()
        let parent = try await server.request(in: .running)
        let handle = try await server.handle(parent)
        let context = #"{"requestId":\#(parent),"requestHandle":"\#(handle)"}"#
        let body = #"{"jobDefinitionId":"acme/Sync","requestExecutionContext":\#(context)}"#
        let child = try #require(try await server.call(.post, "requests", as: nil, body: body).member("id"))
        try await server.report("PAUSE", parent, handle: handle).expect(200)
        try await server.call(.post, "requests/\(parent)/cancel").expect(200)
        for id in [child, parent.description] {
            #expect(try await server.call(.get, "requests/\(id)").member("state") == "CANCELLED")
        }
    }

    @Test("C61, C62 every state but CANCELLING is ESS-01013 that names it", arguments: RequestState.allCases)
    func forceCancel(state: RequestState) async throws {
        guard state != .cancelling else { return }
        try await check("forceCancel", of: state, leadsTo: nil, else: "ESS-01013")
    }

    @Test("C10 in fusion, too", arguments: RequestState.allCases)
    func fusionLinks(state: RequestState) async throws {
        let server = try await TestServer(profile: .fusion)
        let id = try await server.request(in: state)
        let reply = try await server.call(.get, "requests/\(id)")
        #expect(reply.member("state") == state.rawValue && reply.relations.count == 11)
        let request = "https://sched.example.org:443\(TestServer.base)/requests/"
        #expect(reply.hrefs.allSatisfy { $0.hasPrefix(request) })
        #expect(Array(reply.hrefs.prefix(4)) == ["", "/cancel", "/hold", "/release"].map { "\(request)\(id)\($0)" })
    }

    @Test("C10 a request shows all links and what is possible in every state", arguments: RequestState.allCases)
    func shown(state: RequestState) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: state)
        let reply = try await server.call(.get, "requests/\(id)")
        #expect(reply.member("state") == state.rawValue && reply.member("stateDescription") == state.displayText)
        #expect(
            reply.relations.filter { !$0.hasSuffix("Parent") } == [
                "self", "absParentRequest", "cancel", "forceCancel", "hold", "release", "subscribe", "permissions",
                "executionStatus",
            ]
        )
        #expect(reply.member("isCancellable") == "\(!state.isTerminal)")
        #expect(reply.member("isHoldable") == "\(Self.held[state] != nil)")
        #expect(reply.member("isForceCancelAllowed") == "false")
        #expect(!reply.text.contains("null"))
    }

    @Test(
        "C36 a root is deleted in its terminal states, else ESS-01016 names its state",
        arguments: RequestState.allCases
    )
    func deletion(state: RequestState) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: state)
        let reply = try await server.call(.delete, "requests/\(id)")
        if state.isTerminal {
            reply.expect(204)
            try await server.call(.get, "requests/\(id)").expectError(404, "ESS-01001")
        } else {
            reply.expectError(400, "ESS-01016")
            #expect(reply.member("detail")?.contains(state.rawValue) == true)
        }
    }

    @Test("C34 parameters are changed in WAIT, HOLD and PENDING_VALIDATION only", arguments: RequestState.allCases)
    func parameters(state: RequestState) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: state)
        let body = #"{"requestParameters":[{"name":"a","paramType":"STRING","value":"1"}]}"#
        let reply = try await server.call(.patch, "requests/\(id)", body: body)
        if [.wait, .hold, .pendingValidation].contains(state) {
            reply.expect(200)
        } else {
            reply.expectError(400, "ESS-01018")
        }
    }
}
