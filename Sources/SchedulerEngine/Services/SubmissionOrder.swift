package import SchedulerCore

/// What a caller wants submitted, decoded but not yet held against any definition (REST §3.2).
package struct SubmissionOrder: Sendable {
    /// Callback as asked for, with its secret in plain text: sealed before it is stored.
    package struct Callback: Sendable {
        package var subscription: CallbackSubscription
        package var clientSecret: String?

        package init(subscription: CallbackSubscription, clientSecret: String?) {
            self.subscription = subscription
            self.clientSecret = clientSecret
        }
    }

    /// When it is to run again and again.
    package enum Schedule: Hashable, Sendable {
        case inline(WrittenSchedule)
        /// Id of a stored schedule, in any spelling.
        case stored(String)
    }

    /// A running request and the handle of its invocation.
    package struct Execution: Hashable, Sendable {
        package let requestID: RequestID
        package let handle: String

        package init(requestID: RequestID, handle: String) {
            self.requestID = requestID
            self.handle = handle
        }
    }

    /// In any spelling.
    package var definition: String
    package var application: String?
    package var description: String?
    package var parameters: [SubmittedParameter] = []
    package var properties = SubmittedProperties()
    package var startTime: WrittenTime?
    package var endTime: WrittenTime?
    package var schedule: Schedule?
    /// The running invocation whose sub-request this is to be.
    package var execution: Execution?
    package var callback: Callback?

    package init(definition: String) { self.definition = definition }
}
