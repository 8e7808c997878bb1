package import SchedulerCore

/// Something that was or is to be told of a request (administration §6.1).
package struct DeliveryView: AnswerView {
    package let json: JSONValue
    package let number: Int64
    package let tries: Int

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        number = try json.needed("number", json.whole)
        tries = try json.needed("tries", json.count)
    }

    package var requestId: RequestID? { json.requestID("requestId") }
    package var channel: OutboxChannel? { json.named("channel") }
    package var event: RequestEventName? { json.named("event") }
    package var status: DeliveryStatus? { json.named("status") }
    package var requestState: RequestState? { json.named("requestState") }
    package var idempotencyKey: String? { json.text("idempotencyKey") }
    /// HTTP status of the last try.
    package var lastStatus: Int? { json.count("lastStatus") }
    package var lastError: String? { json.text("lastError") }
    package var time: Timestamp? { json.instant("time") }
    package var lastTryTime: Timestamp? { json.instant("lastTryTime") }
    /// Nil unless it is pending.
    package var nextTryTime: Timestamp? { json.instant("nextTryTime") }
}
