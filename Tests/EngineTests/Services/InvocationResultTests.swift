import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct InvocationResultTests {
    private func request(_ submission: Submission) async throws -> JobRequest {
        try await EngineBench().startOne(submission).request
    }

    @Test("A report in the answer to the start call is one of the asynchronous job's own reports")
    func asynchronousReport() async throws {
        let request = try await request(StoreSamples.asynchronous())
        let epoch = try #require(request.epoch)
        for status in ReportStatus.allCases {
            let command = InvocationResult.reported(status, text: "text").command(for: request, demand: nil)
            #expect(command == RequestCommand(request.id, .report(status, text: "text", handle: epoch), epoch: epoch))
        }
    }

    @Test("Where the job answers at once the report is its outcome")
    func synchronousReport() async throws {
        let request = try await request(StoreSamples.submission())
        let outcomes: [ReportStatus: ExecutableOutcome] = [
            .success: .success, .warning: .warning(text: "text"), .error: .systemError("text"),
            .businessError: .businessError(text: "text"), .cancel: .cancelled(text: "text"),
            .pause: .paused(state: "text"),
        ]
        for status in ReportStatus.allCases {
            let command = InvocationResult.reported(status, text: "text").command(for: request, demand: nil)
            #expect(command.epoch == request.epoch)
            if let outcome = outcomes[status] {
                #expect(command.event == .executableEnded(outcome))
            } else {
                guard case .executableEnded(.systemError(.processUnknownStatus, _, _, _)) = command.event else {
                    Issue.record("\(status) became \(command.event)")
                    continue
                }
            }
        }
    }

    @Test("An end by the server is what the demand was for", arguments: StopReason.allCases)
    func endedByServer(reason: StopReason) async throws {
        let request = try await request(StoreSamples.submission())
        let demand = StopDemand(reason: reason, grace: .zero)
        let event = InvocationResult.endedByServer.command(for: request, demand: demand).event
        let expected: RequestEvent =
            switch reason {
            case .nodeStopping: .nodeLost(reason: .nodeStopped)
            case .fenced: .nodeLost(reason: .leaseExpired)
            case .cancel, .timeout: .attemptEndedByServer
            }
        #expect(event == expected)
    }
}
