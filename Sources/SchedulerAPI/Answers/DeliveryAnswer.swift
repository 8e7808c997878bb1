package import SchedulerCore

/// An event that was or is to be told, as `/api/v1/requests/{id}/deliveries` shows it (administration §6.1).
package struct DeliveryAnswer: Sendable {
    package let entry: OutboxEntry

    package init(entry: OutboxEntry) { self.entry = entry }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        write(to: &writer)
        return writer.bytes
    }

    func write(to writer: inout JSONWriter) {
        let isPending = entry.status == .pending
        writer.beginObject()
        writer.member("channel", entry.channel.rawValue)
        writer.member("event", entry.notice.event.rawValue)
        writer.member("idempotencyKey", entry.key.idempotencyKey)
        writer.member("lastError", entry.lastError)
        writer.member("lastStatus", entry.lastStatus)
        writer.member("lastTryTime", entry.lastTry)
        writer.member("nextTryTime", isPending ? entry.due : nil)
        writer.member("number", entry.number)
        writer.member("requestId", entry.requestID.value)
        writer.member("requestState", entry.notice.state.rawValue)
        writer.member("status", entry.status.rawValue)
        writer.member("subscriberId", entry.subscriberID.value)
        writer.member("time", entry.notice.time)
        writer.member("tries", entry.tries)
        writer.endObject()
    }
}

/// The events of a request, oldest first.
package struct DeliveryListAnswer: Sendable {
    package let entries: [OutboxEntry]

    package init(entries: [OutboxEntry]) { self.entries = entries }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 64 + 512 * entries.count)
        writer.beginObject()
        writer.member("count", entries.count)
        writer.name("items")
        writer.beginArray()
        for entry in entries { DeliveryAnswer(entry: entry).write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
