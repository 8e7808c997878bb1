package import SchedulerCore

/// What an operator decides about a request, beyond the operations without a body (administration §6.1).
package enum OperatorDecision: Hashable, Sendable {
    case priority(Int)
    case recover(RecoveryOutcome, reason: String?)
    /// Reports for a job whose answer is lost; the caller has attested that it ended so.
    case complete(ReportStatus, text: String?)

    /// As the route and the audit trail name it.
    package enum Name: String, CaseIterable, Hashable, Sendable {
        case priority
        case recover
        case complete
    }

    package var name: Name {
        switch self {
        case .priority: .priority
        case .recover: .recover
        case .complete: .complete
        }
    }

    var event: RequestEvent {
        switch self {
        case .priority(let priority): .changePriority(priority)
        case .recover(let outcome, _): .recover(outcome)
        case .complete(let status, let text): .complete(status, text: text)
        }
    }

    var reason: String? {
        if case .recover(_, let reason) = self { reason } else { nil }
    }

    var attestation: String? {
        if case .complete(let status, _) = self { "The job ended as reported: \(status.rawValue)." } else { nil }
    }
}
