/// The life cycle of a request as a pure function: event and instant in, next value and effects out (runtime §2).
///
/// It touches nothing. Stores call it inside their transactions, the simulator attacks it, the table checks it.
package enum RequestMachine {
    /// Settings that decisions depend on; a changed value counts from the next decision on.
    package struct Settings: Hashable, Sendable {
        /// Pause between cancel or last check-in and the first allowed forceCancel.
        package var forceCancelAfter: Duration
        /// How schedules of workshifts are read.
        package var recurrence: RecurrenceSettings
        /// READY or BLOCKED for longer than this is starving (runtime §4).
        package var starvationThreshold: Duration

        package init(
            forceCancelAfter: Duration = .seconds(30 * 60),
            recurrence: RecurrenceSettings = RecurrenceSettings(),
            starvationThreshold: Duration = .seconds(60 * 60)
        ) {
            self.forceCancelAfter = forceCancelAfter
            self.recurrence = recurrence
            self.starvationThreshold = starvationThreshold
        }
    }

    /// Decides an event.
    ///
    /// - Parameters:
    ///   - event: what happens.
    ///   - request: the stored value, read in the transaction that will write the answer.
    ///   - now: store time of that transaction.
    ///   - settings: the settings in force.
    /// - Returns: the next value, or why there is none. Pure: the same arguments give the same answer.
    package static func decide(
        _ event: RequestEvent,
        for request: JobRequest,
        now: Timestamp,
        settings: Settings
    ) -> Verdict {
        var next = Transitioner(request, now: now)
        switch event {
        case .cancel: return cancel(&next)
        case .forceCancel: return forceCancel(&next, settings: settings)
        case .hold: return hold(&next)
        case .release: return release(&next)
        case .delete: return delete(&next)
        case .patch(let patch): return self.patch(&next, patch)
        case .refresh: return refresh(&next)
        case .controlSchedule: return controlSchedule(&next)
        case .changePriority(let priority): return changePriority(&next, priority)
        case .subscribe: return subscribe(&next)
        case .unsubscribe: return unsubscribe(&next)
        case .recover(let outcome): return recover(&next, outcome)
        case .complete(let status, let text): return complete(&next, status, text: text)
        case .report(let status, let text, let handle): return report(&next, status, text: text, handle: handle)
        case .checkIn(let handle): return checkIn(&next, handle: handle)
        case .validated: return validated(&next)
        case .invalid(let cause, let text): return invalid(&next, cause: cause, text: text)
        case .definitionDeleted: return definitionDeleted(&next)
        case .dueWithoutSlot: return dueWithoutSlot(&next)
        case .locksNotFree: return locksNotFree(&next)
        case .locksFree: return locksFree(&next)
        case .lockCycle(let text): return lockCycle(&next, text: text)
        case .start(let epoch, let node, let processor, let work):
            return start(&next, epoch: epoch, node: node, processor: processor, work: work)
        case .resume(let epoch, let node, let processor, let work):
            return resume(&next, epoch: epoch, node: node, processor: processor, work: work)
        case .userUnusable(let cause, let text): return userUnusable(&next, cause: cause, text: text)
        case .processPrepared(let identity): return processPrepared(&next, identity)
        case .asynchronousStartAccepted(let externalID): return startAccepted(&next, externalID: externalID)
        case .executableEnded(let outcome): return executableEnded(&next, outcome)
        case .preProcessed(let answer): return preProcessed(&next, answer)
        case .postProcess(let epoch, let node, let processor):
            return postProcess(&next, epoch: epoch, node: node, processor: processor)
        case .postProcessed(let answer): return postProcessed(&next, answer)
        case .attemptEndedByServer: return attemptEndedByServer(&next)
        case .nodeLost(let reason): return nodeLost(&next, reason: reason)
        case .timer: return timer(&next)
        case .cancelCallAnswered: return cancelCallAnswered(&next)
        case .familyChanged(let news): return familyChanged(&next, news)
        case .parentEndedUnpaused: return parentEndedUnpaused(&next)
        case .overlapped: return overlapped(&next)
        }
    }

    /// The refusal of the event's row, with id and state as its first two placeholders.
    static func refusal(_ event: RequestEventKind, _ request: JobRequest, _ extra: String...) -> Verdict {
        guard let code = RequestTransition.row(event).refusal else { return .dropped(.cannotArise) }
        return .refused(SchedulerError(code, arguments: [request.id.description, request.state.rawValue] + extra))
    }

    static func isLegal(_ event: RequestEventKind, _ request: JobRequest) -> Bool {
        RequestTransition.row(event).cells[request.state] != nil
    }
}
