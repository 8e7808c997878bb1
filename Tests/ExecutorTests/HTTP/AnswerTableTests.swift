import Executors
import SchedulerCore
import Testing

@Suite("The answer of a remote job", .timeLimit(.minutes(1)))
struct AnswerTableTests {
    /// The outcome without its text.
    enum Kind: String, Sendable {
        case success, warning, system, unknown, business, cancelled, paused, waiting, endedByServer
        case reportSuccess, reportWarning, reportError, reportBusiness, reportCancel, reportPause, reportSuspend
        case reportUpdate, other

        init(_ result: InvocationResult) {
            switch result {
            case .ended(.success): self = .success
            case .ended(.warning): self = .warning
            case .ended(.systemError(.processSystemError, _, _, _)): self = .system
            case .ended(.systemError(.processUnknownStatus, _, _, _)): self = .unknown
            case .ended(.businessError): self = .business
            case .ended(.cancelled): self = .cancelled
            case .ended(.paused): self = .paused
            case .waiting: self = .waiting
            case .endedByServer: self = .endedByServer
            case .reported(.success, _): self = .reportSuccess
            case .reported(.warning, _): self = .reportWarning
            case .reported(.error, _): self = .reportError
            case .reported(.businessError, _): self = .reportBusiness
            case .reported(.cancel, _): self = .reportCancel
            case .reported(.pause, _): self = .reportPause
            case .reported(.suspend, _): self = .reportSuspend
            case .reported(.update, _): self = .reportUpdate
            default: self = .other
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let status: Int
        var body = ""
        let sync: Kind
        let async: Kind
        let oneway: Kind

        var testDescription: String { "\(status) \(body)" }
    }

    private static func report(_ status: String, _ sync: Kind, _ async: Kind) -> Row {
        let body = #"{"executionStatus":"\#(status)","statusMessage":"said"}"#
        return Row(status: 200, body: body, sync: sync, async: async, oneway: .success)
    }

    static let rows: [Row] =
        [
            Row(status: 200, sync: .success, async: .waiting, oneway: .success),
            Row(status: 204, sync: .success, async: .waiting, oneway: .success),
            Row(status: 202, body: "accepted", sync: .success, async: .waiting, oneway: .success),
            Row(status: 200, body: "{broken", sync: .success, async: .waiting, oneway: .success),
            Row(status: 200, body: #"{"executionStatus":null}"#, sync: .success, async: .waiting, oneway: .success),
            Row(status: 200, body: #"{"executionStatus":7}"#, sync: .unknown, async: .unknown, oneway: .success),
            report("SUCCESS", .success, .reportSuccess), report("WARNING", .warning, .reportWarning),
            report("ERROR", .system, .reportError), report("BUSINESS_ERROR", .business, .reportBusiness),
            report("CANCEL", .cancelled, .reportCancel), report("PAUSE", .paused, .reportPause),
            report("SUSPEND", .unknown, .reportSuspend), report("UPDATE", .unknown, .reportUpdate),
            report("success", .unknown, .unknown), report("DONE", .unknown, .unknown),
        ]
        + [301, 302, 304, 307, 308, 408, 425, 429, 500, 502, 503, 504, 599].map {
            Row(status: $0, sync: .system, async: .system, oneway: .system)
        }
        + [400, 401, 403, 404, 405, 409, 410, 418, 422, 451, 499].map {
            Row(status: $0, sync: .business, async: .business, oneway: .business)
        }

    @Test("means what the table says", arguments: rows)
    func row(_ row: Row) async throws {
        try await withRemoteJobs { executor, server, _ in
            for (mode, expected) in [("sync", row.sync), ("async", row.async), ("oneway", row.oneway)] {
                let url = "http://127.0.0.1:\(server.port)/"
                let invocation = Fixture.invocation(.http, [("SYS_EXT_httpUrl", url), ("SYS_EXT_httpMode", mode)])
                async let result = executor.execute(invocation)
                let exchange = await server.next()
                // A redirect that is followed would arrive here as a second request.
                try await exchange.reply(row.status, headers: ["Location: \(url)next"], body: row.body)
                #expect(Kind(await result) == expected, "\(mode)")
                #expect(server.pending == 0)
            }
        }
    }

    @Test("carries text, paused state and external id on")
    func texts() async throws {
        let said = #""statusMessage":"half of it""#
        let cases: [(String, String, InvocationResult)] = [
            ("sync", #"{"executionStatus":"WARNING",\#(said)}"#, .ended(.warning(text: "half of it"))),
            ("sync", #"{"executionStatus":"PAUSE",\#(said)}"#, .ended(.paused(state: "half of it"))),
            ("sync", #"{"executionStatus":"ERROR",\#(said)}"#, .ended(.systemError("half of it"))),
            ("async", #"{"executionStatus":"CANCEL",\#(said)}"#, .reported(.cancel, text: "half of it")),
            ("async", #"{"externalId":42}"#, .waiting(externalID: "42")),
            ("async", #"{"externalId":{}}"#, .waiting(externalID: nil)),
        ]
        try await withRemoteJobs { executor, server, _ in
            for (mode, body, expected) in cases {
                let url = "http://127.0.0.1:\(server.port)/"
                let invocation = Fixture.invocation(.http, [("SYS_EXT_httpUrl", url), ("SYS_EXT_httpMode", mode)])
                async let result = executor.execute(invocation)
                try await server.next().reply(200, body: body)
                #expect(await result == expected)
            }
        }
    }

    @Test("never shows the handle, even if the job quotes it")
    func handleIsMasked() async throws {
        try await withRemoteJobs { executor, server, _ in
            let url = "http://127.0.0.1:\(server.port)/"
            async let result = executor.execute(Fixture.invocation(.http, [("SYS_EXT_httpUrl", url)]))
            try await server.next().reply(404, body: "no \(Fixture.handle)\r\nhere \u{1B}[2J")
            guard case .ended(.businessError(let text?)) = await result else {
                Issue.record("no business error")
                return
            }
            #expect(text == "http://127.0.0.1:\(server.port) answered with HTTP status 404: no ********  here  [2J")
        }
    }

    @Test(
        "may ask for a later attempt",
        arguments: [
            ("120", Duration.seconds(120)), ("0", .zero), ("99999999999999999999", .seconds(604_800)), ("-5", nil),
            ("soon", nil), ("Wed, 17 Mar 2030 17:47:40 GMT", .seconds(60)), ("Wed, 17 Mar 2021 17:46:40 GMT", nil),
        ] as [(String, Duration?)]
    )
    func retryAfter(_ header: String, _ expected: Duration?) async throws {
        try await withRemoteJobs { executor, server, _ in
            let url = "http://127.0.0.1:\(server.port)/"
            async let result = executor.execute(Fixture.invocation(.http, [("SYS_EXT_httpUrl", url)]))
            try await server.next().reply(503, headers: ["Retry-After: \(header)"])
            guard case .ended(.systemError(_, _, _, let wait)) = await result else {
                Issue.record("no system error")
                return
            }
            #expect(wait == expected)
        }
    }

    @Test("is refused beyond the limit of its size, unless its status says it all")
    func tooLarge() async throws {
        let body = String(repeating: "x", count: 101)
        try await withRemoteJobs(settings: Fixture.settings(maxResponseSize: 100)) { executor, server, _ in
            let url = "http://127.0.0.1:\(server.port)/"
            for (mode, status, expected) in [
                ("sync", 200, Kind.system), ("async", 200, .system), ("oneway", 200, .success),
                ("sync", 404, .business),
            ] {
                let invocation = Fixture.invocation(.http, [("SYS_EXT_httpUrl", url), ("SYS_EXT_httpMode", mode)])
                async let result = executor.execute(invocation)
                try await server.next().reply(status, body: body)
                #expect(Kind(await result) == expected, "\(mode) \(status)")
            }
            async let result = executor.execute(Fixture.invocation(.http, [("SYS_EXT_httpUrl", url)]))
            try await server.next().reply(200, body: String(body.dropLast()))
            #expect(await result == .ended(.success))
        }
    }
}
