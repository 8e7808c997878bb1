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
        let id = try await submit(definition, as: user)
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
        case .errorAutoRetry, .ready, .completed, .blocked, .expired, .pendingValidation, .validationFailed,
            .scheduleEnded, .finished, .errorManualRecovery:
            throw StoreFault("no way to \(state.rawValue) is written down")
        }
        return id
    }

    /// Lets the node take the request; an asynchronous one waits for its answer then.
    func start(_ id: RequestID) async throws {
        try await turn()
        if try stored(id).facts.isAsynchronous == true {
            try await perform(.asynchronousStartAccepted(externalID: nil), on: id)
        }
    }

    private func startAndReport(_ status: ReportStatus, _ id: RequestID) async throws {
        try await start(id)
        let epoch = try present(stored(id).epoch)
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
