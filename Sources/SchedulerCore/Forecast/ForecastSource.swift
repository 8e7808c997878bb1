/// What a forecast is made from, beside requests that wait for their own start time: a recurring parent, held or not,
/// or a request that is held.
package struct ForecastSource: Hashable, Sendable {
    package let request: JobRequest
    /// Of a recurring parent, with the policy that decides over instants which have passed.
    package let schedule: JobSchedule?
    package let catchUp: CatchUpPolicy
    /// The next instance of a recurring parent; nil where there is none, or the reader may not see it.
    package let next: JobRequest?

    package init(
        request: JobRequest,
        schedule: JobSchedule? = nil,
        catchUp: CatchUpPolicy = .all,
        next: JobRequest? = nil
    ) {
        self.request = request
        self.schedule = schedule
        self.catchUp = catchUp
        self.next = next
    }
}
