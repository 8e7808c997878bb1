import Foundation
import Glibc
import PostgresTesting
import SchedulerAPI
import SchedulerCore
import Testing

/// What a kill of the server, another node and a store that is away change about a request: nothing.
@Suite("Requests outlive servers", .serialized, .timeLimit(.minutes(3)))
struct RestartTests {
    @Test("C14: after 201 the request survives a kill of the server, and runs", arguments: ServerHome.Store.allCases)
    func submitted(_ store: ServerHome.Store) async throws {
        let home = try ServerHome(store)
        _ = FileManager.default.createFile(atPath: home.folder.path("journal"), contents: nil)
        var server = try await home.start(["--processor-enabled", "false"])
        // Proving a password takes its time; what is killed at once is the server after its answer.
        #expect(try await server.call("GET", ServerProcess.requests).status == 200)
        let id = try await server.submit("Journal", argument: home.folder.path("journal"))
        await server.kill()
        server = try await home.start()
        let found = try await server.request(id)
        #expect(found.requestId == RequestID(id) && found.jobDefinitionId == "JobDefinition://test/Journal")
        _ = try await server.waitFor(id) { $0.state == .succeeded }
        #expect(home.folder.text("journal") == "\(id) 1\n")
        #expect(await server.stop() == 0)
    }

    @Test(
        "C59: after a restart, and at another node, forceCancel is allowed from the same instant",
        arguments: ServerHome.Store.allCases
    )
    func forceCancelInstant(_ store: ServerHome.Store) async throws {
        let home = try ServerHome(store)
        // Far longer than any restart.
        let long = Duration.seconds(3600)
        let configuration = home.folder.path("escapement.yaml")
        func configure(_ after: Duration) throws {
            let text = "forceCancelAfter: \(after.wholeMilliseconds)ms\n"
            try text.write(toFile: configuration, atomically: true, encoding: .utf8)
        }
        try configure(long)
        let flags = ["--config", configuration]
        var server = try await home.start(flags)
        let id = try await server.submit("Remote")
        _ = try await server.waitFor(id) { $0.processPhase == .executeAsyncWait }
        let path = "\(ServerProcess.requests)/\(id)"
        _ = try await server.send(.cancel(RequestID(id)))
        let instant = try await refusal(of: id, server)
        let begun = instant + (.zero - long)
        let cancelling = try await server.request(id)
        #expect(cancelling.state == .cancelling && cancelling.stateChangeTime == begun)
        await server.kill()
        server = try await home.start(flags)
        #expect(try await refusal(of: id, server) == instant)
        var other: ServerProcess?
        if store == .postgres {
            let node = try await home.startOther(flags)
            #expect(try await refusal(of: id, node) == instant)
            await server.kill()
            #expect(try await refusal(of: id, node) == instant)
            other = node
        }
        // A setting by which it is allowed in a few seconds: what it counts from stays.
        let asked = other ?? server
        let short = Self.now - begun + .seconds(4)
        try configure(short)
        asked.reload()
        var named: Set<Timestamp> = []
        var lastRefused = begun
        while true {
            let before = Self.now
            let reply = try await asked.call("POST", "\(path)/forceCancel")
            guard reply.status != 200 else { break }
            named.insert(try #require(Self.instant(in: reply)))
            lastRefused = before
        }
        #expect(named.subtracting([instant]) == [begun + short])
        #expect(lastRefused < begun + short, "from that instant on nobody is refused")
        let ended = try await asked.request(id)
        #expect(ended.state == .cancelled && ended.previousState == .cancelling)
        #expect(try #require(ended.completedTime) >= begun + short)
        #expect(await asked.stop() == 0)
    }

    @Test(
        "C80: while the store is away forceCancel is 503 with Retry-After and changes nothing; once it is back, 200",
        arguments: ServerHome.Store.allCases
    )
    func storeAway(_ store: ServerHome.Store) async throws {
        let outage = try Outage(store)
        let home = outage.home
        let server = try await home.start(["--force-cancel-after", "0s"])
        let id = try await server.submit("Remote")
        _ = try await server.waitFor(id) { $0.processPhase == .executeAsyncWait }
        let path = "\(ServerProcess.requests)/\(id)"
        _ = try await server.send(.cancel(RequestID(id)))
        try outage.begin()
        let away = try await server.call("POST", "\(path)/forceCancel")
        #expect(away.status == 503 && away.text("errorCode") == "ESS-06001", "\(away.body)")
        #expect(away.header("Retry-After").flatMap { Int($0) } != nil)
        try outage.end()
        var reply = try await server.call("GET", path)
        while reply.status == 503 {
            try Task.checkCancellation()
            reply = try await server.call("GET", path)
        }
        #expect(reply.text("state") == "CANCELLING" && reply.text("processPhase") == "ExecuteAsyncWait")
        var forced = try await server.call("POST", "\(path)/forceCancel")
        while forced.status == 503 {
            try Task.checkCancellation()
            forced = try await server.call("POST", "\(path)/forceCancel")
        }
        #expect(forced.status == 200, "\(forced.body)")
        #expect(try await server.request(id).state == .cancelled)
        #expect(await server.stop() == 0)
        try outage.remove()
    }

    // MARK: - Steps

    private static var now: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    /// The instant that a refusal of forceCancel names.
    private func refusal(of id: Int64, _ server: ServerProcess) async throws -> Timestamp {
        let reply = try await server.call("POST", "\(ServerProcess.requests)/\(id)/forceCancel")
        #expect(reply.status == 400 && reply.text("errorCode") == "ESS-01015", "\(reply.body)")
        return try #require(Self.instant(in: reply))
    }

    private static func instant(in reply: ServerProcess.Reply) -> Timestamp? {
        reply.body.firstMatch(of: /forceCancel is allowed from ([0-9TZ:.-]+) on\./).flatMap { Timestamp(rfc3339: $0.1) }
    }
}
