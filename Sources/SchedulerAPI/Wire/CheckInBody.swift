package import SchedulerCore

/// Body of checkInCancelling: a job asks whether it is being cancelled (REST §5.10).
package struct CheckInBody: WireBody {
    package var context: RequestExecutionContext

    package init(context: RequestExecutionContext) { self.context = context }

    /// - Throws: the codes of decoding; ESS-05017 for a context that is not `<requestId>,<handle>`.
    package init(_ json: JSONValue) throws(SchedulerError) {
        let text = try json.required("requestExecutionContext").requireString()
        self.init(context: try RequestExecutionContext(parsing: text))
    }
}
