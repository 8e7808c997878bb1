/// Conditions of forceCancel as far as the request itself decides them (runtime §3.2, steps 3 to 5).
///
/// Existence and the caller's right come before, the write's guard after.
package enum ForceCancelRule {
    /// Instant from which forceCancel is allowed: later of cancel and last check-in, plus `forceCancelAfter`.
    ///
    /// Nil unless the request is CANCELLING and waits for an asynchronous answer.
    package static func earliestTime(_ request: JobRequest, forceCancelAfter: Duration) -> Timestamp? {
        guard request.state == .cancelling, request.awaitsAsynchronousAnswer, let begun = request.cancelUpdateTime
        else { return nil }
        return begun + forceCancelAfter
    }

    /// The refusal at `now`; nil if steps 3 to 5 refuse nothing. The earliest instant itself is allowed.
    package static func refusal(
        _ request: JobRequest,
        now: Timestamp,
        forceCancelAfter: Duration
    ) -> SchedulerError? {
        guard request.state == .cancelling else {
            return SchedulerError(1013, String(request.id.value), request.state.rawValue)
        }
        guard let earliest = earliestTime(request, forceCancelAfter: forceCancelAfter) else {
            return SchedulerError(1014, String(request.id.value))
        }
        guard now >= earliest else {
            return SchedulerError(1015, String(request.id.value), earliest.description)
        }
        return nil
    }
}
