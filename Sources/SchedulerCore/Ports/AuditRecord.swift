/// Who asks for a change and how: the part of an audit record that the caller knows (administration §5.9).
package struct AuditEntry: Hashable, Sendable {
    /// User name, or `system` for the scheduler itself.
    package let principal: String
    /// Verb of the operation: `cancel`, `forceCancel`, `submit`, …
    package let action: String
    /// `basic`, `handle`, …
    package let authMethod: String?
    package let clientAddress: String?
    /// What the caller vouches for: with forceCancel that the remote job does not run.
    package let attestation: String?
    package let trace: String?
    /// Why the caller wants it, in the caller's words.
    package let reason: String?

    package init(
        principal: String,
        action: String,
        authMethod: String? = nil,
        clientAddress: String? = nil,
        attestation: String? = nil,
        trace: String? = nil,
        reason: String? = nil
    ) {
        self.principal = principal
        self.action = action
        self.authMethod = authMethod
        self.clientAddress = clientAddress
        self.attestation = attestation
        self.trace = trace
        self.reason = reason
    }

    /// Name of the scheduler itself.
    package static let systemPrincipal = "system"

    /// The scheduler acting by itself.
    package static func system(_ action: String) -> AuditEntry {
        AuditEntry(principal: systemPrincipal, action: action)
    }

    /// The same caller doing something else.
    package func with(action: String) -> AuditEntry {
        AuditEntry(
            principal: principal,
            action: action,
            authMethod: authMethod,
            clientAddress: clientAddress,
            attestation: attestation,
            trace: trace
        )
    }
}

/// One line of the audit trail.
package struct AuditRecord: Hashable, Sendable {
    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        case ok
        case denied
        case failed
    }

    package let time: Timestamp
    package let entry: AuditEntry
    /// `Request`, or the kind of a metadata object.
    package let targetKind: String
    package let targetID: String
    package let outcome: Outcome
    package let errorCode: ErrorCode?
    /// What a change of metadata has changed, as JSON without secrets; nil for everything else.
    package let diff: String?

    package init(
        time: Timestamp,
        entry: AuditEntry,
        targetKind: String,
        targetID: String,
        outcome: Outcome,
        errorCode: ErrorCode? = nil,
        diff: String? = nil
    ) {
        self.time = time
        self.entry = entry
        self.targetKind = targetKind
        self.targetID = targetID
        self.outcome = outcome
        self.errorCode = errorCode
        self.diff = diff
    }

    /// A change of what is quiesced.
    package init(_ entry: AuditEntry, _ target: QuiesceTarget, time: Timestamp) {
        let (kind, id) = target.auditTarget
        self.init(time: time, entry: entry, targetKind: kind, targetID: id, outcome: .ok)
    }
}
