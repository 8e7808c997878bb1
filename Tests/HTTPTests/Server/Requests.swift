import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting

extension TestServer {
    /// A request in the given state, brought there by the events that lead to it in life.
    func request(in state: RequestState, _ definition: String = "Async", as user: String = "anna") async throws
        -> RequestID
    {
        switch state {
        case .ready: return try await second("Single")
        case .blocked: return try await second("Alone")
        case .scheduleEnded, .finished: return try await recurring(hasEnded: state == .finished)
        default: break
        }
        let definition = Self.definitions[state] ?? definition
        let id = try await submit(definition, state == .errorAutoRetry ? #","retries":1"# : "", as: user)
        switch state {
        case .wait: break
        case .hold: try await perform(.hold, on: id)
        case .running: try await start(id)
        case .cancelling:
            try await start(id)
            try await perform(.cancel, on: id)
        case .cancelled: try await perform(.cancel, on: id)
        case .paused: try await startAndReport(.suspend, id)
        case .succeeded: try await startAndReport(.success, id)
        case .warning: try await startAndReport(.warning, id)
        case .error: try await startAndReport(.error, id)
        case .errorAutoRetry: try await startAndReport(.error, id)
        case .errorManualRecovery: try await startAndEnd(.manualRecovery(text: nil), id)
        case .completed: try await startAndEnd(.success, id)
        case .expired:
            time.advance(by: .seconds(61))
            try await turn()
        case .pendingValidation: try await perform(.definitionDeleted, on: id)
        case .validationFailed:
            try await perform(.definitionDeleted, on: id)
            try await perform(.invalid(.metadataNotFound, text: "gone"), on: id)
        case .ready, .blocked, .scheduleEnded, .finished: break
        }
        return id
    }

    /// Where only some definitions come into the state.
    private static let definitions: [RequestState: String] = [
        .expired: "Brief", .completed: "Post", .errorManualRecovery: "Sync",
    ]

    /// A request behind another one of the same definition, which runs.
    private func second(_ definition: String) async throws -> RequestID {
        // Locks and slots are those of the metadata that the store knows.
        store.change(catalogue: catalogue.current)
        try await start(submit(definition))
        let id = try await submit(definition)
        try await turn()
        return id
    }

    /// A recurring parent whose only instance runs or has ended.
    private func recurring(hasEnded: Bool) async throws -> RequestID {
        let parent = try await submit("Async", #","schedule":{"recurrences":[{"icalString":"FREQ=DAILY;COUNT=1"}]}"#)
        let child = try present(await requests().first { $0.lineage.parentID == parent }).id
        if hasEnded { try await startAndReport(.success, child) } else { try await start(child) }
        return parent
    }

    private func startAndEnd(_ outcome: ExecutableOutcome, _ id: RequestID) async throws {
        try await start(id)
        try await perform(.executableEnded(outcome), on: id)
    }

    /// Lets the node take the request; an asynchronous one waits for its answer then.
    func start(_ id: RequestID) async throws {
        try await turn()
        if try await stored(id).facts.isAsynchronous == true {
            try await perform(.asynchronousStartAccepted(externalID: nil), on: id)
        }
    }

    private func startAndReport(_ status: ReportStatus, _ id: RequestID) async throws {
        try await start(id)
        let epoch = try present(await stored(id).epoch)
        try await perform(.report(status, text: nil, handle: epoch), on: id)
    }

    func report(
        _ status: String,
        _ id: RequestID,
        handle: String?,
        as user: String? = nil
    ) async throws -> Reply {
        let member = handle.map { #","requestHandle":"\#($0)""# } ?? ""
        return try await call(
            .post,
            "requests/\(id)/executionStatus",
            as: user,
            body: #"{"status":"\#(status)"\#(member)}"#
        )
    }

    func checkIn(_ id: RequestID, handle: String, as user: String? = nil) async throws -> Reply {
        try await call(
            .post,
            "requests/\(id)/checkInCancelling",
            as: user,
            body: #"{"requestExecutionContext":"\#(id),\#(handle)"}"#
        )
    }

    func forceCancel(_ id: RequestID, as user: String? = "anna") async throws -> Reply {
        try await call(.post, "requests/\(id)/forceCancel", as: user)
    }
}
