/// An event on its way to one receiver: made in the transaction of the event, kept until the request is purged.
package struct OutboxEntry: Hashable, Sendable {
    package let requestID: RequestID
    /// 1, 2, … of the request, in the order of its events.
    package let number: Int
    package let channel: OutboxChannel
    /// The request whose subscription or parameters name the receiver.
    package let subscriberID: RequestID
    package let notice: EventNotice

    package var status = DeliveryStatus.pending
    /// When the horizon began: with the event, or when somebody asked for it once more.
    package var since: Timestamp
    /// Instant of the next try; means nothing once the entry is not pending.
    package var due: Timestamp
    package var tries = 0
    package var lastTry: Timestamp?
    /// HTTP status of the last answer; nil where none came.
    package var lastStatus: Int?
    /// Why the last try failed, safe to show; nil where it did not.
    package var lastError: String?

    package init(
        requestID: RequestID,
        number: Int,
        channel: OutboxChannel,
        subscriberID: RequestID,
        notice: EventNotice,
        since: Timestamp
    ) {
        self.requestID = requestID
        self.number = number
        self.channel = channel
        self.subscriberID = subscriberID
        self.notice = notice
        self.since = since
        due = since
    }

    package var key: OutboxKey { OutboxKey(requestID: requestID, number: number) }
}

/// Names an entry.
package struct OutboxKey: Hashable, Sendable {
    package let requestID: RequestID
    package let number: Int

    package init(requestID: RequestID, number: Int) {
        self.requestID = requestID
        self.number = number
    }

    /// The same at every try, and of no other entry of the installation.
    package var idempotencyKey: String { "escapement-\(requestID)-\(number)" }
}

/// Why somebody is told. Entries of a request on one channel go out one after the other; channels do not wait for each
/// other, since their receivers differ.
package enum OutboxChannel: String, CaseIterable, Hashable, Sendable {
    /// The request's own subscription.
    case callback
    /// The subscription of the recurring parent.
    case parentCallback
    /// `SYS_listener`.
    case listener
}

/// How far an entry has come.
package enum DeliveryStatus: String, CaseIterable, Hashable, Sendable {
    case pending = "PENDING"
    case delivered = "DELIVERED"
    /// Not delivered within its horizon.
    case expired = "EXPIRED"
    /// The subscription was removed before.
    case dropped = "DROPPED"
}
