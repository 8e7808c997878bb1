import Foundation
import PostgresTesting
import SchedulerCore
import SchedulerTesting
import Testing

extension ClusterChaosTests {
    @Test("Fault 13: random calls over three nodes meet what the model says", .timeLimit(limit))
    func modelOnPostgres() async throws {
        let remote = try RemoteEnd()
        let cluster = try await Self.cluster(
            "model",
            flags: ["--force-cancel-after", "0s"],
            documents: ClusterDocuments.text(remoteURL: remote.url)
        )
        try await Self.compare(try cluster.names.map { try cluster.node($0) }, remote, "PostgreSQL, three nodes")
        try await Self.expectStop(cluster)
    }

    @Test("Fault 13: random calls to one node on SQLite meet what the model says", .timeLimit(limit))
    func modelOnSQLite() async throws {
        let remote = try RemoteEnd()
        let folder = try TestFolder(ClusterDocuments.text(remoteURL: remote.url))
        let server = try await ServerProcess.start(folder, ["--force-cancel-after", "0s"])
        try await Self.compare([server], remote, "SQLite")
        #expect(await server.stop() == 0)
    }

    /// A request on both sides.
    private struct Pair: Sendable {
        let id: Int64
        let model: RequestID
        /// Nil for one that never starts.
        let handle: String?
    }

    private static func compare(_ servers: [ServerProcess], _ remote: RemoteEnd, _ store: String) async throws {
        let model = try await RequestModel()
        var random = SeededRandom(seed: ChaosSettings.seed)
        var pairs: [Pair] = []
        var refused: [String: Int] = [:]
        let calls = ChaosSettings.either(300, 300 * (ChaosSettings.rounds ?? 1))
        for number in 0..<calls {
            if pairs.count < 2 || random.percent(20) {
                pairs.append(try await submit(servers, remote, model, &random))
            }
            // Mostly the newest: what has ended long ago has little to say.
            let recent = pairs.suffix(4)
            guard let pair = random.percent(85) ? random.pick(Array(recent)) : random.pick(pairs),
                let call = random.pick(RequestModel.Call.all), let server = random.pick(servers)
            else { continue }
            let foreign = pairs.last { $0.handle != nil && $0.id != pair.id }?.handle ?? "1.x"
            let reply = try await perform(call, pair, foreign: foreign, server)
            let expected = try await model.perform(call, on: pair.model)
            let seed = "call \(number), request \(pair.id), \(store), seed \(ChaosSettings.seed)"
            #expect(reply.text("errorCode") == expected, "\(call): \(reply.status) \(reply.body); \(seed)")
            #expect((reply.status < 300) == (expected == nil), "\(call): \(reply.status) \(reply.body); \(seed)")
            if let expected { refused[expected, default: 0] += 1 }
            guard let other = random.pick(servers) else { continue }
            let seen = try await view(of: pair.id, other)
            let wanted = try await model.view(of: pair.model)
            try #require(seen == wanted, "after \(call); \(seed)")
        }
        let list = refused.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        ChaosSettings.report("model, \(store): \(calls) calls on \(pairs.count) requests, refused: \(list)")
    }

    private static func submit(
        _ servers: [ServerProcess],
        _ remote: RemoteEnd,
        _ model: RequestModel,
        _ random: inout SeededRandom
    ) async throws -> Pair {
        guard let server = random.pick(servers) else { throw ServerEnded(text: "there is no server") }
        let isRemote = random.percent(70)
        let body =
            isRemote
            ? ClusterUnderTest.submission("RemoteHTTP")
            : ClusterUnderTest.submission("NoOp", more: ",\"startTime\":\"2099-01-01T00:00:00Z\"")
        let reply = try await server.call("POST", ServerProcess.requests, body)
        let id = try #require(reply.integer("id"), "\(reply.body)")
        guard isRemote else { return Pair(id: id, model: try await model.submitWaiting(), handle: nil) }
        let waits = try await ClusterUnderTest.wait(.seconds(30)) {
            try await server.call("GET", "\(ServerProcess.requests)/\(id)").text("processPhase") == "ExecuteAsyncWait"
        }
        try #require(waits != nil, "request \(id) waits for its answer, seed \(ChaosSettings.seed)")
        return Pair(id: id, model: try await model.submitRemote(), handle: remote.handle(of: id))
    }

    private static func perform(
        _ call: RequestModel.Call,
        _ pair: Pair,
        foreign: String,
        _ server: ServerProcess
    ) async throws -> ServerProcess.Reply {
        let path = "\(ServerProcess.requests)/\(pair.id)"
        switch call {
        case .get: return try await server.call("GET", path)
        case .delete: return try await server.call("DELETE", path)
        case .report(let status, let isForeign):
            let handle = isForeign ? foreign : pair.handle ?? foreign
            let body = "{\"requestHandle\":\"\(handle)\",\"status\":\"\(status.rawValue)\"}"
            return try await server.call("POST", "\(path)/executionStatus", body)
        case .checkIn:
            let body = "{\"requestExecutionContext\":\"\(pair.id),\(pair.handle ?? foreign)\"}"
            return try await server.call("POST", "\(path)/checkInCancelling", body)
        case .cancel, .forceCancel, .hold, .release:
            return try await server.call("POST", "\(path)/\(call)")
        }
    }

    private static func view(of id: Int64, _ server: ServerProcess) async throws -> RequestModel.View? {
        let reply = try await server.call("GET", "\(ServerProcess.requests)/\(id)")
        guard reply.status != 404 else { return nil }
        return RequestModel.View(
            state: reply.text("state") ?? "",
            previousState: reply.text("previousState"),
            phase: reply.text("processPhase") ?? ""
        )
    }
}
