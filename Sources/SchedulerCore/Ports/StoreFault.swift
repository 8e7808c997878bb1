/// A store cannot do what it was asked: a fault of disk, data or program, never of the caller.
package struct StoreFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// Nothing was written; the same call may succeed later (ESS-06001).
        case unavailable
        /// The call failed and changed nothing, unless the description says that this is unknown (ESS-06002).
        case failed
        /// A read took longer than the store lets one take (ESS-06003).
        case timedOut(after: Duration)
    }

    package let kind: Kind
    /// Safe to log; no values of requests.
    package let description: String

    package init(_ description: String, kind: Kind = .failed) {
        self.kind = kind
        self.description = description
    }

    /// What callers are told.
    package var schedulerError: SchedulerError {
        switch kind {
        case .unavailable: SchedulerError(6001)
        case .failed: SchedulerError(6002, description)
        case .timedOut(let limit):
            // The configuration takes milliseconds, too.
            SchedulerError(
                6003,
                limit.wholeMilliseconds % 1000 == 0
                    ? "\(limit.components.seconds) s" : "\(limit.wholeMilliseconds) ms"
            )
        }
    }
}
