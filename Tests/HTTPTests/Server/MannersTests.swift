import CZlib
import HTTPTypes
import SchedulerCore
import SchedulerHTTP
import SchedulerTesting
import StoreTesting
import Testing

/// What answers have beside their content, and how often one may call (administration §5.8).
@Suite("Manners", .ownStores)
struct MannersTests {
    private static let requestID = HTTPField.Name("X-Request-Id")
    private static let serverTiming = HTTPField.Name("Server-Timing")

    @Test("Each answer names its call as the caller did, or by its trace id, and says how long it took")
    func names() async throws {
        let server = try await TestServer()
        let name = try #require(Self.requestID)
        let timing = try #require(Self.serverTiming)
        for path in ["requests", "nonsense", "/errors/ESS-05020", "/api/v1/nodes"] {
            let given = try await server.call(.get, path, [name: "order-4711"])
            #expect(given.fields[name] == "order-4711", "\(path)")
            #expect(given.fields[timing]?.hasPrefix("total;dur=") == true, "\(path)")
            #expect(server.logs.lines.contains { $0.contains("order-4711") }, "\(path)")
        }
        let traced = try #require(HTTPField.Name("traceparent"))
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let reply = try await server.call(.get, "requests", [traced: parent])
        #expect(reply.fields[name] == "0af7651916cd43dd8448eb211c80319c")
        for odd in ["", "two words", "\u{e9}", String(repeating: "x", count: HTTPLimits.callIDMax + 1)] {
            #expect(try await server.call(.get, "requests", [name: odd]).fields[name]?.utf8.count == 32, "\(odd)")
        }
    }

    @Test(
        "The log tells of refused calls, and of all where it is to, with user, status and time",
        arguments: [false, true]
    )
    func accessLog(logsEveryCall: Bool) async throws {
        let server = try await TestServer(logsEveryCall: logsEveryCall)
        try await server.call(.get, "requests").expect(200)
        try await server.call(.get, "requests/1").expect(404)
        let calls = server.logs.lines.filter { $0.contains("Call answered") }
        #expect(calls.map { $0.hasPrefix("info ") } == [logsEveryCall, true])
        for (call, status) in zip(calls, ["200", "404"]) {
            for part in [status, #""principal": anna"#, "milliseconds", "callId"] {
                #expect(call.contains(part), "\(call)")
            }
        }
    }

    @Test("The log names the scheduler's request that the path of a call names, and the call itself apart from it")
    func requestsInTheLog() async throws {
        let server = try await TestServer()
        let name = try #require(Self.requestID)
        for route in Routes.all {
            let path = route.template.split(separator: "/").map { segment in
                segment == "{requestId}" ? "4711" : segment.hasPrefix("{") ? "1" : String(segment)
            }
            try await server.call(.get, "/" + path.joined(separator: "/"), as: nil, [name: "order-4712"])
            let line = try #require(server.logs.lines.last { $0.contains("Call answered") })
            #expect(line.contains(#""callId": order-4712"#), "\(line)")
            #expect(line.contains(#""ecid": "#) && !line.contains("principal"), "\(line)")
            let isNamed = route.template.contains("{requestId}")
            #expect(line.contains(#""requestId": 4711"#) == isNamed, "\(line)")
            #expect(line.contains("requestId\":") == isNamed, "\(line)")
        }
        for odd in ["requests/abc", "requests/99999999999999999999", "requests/%00/cancel"] {
            try await server.call(.get, odd, as: nil)
            #expect(server.logs.lines.last?.contains("requestId\":") == false, "\(odd)")
        }
        try await server.call(.delete, "requests/12").expect(404)
        #expect(server.logs.lines.last?.contains(#""requestId": 12"#) == true)
    }

    @Test("Bodies of some length are compressed for who takes gzip, and for nobody else")
    func compression() async throws {
        let server = try await TestServer()
        for _ in 0..<5 { _ = try await server.submit() }
        let plain = try await server.call(.get, "requests?fields=@full")
        #expect(plain.fields[.contentEncoding] == nil && plain.fields[.vary] == "Accept-Encoding")
        for accept in ["gzip", "br, gzip;q=0.5", "*", "x-gzip"] {
            let reply = try await server.call(.get, "requests?fields=@full", [.acceptEncoding: accept])
            #expect(reply.fields[.contentEncoding] == "gzip", "\(accept)")
            #expect(reply.fields[.vary] == "Accept-Encoding")
            #expect(reply.fields[.contentLength] == String(reply.body.count) && reply.body.count < plain.body.count)
            #expect(try Self.inflated(reply.body, atMost: 1 << 20) == plain.body)
            let head = try await server.call(.head, "requests?fields=@full", [.acceptEncoding: accept])
            #expect(head.fields[.contentLength] == reply.fields[.contentLength] && head.body.isEmpty)
        }
        for accept in ["", "identity", "gzip;q=0", "*, gzip;q=0", "br"] {
            let reply = try await server.call(.get, "requests?fields=@full", [.acceptEncoding: accept])
            #expect(reply.body == plain.body && reply.fields[.contentEncoding] == nil, "\(accept)")
        }
        let short = try await server.call(.get, "requests/1?fields=state", [.acceptEncoding: "gzip"])
        #expect(short.fields[.contentEncoding] == nil && short.fields[.vary] == nil)
    }

    @Test("Who calls more often than allowed from one address is told when to come again")
    func rate() async throws {
        let server = try await TestServer(callRate: CallRate(callsPerSecond: 2, burst: 3))
        for _ in 0..<3 { try await server.call(.get, "requests").expect(200) }
        let refused = try await server.call(.get, "requests")
        refused.expectError(429, "ESS-05025")
        #expect(refused.fields[.retryAfter] == "1")
        try await server.call(.get, "nonsense").expectError(429, "ESS-05025")
        try await server.call(.get, "requests", as: "bert").expect(200)
        try await server.call(.get, "requests", address: "192.0.2.2").expect(200)
        try await server.call(.get, "requests", as: nil).expect(401)
        try await server.call(.get, "/healthz", as: nil).expect(200)
        server.time.advance(by: .milliseconds(500))
        try await server.call(.get, "requests").expect(200)
        try await server.call(.get, "requests").expectError(429, "ESS-05025")
        server.time.advance(by: .seconds(60))
        for _ in 0..<3 { try await server.call(.get, "requests").expect(200) }
        try await server.call(.get, "requests").expectError(429, "ESS-05025")
    }

    @Test("Handles are not counted")
    func handles() async throws {
        let server = try await TestServer(callRate: CallRate(callsPerSecond: 1, burst: 1))
        // Its submit takes the only token.
        let id = try await server.request(in: .running)
        for _ in 0..<5 {
            try await server.report("UPDATE", id, handle: server.handle(id)).expect(200)
        }
    }

    /// The one gzip member that a body is.
    private static func inflated(_ bytes: [UInt8], atMost limit: Int) throws -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        try #require(inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, size) == Z_OK)
        defer { inflateEnd(&stream) }
        var input = bytes
        var result = Z_OK
        let output = input.withUnsafeMutableBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(limit)
                result = inflate(&stream, Z_FINISH)
                count = limit - Int(stream.avail_out)
            }
        }
        try #require(result == Z_STREAM_END)
        return output
    }
}
