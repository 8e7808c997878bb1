import SchedulerCore

/// What a receiver is told, as JSON (REST §5.8). The same bytes at every try.
enum NoticeBody {
    static func bytes(of entry: OutboxEntry) -> [UInt8] {
        let notice = entry.notice
        var json = JSONText()
        json.object { json in
            json.member("requestId", entry.requestID.value)
            json.member("state", notice.state.rawValue)
            json.member("resultMessage", notice.message)
            json.member("absParentRequestId", notice.absParentID.value)
            json.member("event", notice.event.rawValue)
            json.member("errorType", notice.errorType?.rawValue)
            json.member("cause", notice.cause.rawValue)
            json.member("executionAttempt", Int64(notice.attempt))
            json.member("time", notice.time.description)
            // A listener hears of more than ends (administration §6.3).
            if entry.channel == .listener {
                json.member("jobDefinitionId", notice.definitionID)
                json.member("previousState", notice.previousState?.rawValue)
            }
        }
        return json.bytes
    }
}
