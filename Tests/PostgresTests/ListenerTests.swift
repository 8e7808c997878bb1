import Foundation
import PostgresClient
import PostgresTesting
import Testing

/// Notifications are heard, and the listener comes back by itself.
@Suite struct ListenerTests {
    private struct Ear {
        let listener: PostgresListener
        private let events: AsyncStream<PostgresListener.Event>

        init(_ options: PostgresOptions, _ channels: [String]) throws {
            let (stream, continuation) = AsyncStream.makeStream(of: PostgresListener.Event.self)
            let policy = ReconnectionPolicy(first: .milliseconds(20), longest: .milliseconds(50))
            listener = try PostgresListener(options, channels: channels, policy: policy) { continuation.yield($0) }
            events = stream
            listener.start()
        }

        func next() async -> PostgresListener.Event? {
            for await event in events { return event }
            return nil
        }

        /// Goes past losses of the connection, of which a restart brings as many as it takes.
        func waitUntilListening() async {
            while case .lost? = await next() {}
        }
    }

    @Test("Notifications on all channels come in order, payload and odd names unharmed", .timeLimit(.minutes(1)))
    func hears() async throws {
        let schema = try PrivatePostgres.shared().schema("Ear")
        let channels = [schema.name, "odd \"\(schema.name)\""]
        let ear = try Ear(schema.options, channels)
        #expect(await ear.next() == .listening)
        let connection = try schema.connect()
        let notify: PostgresStatement = "SELECT pg_notify($1, $2)"
        for (channel, payload) in [(channels[0], ""), (channels[1], "ü 'x'"), (channels[0], "3")] {
            let sent = parameters {
                $0.append(channel)
                $0.append(payload)
            }
            try connection.run(notify, sent)
            #expect(await ear.next() == .notified(channel: channel, payload: payload))
        }
        await ear.listener.stop()
        await ear.listener.stop()
        ear.listener.start()
    }

    @Test("A terminated session is told and replaced", .timeLimit(.minutes(1)))
    func terminated() async throws {
        let schema = try PrivatePostgres.shared().schema()
        var options = schema.options
        options.applicationName = schema.name
        let ear = try Ear(options, [schema.name])
        #expect(await ear.next() == .listening)
        let connection = try schema.connect()
        let find: PostgresStatement = "SELECT pid FROM pg_stat_activity WHERE application_name = $1"
        let backend = try #require(
            try connection.query(find, parameters { $0.append(schema.name) }).firstRow { $0.integer() }
        )
        try connection.terminate(Int32(backend))
        guard case .lost(let error)? = await ear.next() else {
            Issue.record("the loss was not told")
            return
        }
        #expect(error.isConnectionLost)
        #expect(await ear.next() == .listening)
        try connection.execute("NOTIFY \(schema.name), 'again'")
        #expect(await ear.next() == .notified(channel: schema.name, payload: "again"))
        await ear.listener.stop()
    }

    @Test("The listener and the pool survive a restart of the server", .timeLimit(.minutes(1)))
    func restart() async throws {
        let server = try PrivatePostgres()
        defer { #expect(throws: Never.self) { try server.remove() } }
        let ear = try Ear(server.options, ["wake"])
        #expect(await ear.next() == .listening)
        let pool = try PostgresPool(server.options)
        _ = try await pool.withConnection { try $0.integer("SELECT 1") }

        try await onThread { try server.stop() }
        guard case .lost? = await ear.next() else {
            Issue.record("the loss was not told")
            return
        }
        let error = await postgresError { _ = try await pool.withConnection { try $0.integer("SELECT 1") } }
        #expect(error?.cause == .notConnected)
        try await onThread { try server.start() }
        await ear.waitUntilListening()
        var answer: Int64?
        // Until the pause after the failed attempt is over, the pool says so at once.
        while answer == nil { answer = try? await pool.withConnection { try $0.integer("SELECT 2") } }
        #expect(answer == 2)
        try await pool.withConnection { try $0.execute("NOTIFY wake, 'after'") }
        #expect(await ear.next() == .notified(channel: "wake", payload: "after"))
        await pool.close()
        await ear.listener.stop()
    }

    @Test("Stopping does not wait for a server that does not answer", .timeLimit(.minutes(1)))
    func stopsWhileConnecting() async throws {
        let mute = try MuteServer()
        let ear = try Ear(PostgresOptions(uri: "postgres://127.0.0.1:\(mute.port)/x"), ["wake"])
        try await onThread { try mute.waitForClient() }
        let start = ContinuousClock.now
        await ear.listener.stop()
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("Stopping does not wait for the pause between two attempts", .timeLimit(.minutes(1)))
    func stopsWhilePausing() async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: PostgresListener.Event.self)
        let policy = ReconnectionPolicy(first: .seconds(3600), longest: .seconds(3600))
        let options = PostgresOptions(uri: "postgres://127.0.0.1:1/x")
        let listener = try PostgresListener(options, channels: ["a"], policy: policy) { continuation.yield($0) }
        listener.start()
        var events = stream.makeAsyncIterator()
        guard case .lost(let error)? = await events.next() else {
            Issue.record("no failure was told")
            return
        }
        #expect(error.cause == .notConnected)
        await listener.stop()
    }

    @Test("One that was never started stops as well")
    func neverStarted() async throws {
        let listener = try PostgresListener(PrivatePostgres.shared().options, channels: ["a"]) { _ in }
        await listener.stop()
    }
}

/// Takes connections and says nothing.
private final class MuteServer: Sendable {
    private let descriptor: Int32
    let port: UInt16

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 4) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isListening)
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    /// Returns when a client has sent something.
    func waitForClient() throws {
        let client = accept(descriptor, nil, nil)
        try #require(client >= 0)
        var byte: UInt8 = 0
        try #require(recv(client, &byte, 1, Int32(MSG_PEEK)) == 1)
    }
}
