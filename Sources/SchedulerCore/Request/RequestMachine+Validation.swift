/// What becomes of requests whose definition or job set is deleted by force (runtime §2.1, administration §1.4).
extension RequestMachine {
    /// A recurring parent goes on until its pending instance is found invalid; whoever runs keeps its snapshot.
    static func definitionDeleted(_ next: inout Transitioner) -> Verdict {
        guard !next.request.lineage.type.isRecurringParent else { return .unchanged }
        switch next.request.state {
        case .wait, .hold, .ready, .blocked:
            next.move(.definitionDeleted, to: .pendingValidation)
            next.request.readyTime = nil
            return next.verdict
        default: return .unchanged
        }
    }

    /// Back to where it came from: whoever was queued queues again.
    static func validated(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.validated, next.request) else { return .dropped(.cannotArise) }
        next.move(.validated, to: next.request.previousState == .hold ? .hold : .wait)
        return next.verdict
    }

    static func invalid(_ next: inout Transitioner, cause: Cause, text: String) -> Verdict {
        guard isLegal(.invalid, next.request) else { return .dropped(.cannotArise) }
        next.note(text)
        next.finish(.invalid, .validationFailed, cause: cause)
        return next.verdict
    }
}

extension RequestEvent {
    /// What the metadata in force make of a request in PENDING_VALIDATION.
    static func validation(of request: JobRequest, in catalogue: Catalogue) -> RequestEvent {
        let id = request.facts.definitionID
        guard catalogue[id] == nil else { return .validated }
        return .invalid(.metadataNotFound, text: "\(id) was deleted.")
    }
}
