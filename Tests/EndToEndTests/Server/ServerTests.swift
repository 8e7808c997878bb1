import Foundation
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
        let ended = try await server.waitFor(id) { $0.text("state") == "SUCCEEDED" }
        #expect(ended.text("cause") == "PROCESS_SUCCESS")
        let log = try await server.call("GET", "/api/v1/requests/\(id)/log")
        #expect(log.status == 200)
        #expect(log.body.contains("said: ; rm -rf /"))
        #expect(await server.stop() == 0)
    }

    @Test("C37, I22: a cancelled process ends CANCELLED and leaves no process", .timeLimit(.minutes(2)))
    func cancelProcess() async throws {
        let folder = try TestFolder()
        let server = try await ServerProcess.start(folder, ["--cancel-grace", "1s"])
        let id = try await server.submit("Sleep")
        _ = try await server.waitFor(id) { $0.text("processPhase") == "ExecuteInitiateComplete" }
        // It is recorded before its exec.
        while folder.jobProcesses.isEmpty { try Task.checkCancellation() }
        #expect(folder.jobProcesses.count == 1)
        #expect(try await server.call("POST", "\(ServerProcess.requests)/\(id)/cancel").status == 200)
        let ended = try await server.waitFor(id) { $0.text("state") == "CANCELLED" }
        #expect(ended.text("cause") == "OPERATOR_CANCEL")
        #expect(folder.jobProcesses.isEmpty)
        #expect(await server.stop() == 0)
    }

    @Test("C52 to C54, C59, C75: forceCancel over a restart", .timeLimit(.minutes(2)))
    func forceCancel() async throws {
        let folder = try TestFolder()
        var server = try await ServerProcess.start(folder, ["--force-cancel-after", "2s"])
        let id = try await server.submit("Remote")
        _ = try await server.waitFor(id) { $0.text("processPhase") == "ExecuteAsyncWait" }
        let path = "\(ServerProcess.requests)/\(id)"
        #expect(try await server.call("POST", "\(path)/forceCancel").text("errorCode") == "ESS-01013")
        #expect(try await server.call("POST", "\(path)/cancel").status == 200)
        let early = try await server.call("POST", "\(path)/forceCancel")
        #expect(early.status == 400)
        #expect(early.text("errorCode") == "ESS-01015")
        await server.kill()
        server = try await ServerProcess.start(folder, ["--force-cancel-after", "2s"])
        _ = try await server.waitFor(id) { $0.body.contains("\"isForceCancelAllowed\":true") }
        #expect(try await server.call("POST", "\(path)/forceCancel").status == 200)
        let ended = try await server.call("GET", path)
        #expect(ended.text("state") == "CANCELLED")
        #expect(ended.text("previousState") == "CANCELLING")
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
        _ = try await server.waitFor(id) { $0.text("processPhase") == "ExecuteInitiateComplete" }
        await server.kill()
        #expect(folder.jobProcesses.count == 1)
        server = try await ServerProcess.start(folder)
        let ended = try await server.waitFor(id) { $0.text("state") == "ERROR" }
        #expect(ended.text("errorType") == "SYSTEM")
        #expect(folder.jobProcesses.isEmpty)
        #expect(await server.stop() == 0)
    }
}
