package import SchedulerCore

/// Body of checkInCancelling: a job asks whether it is being cancelled (REST §5.10).
package struct CheckInBody: Hashable, Sendable {
    package var context: RequestExecutionContext

    package init(context: RequestExecutionContext) { self.context = context }

    package init(json: [UInt8]) throws(SchedulerError) { try self.init(JSONReader.read(json)) }

    /// - Throws: the codes of decoding; ESS-05017 for a context that is not `<requestId>,<handle>`.
    package init(_ json: JSONValue) throws(SchedulerError) {
        try json.requireObject()
        let text = try json.required("requestExecutionContext").requireString()
        self.init(context: try RequestExecutionContext(parsing: text))
    }
}
