package import SchedulerCore

/// What people do with requests: cancel, forceCancel, hold, release, delete (REST §5.6, §5.7, §6).
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
    /// - Returns: the request afterwards, durable.
    /// - Throws: in this order ESS-01001, ESS-02003 or ESS-02004, the refusal of the state, ESS-01051; `StoreFault`.
    package func perform(
        _ operation: Operation,
        on id: RequestID,
        caller: Caller
    ) async throws -> JobRequest {
        let entry = caller.audit(operation.rawValue, attestation: operation.attestation)
        do {
            _ = try await access.request(id, for: operation.right, caller: caller)
        } catch let error as SchedulerError {
            await denials.record(error, entry: Self.unattested(entry), target: id)
            throw error
        }
        let result = try await gateway.perform(RequestCommand(id, operation.event, audit: entry))
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

    /// A refused call attests nothing (REST C78).
    private static func unattested(_ entry: AuditEntry) -> AuditEntry {
        AuditEntry(
            principal: entry.principal,
            action: entry.action,
            authMethod: entry.authMethod,
            clientAddress: entry.clientAddress,
            trace: entry.trace
        )
    }
}
