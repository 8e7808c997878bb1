import SchedulerCore

/// Builds the request of an HTTP callout.
struct CalloutCall {
    let callout: Callout
    let url: String
    let invocation: Invocation
    let tokens: TokenResolver

    func request() async throws -> OutboundRequest {
        let target = try CallTemplate.parse(url, property: callout.property)
        let body = try JobCallBody(invocation, mode: .synchronous, callout: callout)
        let values = try await tokens.values(of: [target] + body.templates, for: invocation)
        return OutboundRequest(
            method: "POST",
            target: try CallURL.target(target, property: callout.property, values: values),
            headers: JobCall.jsonHeaders(of: invocation.request, key: key),
            body: try body.bytes(values: values)
        )
    }

    /// A callout that answered DELAY is called anew, not once more: each call has an epoch of its own.
    private var key: String {
        let request = invocation.request
        let epoch = request.epoch.map { "-\($0.value)" } ?? ""
        return "\(request.id)-\(request.attempt)-\(request.pausedCount)-\(callout.rawValue)\(epoch)"
    }
}
