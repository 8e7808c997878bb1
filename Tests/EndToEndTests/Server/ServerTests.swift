import Foundation
import SchedulerAPI
import SchedulerCore
import Testing

/// A real server, real processes, real calls.
@Suite(.serialized)
struct ServerTests {
    @Test("A process job runs and its output is read from the log", .timeLimit(.minutes(2)))
    func processJob() async throws {
        let folder = try TestFolder()
        let server = try await ServerProcess.start(folder)
        let id = try await server.submit("Echo", argument: "; rm -rf /")
        let ended = try await server.waitFor(id) { $0.state == .succeeded }
        #expect(ended.cause == .processSuccess)
        #expect(try await server.log(of: id).contains("said: ; rm -rf /"))
        #expect(await server.stop() == 0)
    }

    @Test("C37, I22: a cancelled process ends CANCELLED and leaves no process", .timeLimit(.minutes(2)))
    func cancelProcess() async throws {
        let folder = try TestFolder()
        let server = try await ServerProcess.start(folder, ["--cancel-grace", "1s"])
        let id = try await server.submit("Sleep")
        _ = try await server.waitFor(id) { $0.processPhase == .executeInitiateComplete }
        // It is recorded before its exec.
        while folder.jobProcesses.isEmpty { try Task.checkCancellation() }
        #expect(folder.jobProcesses.count == 1)
        _ = try await server.send(.cancel(RequestID(id)))
        let ended = try await server.waitFor(id) { $0.state == .cancelled }
        #expect(ended.cause == .operatorCancel)
        #expect(folder.jobProcesses.isEmpty)
        #expect(await server.stop() == 0)
    }

    @Test("C52 to C54, C59, C75: forceCancel over a restart", .timeLimit(.minutes(2)))
    func forceCancel() async throws {
        let folder = try TestFolder()
        var server = try await ServerProcess.start(folder, ["--force-cancel-after", "2s"])
        let id = try await server.submit("Remote")
        _ = try await server.waitFor(id) { $0.processPhase == .executeAsyncWait }
        let path = "\(ServerProcess.requests)/\(id)"
        #expect(try await server.call("POST", "\(path)/forceCancel").text("errorCode") == "ESS-01013")
        #expect(try await server.call("POST", "\(path)/cancel").status == 200)
        let early = try await server.call("POST", "\(path)/forceCancel")
        #expect(early.status == 400)
        #expect(early.text("errorCode") == "ESS-01015")
        await server.kill()
        server = try await ServerProcess.start(folder, ["--force-cancel-after", "2s"])
        _ = try await server.waitFor(id) { $0.isForceCancelAllowed == true }
        #expect(try await server.call("POST", "\(path)/forceCancel").status == 200)
        let ended = try await server.request(id)
        #expect(ended.state == .cancelled && ended.previousState == .cancelling)
        #expect(try await server.call("POST", "\(path)/forceCancel").text("errorCode") == "ESS-01013")
        #expect(await server.stop() == 0)
    }

    @Test("A second server on one data directory refuses with a clear message", .timeLimit(.minutes(2)))
    func secondServer() async throws {
        let folder = try TestFolder()
        let server = try await ServerProcess.start(folder)
        await #expect(throws: ServerEnded.self) { try await ServerProcess.start(folder) }
        #expect(await server.stop() == 0)
    }

    @Test("A process that outlives its killed server is ended by the next one", .timeLimit(.minutes(2)))
    func recovery() async throws {
        let folder = try TestFolder()
        var server = try await ServerProcess.start(folder)
        let id = try await server.submit("Sleep")
        _ = try await server.waitFor(id) { $0.processPhase == .executeInitiateComplete }
        await server.kill()
        #expect(folder.jobProcesses.count == 1)
        server = try await ServerProcess.start(folder)
        let ended = try await server.waitFor(id) { $0.state == .error }
        #expect(ended.errorType == .system)
        #expect(folder.jobProcesses.isEmpty)
        #expect(await server.stop() == 0)
    }
}
