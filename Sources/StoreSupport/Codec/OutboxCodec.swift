package import SchedulerCore

/// Rows of the outbox. What is told is one packed column: no query looks into it.
package enum OutboxCodec {
    /// Columns in the order of `bind` and `entry(row:)`.
    package static let columnNames = [
        "request_id", "number", "channel", "subscriber_id", "notice", "status", "since_time", "due_time", "tries",
        "last_time", "last_status", "last_error",
    ]
    package static let columns = columnNames.joined(separator: ", ")
    package static let selection = columnNames.map { "o.\($0)" }.joined(separator: ", ")
    /// Those of `bindCourse`.
    package static let courseNames = Array(columnNames[5...])
    /// `status` of what waits for a try, as the indexes name it.
    package static let pending = 0

    package static func bind(_ entry: OutboxEntry, to row: some RowSink) {
        row.bind(entry.requestID.value)
        row.bind(entry.number)
        row.bind(StoredCodes.outboxChannels.code(entry.channel))
        row.bind(entry.subscriberID.value)
        row.bind(encode(entry.notice))
        bindCourse(of: entry, to: row)
    }

    /// Binds what changes, in the order of `courseNames`.
    package static func bindCourse(of entry: OutboxEntry, to row: some RowSink) {
        row.bind(StoredCodes.deliveryStatuses.code(entry.status))
        row.bind(entry.since.milliseconds)
        row.bind(entry.due.milliseconds)
        row.bind(entry.tries)
        row.bind(entry.lastTry?.milliseconds)
        row.bind(entry.lastStatus.map { Int64($0) })
        row.bind(entry.lastError)
    }

    package static func entry(row: some RowSource) throws -> OutboxEntry {
        let id = RequestID(row.integer())
        let number = Int(clamping: row.integer())
        let channel = try StoredCodes.outboxChannels.value(row.integer())
        let subscriber = RequestID(row.integer())
        guard let notice = try row.blob(notice) else { throw PackedReader.corrupt }
        let status = try StoredCodes.deliveryStatuses.value(row.integer())
        var entry = OutboxEntry(
            requestID: id,
            number: number,
            channel: channel,
            subscriberID: subscriber,
            notice: notice,
            since: Timestamp(milliseconds: row.integer())
        )
        entry.status = status
        entry.due = Timestamp(milliseconds: row.integer())
        entry.tries = Int(clamping: row.integer())
        entry.lastTry = row.optionalInteger().map { Timestamp(milliseconds: $0) }
        entry.lastStatus = row.optionalInteger().map { Int(clamping: $0) }
        entry.lastError = row.optionalText()
        return entry
    }

    /// An entry, then the callback of its subscriber and the parameters of its request as far as they were asked for,
    /// and the trace of its request.
    package static func due(row: some RowSource) throws -> DueDelivery {
        let entry = try entry(row: row)
        let callback = try row.blob(DetailCodec.callback)
        let parameters = try row.blob(ParameterCodec.decode) ?? []
        return DueDelivery(entry: entry, callback: callback, parameters: parameters, trace: row.optionalText())
    }

    private static func encode(_ notice: EventNotice) -> [UInt8] {
        var writer = PackedWriter()
        writer.integer(StoredCodes.eventNames.code(notice.event))
        writer.integer(notice.absParentID.value)
        writer.text(notice.definitionID)
        writer.integer(Int64(notice.state.code))
        // No state has the number 0.
        writer.integer(Int64(notice.previousState?.code ?? 0))
        writer.integer(StoredCodes.causes.code(notice.cause))
        writer.integer(notice.errorType.map(StoredCodes.errorTypes.code) ?? noErrorType)
        writer.optionalText(notice.message)
        writer.integer(Int64(notice.attempt))
        writer.integer(notice.time.milliseconds)
        return writer.bytes
    }

    private static let noErrorType: Int64 = -1

    private static func notice(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> EventNotice {
        var reader = PackedReader(bytes)
        let event = try StoredCodes.eventNames.value(reader.integer())
        let absParent = RequestID(try reader.integer())
        let definition = try reader.text()
        let state = try StoredCodes.state(reader.integer())
        let previous = try reader.integer()
        let cause = try StoredCodes.causes.value(reader.integer())
        let errorType = try reader.integer()
        return EventNotice(
            event: event,
            absParentID: absParent,
            definitionID: definition,
            state: state,
            previousState: previous == 0 ? nil : try StoredCodes.state(previous),
            cause: cause,
            errorType: errorType == noErrorType ? nil : try StoredCodes.errorTypes.value(errorType),
            message: try reader.optionalText(),
            attempt: Int(clamping: try reader.integer()),
            time: Timestamp(milliseconds: try reader.integer())
        )
    }
}
