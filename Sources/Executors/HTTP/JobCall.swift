import SchedulerCore

/// Builds the requests of one invocation of a remote job.
struct JobCall {
    private static let json = "application/json"

    let invocation: Invocation
    let settings: CallSettings
    let tokens: TokenResolver

    /// The start call.
    func start() async throws -> OutboundRequest {
        settings.isSOAP ? try await startSOAP() : try await startHTTP()
    }

    /// The cancel call; nil if none is defined.
    func cancel(reason: Cause) async throws -> OutboundRequest? {
        if let url = property("SYS_EXT_httpCancelUrl") {
            let template = try CallTemplate.parse(url, property: "SYS_EXT_httpCancelUrl")
            let headers = try CallHeaders(parsing: property("SYS_EXT_httpHeaders"))
            let values = try await tokens.values(of: [template] + headers.templates, for: invocation)
            return OutboundRequest(
                method: "POST",
                target: try CallURL.target(template, property: "SYS_EXT_httpCancelUrl", values: values),
                headers: try headers.merged(over: ownHeaders(key: "\(idempotencyKey)-cancel"), values: values),
                body: JobCallBody.cancel(invocation, reason: reason)
            )
        }
        guard settings.isSOAP, let message = property("SYS_EXT_cancelMessage") else { return nil }
        return try await soap(message, property: "SYS_EXT_cancelMessage", action: "", key: "\(idempotencyKey)-cancel")
    }

    private func startHTTP() async throws -> OutboundRequest {
        guard let url = property("SYS_EXT_httpUrl") else { throw CallSettingError("SYS_EXT_httpUrl is not set.") }
        let target = try CallTemplate.parse(url, property: "SYS_EXT_httpUrl")
        let headers = try CallHeaders(parsing: property("SYS_EXT_httpHeaders"))
        let hasBody = settings.method != "GET"
        let text =
            try hasBody
            ? property("SYS_EXT_httpBody").map { try CallTemplate.parse($0, property: "SYS_EXT_httpBody") } : nil
        let body = try hasBody && text == nil ? JobCallBody(invocation, mode: settings.mode) : nil
        let templates = [target] + headers.templates + [text].compactMap { $0 } + (body?.templates ?? [])
        let values = try await tokens.values(of: templates, for: invocation)
        var request = OutboundRequest(
            method: settings.method,
            target: try CallURL.target(target, property: "SYS_EXT_httpUrl", values: values),
            headers: try headers.merged(over: ownHeaders(key: idempotencyKey), values: values)
        )
        if let text {
            request.body = Array(try text.resolved { JSONText.escaped(try values.value(of: $0)) }.utf8)
        } else {
            request.body = try body?.bytes(values: values)
        }
        return request
    }

    private func startSOAP() async throws -> OutboundRequest {
        let message = property("SYS_EXT_invokeMessage") ?? ""
        let action = property("SYS_EXT_soapAction") ?? ""
        return try await soap(message, property: "SYS_EXT_invokeMessage", action: action, key: idempotencyKey)
    }

    private func soap(
        _ message: String,
        property name: String,
        action: String,
        key: String
    ) async throws -> OutboundRequest {
        guard let url = ExecutableTraits.webServiceURL(property) else {
            throw CallSettingError("SYS_EXT_wsWsdlBaseUrl and SYS_EXT_wsWsdlUrl are not set.")
        }
        let target = try CallTemplate.parse(url, property: "SYS_EXT_wsWsdlUrl")
        let content = try CallTemplate.parse(message, property: name)
        let action = try CallTemplate.parse(action, property: "SYS_EXT_soapAction")
        let headers = try CallHeaders(parsing: property("SYS_EXT_httpHeaders"))
        let values = try await tokens.values(of: [target, content, action] + headers.templates, for: invocation)
        var envelope = try SOAPMessage(content.resolved { XMLText.escaped(try values.value(of: $0)) })
        if settings.mode == .asynchronous {
            let reply = "\(invocation.baseURL)/requests/\(invocation.request.id)/executionStatus"
            try envelope.address(messageID: "urn:escapement:\(key)", replyTo: reply, handle: invocation.handle)
        }
        let soapAction = try action.resolved { token in try values.value(of: token) }
        return OutboundRequest(
            method: "POST",
            target: try CallURL.target(target, property: "SYS_EXT_wsWsdlUrl", values: values),
            headers: try headers.merged(over: soapHeaders(envelope, action: soapAction, key: key), values: values),
            body: Array(envelope.text.utf8)
        )
    }

    private func soapHeaders(
        _ envelope: SOAPMessage,
        action: String,
        key: String
    ) throws -> [OutboundRequest.Header] {
        guard action.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") }) else {
            throw CallSettingError("SYS_EXT_soapAction holds a blank, quote or control character.")
        }
        return [
            OutboundRequest.Header("Content-Type", envelope.version.contentType(action: action)),
            OutboundRequest.Header("Accept", "\(envelope.version.mediaType), \(Self.json)"),
            OutboundRequest.Header("SOAPAction", "\"\(action)\""),
        ] + identityHeaders(key: key)
    }

    private func ownHeaders(key: String) -> [OutboundRequest.Header] {
        Self.jsonHeaders(of: invocation.request, key: key)
    }

    /// The server's own headers of a call that sends JSON.
    static func jsonHeaders(of request: JobRequest, key: String) -> [OutboundRequest.Header] {
        [OutboundRequest.Header("Content-Type", json), OutboundRequest.Header("Accept", json)]
            + identityHeaders(of: request, key: key)
    }

    private func identityHeaders(key: String) -> [OutboundRequest.Header] {
        Self.identityHeaders(of: invocation.request, key: key)
    }

    private static func identityHeaders(of request: JobRequest, key: String) -> [OutboundRequest.Header] {
        let trace = TraceParent.text(for: request).map { OutboundRequest.Header("traceparent", $0) }
        return [OutboundRequest.Header("Idempotency-Key", key)] + [trace].compactMap { $0 }
    }

    private var idempotencyKey: String {
        "\(invocation.request.id)-\(invocation.request.attempt)-\(invocation.request.pausedCount)"
    }

    private func property(_ name: String) -> String? {
        guard let value = invocation.value(name), !value.isEmpty else { return nil }
        return value
    }
}
