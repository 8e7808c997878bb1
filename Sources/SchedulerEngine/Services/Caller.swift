package import SchedulerCore

/// Who called and how, as the transport found out: the authenticated half of every service call.
package struct Caller: Sendable {
    package let principal: Principal
    /// `basic` or `handle`.
    package let authMethod: String
    package let clientAddress: String?
    /// Trace id of the call, 32 hexadecimal digits.
    package let trace: String?

    package init(principal: Principal, authMethod: String, clientAddress: String? = nil, trace: String? = nil) {
        self.principal = principal
        self.authMethod = authMethod
        self.clientAddress = clientAddress
        self.trace = trace
    }

    package func audit(_ action: String, attestation: String? = nil, reason: String? = nil) -> AuditEntry {
        AuditEntry(
            principal: principal.userName,
            action: action,
            authMethod: authMethod,
            clientAddress: clientAddress,
            attestation: attestation,
            trace: trace,
            reason: reason
        )
    }
}
