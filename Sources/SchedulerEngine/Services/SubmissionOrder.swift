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

    /// In any spelling.
    package var definition: String
    package var application: String?
    package var description: String?
    package var parameters: [SubmittedParameter] = []
    package var properties = SubmittedProperties()
    package var startTime: Timestamp?
    package var endTime: Timestamp?
    package var callback: Callback?

    package init(definition: String) { self.definition = definition }
}
