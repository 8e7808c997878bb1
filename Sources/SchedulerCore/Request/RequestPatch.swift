/// What a caller changes about a request that waits (REST §5.5); nil = stays as it is.
package struct RequestPatch: Hashable, Sendable {
    /// A schedule with the catch-up policy that is in force with it.
    package struct Schedule: Hashable, Sendable {
        package let schedule: JobSchedule
        package let catchUp: CatchUpPolicy

        package init(_ schedule: JobSchedule, catchUp: CatchUpPolicy) {
            self.schedule = schedule
            self.catchUp = catchUp
        }
    }

    /// Set first, each by its name; those that the request does not have yet are added.
    package var parameters: [SubmittedParameter]
    /// Of a recurring parent alone.
    package var schedule: Schedule?
    package var start: Timestamp?
    package var end: Timestamp?
    /// Replaces the one that the request may have.
    package var callback: CallbackSubscription?

    package init(
        parameters: [SubmittedParameter] = [],
        schedule: Schedule? = nil,
        start: Timestamp? = nil,
        end: Timestamp? = nil,
        callback: CallbackSubscription? = nil
    ) {
        self.parameters = parameters
        self.schedule = schedule
        self.start = start
        self.end = end
        self.callback = callback
    }

    /// Whether it leaves alone what may only be changed while a request waits.
    package var changesCallbackOnly: Bool { callback != nil && parameters.isEmpty && !replacesSchedule }

    package var changesTimes: Bool { start != nil || end != nil }

    /// Whether a recurring parent begins its schedule, another one or the same, anew (runtime §3.3).
    package var replacesSchedule: Bool { schedule != nil || changesTimes }
}

/// What people do to the schedule of a recurring parent without replacing it (runtime §5.3).
package enum ScheduleControl: String, CaseIterable, Hashable, Sendable {
    /// The next instance moves on to the following instant.
    case skip
    /// One more instance is made, due now.
    case runNow
    /// No instance follows.
    case end
}
