import SchedulerCore
import SchedulerTesting
import Testing

@testable import escapement

/// What is told of processes that jobs of a lost node have left.
@Suite("Recovering reaper")
struct RecoveringReaperTests {
    @Test("The log names the attempt whose process was looked for, with its trace, and what was found")
    func log() async throws {
        let logs = LogKeeper()
        var submission = StoreSamples.submission()
        submission.facts.trace = "0af7651916cd43dd8448eb211c80319c"
        var request = try await MemoryStore(time: ManualTime()).submit(submission, audit: nil, call: nil)
        // Of another boot: whatever has the number now is somebody else's.
        request.process = ProcessIdentity(pid: 4711, startTicks: 1, bootID: "another")
        await RecoveringReaper(logger: logs.logger).reap([request])
        let line = try #require(logs.lines.first { $0.contains("Abandoned process looked for") })
        for part in [#""requestId": \#(request.id)"#, #""attempt": \#(request.attempt)"#, #""pid": 4711"#] {
            #expect(line.contains(part), "\(line)")
        }
        #expect(
            line.contains(#""ecid": 0af7651916cd43dd8448eb211c80319c"#) && line.contains(#""finding": "#),
            "\(line)"
        )
    }
}
