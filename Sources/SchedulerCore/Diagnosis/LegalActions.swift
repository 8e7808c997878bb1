/// Events of the API that may be given to a request now: the cells of the table, less what the request itself forbids.
enum LegalActions {
    static func of(_ facts: DiagnosisFacts) -> [RequestEventKind] {
        RequestTransition.table.filter { row in
            row.event.isFromAPI && row.cells[facts.request.state] != nil && isAllowed(row.event, facts)
        }.map(\.event)
    }

    /// Conditions beyond the state, each as the machine asks for it.
    private static func isAllowed(_ event: RequestEventKind, _ facts: DiagnosisFacts) -> Bool {
        let request = facts.request
        switch event {
        case .forceCancel:
            let after = facts.settings.forceCancelAfter
            return ForceCancelRule.refusal(request, now: facts.now, forceCancelAfter: after) == nil
        case .complete: return request.canBeCompleted
        case .delete: return request.lineage.type.isRoot && request.deletedTime == nil
        case .replaceSchedule, .controlSchedule: return request.lineage.type.isRecurringParent
        case .recoverRetry, .recoverError, .recoverCancelled:
            return request.state == .errorManualRecovery || facts.isOwnerLost
        case .submitSubRequest, .reportSuccess, .reportWarning, .reportError, .reportBusinessError, .reportCancel,
            .reportPause, .reportSuspend, .reportUpdate, .checkIn:
            return request.handleStatus == .live
        default: return true
        }
    }
}
