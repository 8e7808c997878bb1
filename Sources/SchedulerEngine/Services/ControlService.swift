package import SchedulerCore

/// What people do with requests: cancel, forceCancel, hold, release, delete (REST §5.6, §5.7, §6), and what operators
/// decide about them (administration §6.1).
package struct ControlService: Sendable {
    /// One of the operations without a body.
    package enum Operation: String, CaseIterable, Hashable, Sendable {
        case cancel
        case forceCancel
        case hold
        case release
        case delete

        var right: RequestAction {
            switch self {
            case .cancel, .forceCancel: .cancel
            case .hold: .hold
            case .release: .release
            case .delete: .delete
            }
        }

        var event: RequestEvent {
            switch self {
            case .cancel: .cancel
            case .forceCancel: .forceCancel
            case .hold: .hold
            case .release: .release
            case .delete: .delete
            }
        }

        /// What the call itself vouches for (REST §6, condition 1).
        var attestation: String? {
            self == .forceCancel ? "The remote job is not running." : nil
        }
    }

    private let access: RequestAccess
    private let gateway: CommandGateway
    private let denials: DenialRecorder

    package init(access: RequestAccess, gateway: CommandGateway, denials: DenialRecorder) {
        self.access = access
        self.gateway = gateway
        self.denials = denials
    }

    /// Performs the operation.
    ///
    /// - Parameters:
    ///   - operation: what to do.
    ///   - id: of the request.
    ///   - caller: who asks; needs the operation's right.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the request afterwards, durable.
    /// - Throws: in this order ESS-01001, ESS-02003 or ESS-02004, the refusal of the state, ESS-01051; `StoreFault`.
    package func perform(
        _ operation: Operation,
        on id: RequestID,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> JobRequest {
        try await check(id, for: operation.right, action: operation.rawValue, caller: caller)
        let entry = caller.audit(operation.rawValue, attestation: operation.attestation)
        return try await perform(operation.event, on: id, entry, call)
    }

    /// The first checks of an operator's decision, before its body is looked at.
    ///
    /// - Parameters:
    ///   - name: of the decision.
    ///   - id: of the request.
    ///   - caller: needs UPDATE.
    /// - Throws: in this order ESS-01001, ESS-02003 or ESS-02004; `StoreFault`.
    package func check(_ name: OperatorDecision.Name, on id: RequestID, caller: Caller) async throws {
        try await check(id, for: .update, action: name.rawValue, caller: caller)
    }

    /// Carries out what an operator has decided; the caller has passed `check(_:on:caller:)`.
    ///
    /// - Parameters:
    ///   - decision: what shall be.
    ///   - id: of the request.
    ///   - caller: who asks.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the request afterwards, durable.
    /// - Throws: ESS-01025, 01026, 01027 where the state does not allow it, ESS-01051; `StoreFault`.
    package func perform(
        _ decision: OperatorDecision,
        on id: RequestID,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> JobRequest {
        let entry = caller.audit(
            decision.name.rawValue,
            attestation: decision.attestation,
            reason: decision.reason
        )
        return try await perform(decision.event, on: id, entry, call)
    }

    /// A refused call attests nothing (REST C78).
    private func check(_ id: RequestID, for right: RequestAction, action: String, caller: Caller) async throws {
        do {
            _ = try await access.request(id, for: right, caller: caller)
        } catch let error as SchedulerError {
            await denials.record(error, entry: caller.audit(action), target: id)
            throw error
        }
    }

    private func perform(
        _ event: RequestEvent,
        on id: RequestID,
        _ entry: AuditEntry,
        _ call: IdempotentCall?
    ) async throws -> JobRequest {
        let result = try await gateway.perform(RequestCommand(id, event, audit: entry, call: call))
        switch result.outcome {
        case .applied, .unchanged:
            guard let request = result.request else { throw SchedulerError(1001, id.description) }
            return request
        case .refused(let error):
            throw error
        case .dropped:
            throw SchedulerError(1051, id.description)
        }
    }
}
