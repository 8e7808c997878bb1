package import SchedulerCore

/// Names the running request, and its invocation, that a call comes from (REST §3.2, §5.10).
package struct RequestExecutionContext: Hashable, Sendable {
    package var requestId: RequestID
    package var requestHandle: SecretText

    package init(requestId: RequestID, requestHandle: SecretText) {
        self.requestId = requestId
        self.requestHandle = requestHandle
    }

    /// The form of submit: an object, both members required.
    package init(_ json: JSONValue) throws(SchedulerError) {
        try json.requireObject()
        self.init(
            requestId: RequestID(try json.required("requestId").requireInteger(in: Int64.min...Int64.max)),
            requestHandle: SecretText(try json.required("requestHandle").requireString())
        )
    }

    /// The form of checkInCancelling: `<requestId>,<handle>`.
    ///
    /// - Throws: ESS-05017.
    package init(parsing text: String) throws(SchedulerError) {
        guard let comma = text.firstIndex(of: ","), let id = Int64(wire: text[..<comma]) else {
            throw SchedulerError(5017)
        }
        let handle = text[text.index(after: comma)...]
        guard !handle.isEmpty else { throw SchedulerError(5017) }
        self.init(requestId: RequestID(id), requestHandle: SecretText(String(handle)))
    }
}

extension Int64 {
    /// Decimal digits, with a minus sign in front of negative numbers; nil for anything else, also a plus sign.
    init?(wire text: some StringProtocol) {
        guard text.utf8.first != UInt8(ascii: "+"), let number = Int64(text) else { return nil }
        self = number
    }
}

extension RequestID {
    /// The id in a path: any 64-bit integer, also one that can name no request (REST §1).
    ///
    /// - Throws: ESS-05009.
    package init(path text: some StringProtocol) throws(SchedulerError) {
        guard let number = Int64(wire: text) else { throw SchedulerError(5009, String(text)) }
        self.init(number)
    }
}
