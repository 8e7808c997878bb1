package import SchedulerCore

/// Where every submission of a node passes: store first, then the loops that have to know.
package struct SubmissionGateway: Sendable {
    /// A request that is due later than this after its submission wakes nobody: longer than any pause between two
    /// dispatch passes, so that the loop comes by in time by itself.
    package static let dispatchHorizon: Duration = .seconds(600)

    private let store: any RequestStore
    private let signals: EngineSignals

    package init(store: any RequestStore, signals: EngineSignals) {
        self.store = store
        self.signals = signals
    }

    /// Makes a request durable and wakes dispatch if it is due soon.
    package func submit(
        _ submission: Submission,
        audit: AuditEntry?,
        call: IdempotentCall? = nil
    ) async throws -> JobRequest {
        let request = try await store.submit(submission, audit: audit, call: call)
        // A recurring parent never runs, but its first instance was made with it: its cursor is the instant of that.
        let recurs = request.lineage.type.isRecurringParent
        let due = recurs ? request.kinship.cursor : request.dispatchTime
        if let due, due - request.submissionTime < Self.dispatchHorizon { signals.dispatch.signal() }
        if request.nextTimer != nil || (recurs && request.policy.requestExpiration > .zero) {
            signals.timers.signal()
        }
        return request
    }
}
