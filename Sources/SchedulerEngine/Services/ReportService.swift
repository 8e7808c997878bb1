package import SchedulerCore

/// What jobs say through their handles: executionStatus and checkInCancelling (REST §5.9, §5.10).
package struct ReportService: Sendable {
    private let handles: HandleAccess
    private let gateway: CommandGateway
    private let denials: DenialRecorder

    package init(
        access: RequestAccess,
        gateway: CommandGateway,
        handles: HandleAuthority,
        denials: DenialRecorder
    ) {
        self.handles = HandleAccess(access: access, handles: handles)
        self.gateway = gateway
        self.denials = denials
    }

    /// Takes a report.
    ///
    /// - Parameters:
    ///   - status: what the job says.
    ///   - text: error, warning or paused state.
    ///   - id: of the request.
    ///   - handle: as presented; nil if none was.
    ///   - caller: nil without credentials.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the request afterwards.
    /// - Throws: in the order of REST §5.9: ESS-02001, 01001, 02005, 02003 or 02004, then 01052 and 01022.
    package func report(
        _ status: ReportStatus,
        text: String?,
        on id: RequestID,
        handle: String?,
        caller: Caller?,
        call: IdempotentCall? = nil
    ) async throws -> JobRequest {
        let epoch = try await admit(id, handle: handle, caller: caller, action: "executionStatus")
        return try await perform(.report(status, text: text, handle: epoch), on: id, call)
    }

    /// Takes a check-in.
    ///
    /// - Parameters:
    ///   - id: of the request.
    ///   - handle: as presented; nil if none was.
    ///   - caller: nil without credentials.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: true if the request is being cancelled.
    /// - Throws: as `report`; a handle that is closed or dead is ESS-01052.
    package func checkIn(
        on id: RequestID,
        handle: String?,
        caller: Caller?,
        call: IdempotentCall? = nil
    ) async throws -> Bool {
        let epoch = try await admit(id, handle: handle, caller: caller, action: "checkInCancelling")
        return try await perform(.checkIn(handle: epoch), on: id, call).state == .cancelling
    }

    /// Proves handle and caller. Who has credentials and is denied leaves a record; an anonymous caller cannot fill the
    /// trail.
    private func admit(
        _ id: RequestID,
        handle: String?,
        caller: Caller?,
        action: String
    ) async throws -> AttemptEpoch {
        do {
            return try await handles.prove(id, handle: handle, caller: caller).epoch
        } catch let error as SchedulerError {
            if let caller { await denials.record(error, entry: caller.audit(action), target: id) }
            throw error
        }
    }

    private func perform(
        _ event: RequestEvent,
        on id: RequestID,
        _ call: IdempotentCall?
    ) async throws -> JobRequest {
        let result = try await gateway.perform(RequestCommand(id, event, call: call))
        switch result.outcome {
        case .applied, .unchanged:
            guard let request = result.request else { throw SchedulerError(1001, id.description) }
            return request
        case .refused(let error):
            throw error
        case .dropped:
            throw SchedulerError(1052, id.description)
        }
    }
}
