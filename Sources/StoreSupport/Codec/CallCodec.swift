package import SchedulerCore

/// Rows of calls that were carried out under a key. The answer is one packed column: no query looks into it.
package enum CallCodec {
    /// Columns in the order of `bind` and `call(row:)`.
    package static let columnNames = ["caller", "call_key", "fingerprint", "time", "answer"]
    package static let columns = columnNames.joined(separator: ", ")

    package static func bind(_ call: RecordedCall, to row: some RowSink) {
        row.bind(call.call.key.caller)
        row.bind(call.call.key.value)
        row.bind(call.call.fingerprint)
        row.bind(call.time.milliseconds)
        row.bind(encode(call.answer))
    }

    package static func call(row: some RowSource) throws -> RecordedCall {
        let key = CallKey(caller: row.text(), value: row.text())
        let call = IdempotentCall(key: key, fingerprint: row.blob { Array($0) } ?? [])
        let time = Timestamp(milliseconds: row.integer())
        guard let answer = try row.blob(decode) else { throw PackedReader.corrupt }
        return RecordedCall(call, answer, time: time)
    }

    private enum Kind {
        static let done: UInt8 = 0
        static let request: UInt8 = 1
        static let message: UInt8 = 2
    }

    /// No request has the number 0.
    private static let noParent: Int64 = 0

    private static func encode(_ answer: RecordedAnswer) -> [UInt8] {
        var writer = PackedWriter()
        switch answer {
        case .done: writer.byte(Kind.done)
        case .request(let request):
            writer.byte(Kind.request)
            writer.integer(request.id.value)
            writer.integer(request.parentID?.value ?? noParent)
            writer.integer(request.absParentID.value)
            writer.integer(request.instanceParentID.value)
            writer.byte(request.isCancelling ? 1 : 0)
        case .message(let message):
            writer.byte(Kind.message)
            writer.integer(Int64(message.status))
            writer.integer(Int64(message.fields.count))
            for field in message.fields {
                writer.text(field.name)
                writer.text(field.value)
            }
            writer.packed(message.body)
        }
        return writer.bytes
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> RecordedAnswer {
        var reader = PackedReader(bytes)
        switch try reader.byte() {
        case Kind.done: return .done
        case Kind.request:
            let id = RequestID(try reader.integer())
            let parent = try reader.integer()
            return .request(
                AnsweredRequest(
                    id: id,
                    parentID: parent == noParent ? nil : RequestID(parent),
                    absParentID: RequestID(try reader.integer()),
                    instanceParentID: RequestID(try reader.integer()),
                    isCancelling: try reader.byte() != 0
                )
            )
        case Kind.message: return .message(try message(&reader))
        default: throw PackedReader.corrupt
        }
    }

    private static func message(_ reader: inout PackedReader) throws(StoreFault) -> RecordedMessage {
        let status = Int(clamping: try reader.integer())
        var fields: [RecordedMessage.Field] = []
        for _ in 0..<(try reader.count()) {
            fields.append(RecordedMessage.Field(name: try reader.text(), value: try reader.text()))
        }
        let body = try reader.packed { bytes throws(StoreFault) in Array(bytes) }
        return RecordedMessage(status: status, fields: fields, body: body ?? [])
    }
}
