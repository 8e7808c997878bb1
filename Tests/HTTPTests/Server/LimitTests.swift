import HTTPTypes
import Hummingbird
import NIOCore
import SchedulerAPI
import SchedulerCore
import SchedulerHTTP
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Messages that are too large or too slow: C7", .ownStores)
struct LimitTests {
    @Test("C7 a URL beyond the limit is 414, whoever calls; the longest filter fits, however it is encoded")
    func url() async throws {
        let server = try await TestServer()
        _ = try await server.submit()
        let base = "\(TestServer.base)/requests?x="
        let rest = HTTPLimits.urlBytesMax - base.utf8.count
        try await server.call(.get, base + String(repeating: "y", count: rest)).expect(200)
        for user in ["anna", nil] {
            let reply = try await server.call(.get, base + String(repeating: "y", count: rest + 1), as: user)
            reply.expectError(414, "ESS-05030")
        }
        let open = "description eq '"
        let quoted = FilterLimits.codePointsMax - open.unicodeScalars.count - 1
        let text = open + String(repeating: "😀", count: quoted) + "'"
        let encoded = text.utf8.map { "%" + String($0, radix: 16) }.joined()
        try await server.call(.get, "requests?q=\(encoded)").expect(200)
    }

    @Test("C7 header fields beyond the limit are 431")
    func header() async throws {
        let server = try await TestServer()
        let name = try #require(HTTPField.Name("X-Large"))
        let half = String(repeating: "x", count: HTTPLimits.headerBytesMax / 2)
        try await server.call(.get, "requests", [name: half]).expect(200)
        var fields: HTTPFields = [name: half]
        fields.append(HTTPField(name: name, value: half))
        try await server.call(.get, "requests", fields).expectError(431, "ESS-05031")
        try await server.call(.get, "nonsense", as: nil, fields).expectError(431, "ESS-05031")
    }

    @Test("C7 a body that does not come is 408 and the end of the connection; one that does is taken in time")
    func slowBody() async throws {
        // Time that stands still lets every pause end at once.
        let server = try await TestServer(requestTimeout: .seconds(30))
        let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        continuation.yield(ByteBuffer(string: "{"))
        let late = try await server.call(.post, "requests", RequestBody(asyncSequence: stream))
        late.expectError(408, "ESS-05029")
        #expect(late.fields[.connection] == "close")
        #expect(try await server.requests().isEmpty)
        continuation.finish()
        // A short one is asked at each part how late it is.
        let slow = AsyncStream {
            server.time.advance(by: .seconds(20))
            return ByteBuffer(string: "{")
        }
        let body = RequestBody(asyncSequence: slow)
        try await server.call(.post, "requests", body, [.contentLength: "9"]).expectError(408, "ESS-05029")
        // What reads no body waits for none.
        let (other, rest) = AsyncStream.makeStream(of: ByteBuffer.self)
        try await server.call(.get, "requests", RequestBody(asyncSequence: other)).expect(200)
        rest.finish()
    }
}
