import HTTPTypes
import SchedulerCore

/// Calls a server for the client commands, with their credentials; the calls themselves are in extensions.
struct ServerClient: Sendable {
    let server: WebAddress
    let credentials: Credentials?
    let transport: any ClientTransport

    /// The object that a call answers.
    func json(
        _ method: HTTPRequest.Method,
        _ path: String,
        query: [(String, String)] = [],
        fields: [HTTPField] = [],
        body: [UInt8] = []
    ) async throws -> ReplyValue {
        let reply = try await call(method, path, query: query, fields: fields, body: body)
        guard let value = ReplyValue(parsing: reply.body), case .object = value else {
            throw ClientFailure(
                exit: .other,
                message: "the answer of \(server.text) is no JSON object; is it an Escapement server?"
            )
        }
        return value
    }

    /// Any answer to a call, its status 2xx or one of `accepted`.
    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        query: [(String, String)] = [],
        fields: [HTTPField] = [],
        body: [UInt8] = [],
        accepted: Set<Int> = []
    ) async throws -> ClientReply {
        var request = HTTPRequest(
            method: method,
            scheme: server.scheme,
            authority: server.authority,
            path: server.path + path + PercentEncoding.query(query)
        )
        request.headerFields[.accept] = path.hasPrefix("/api/") ? "text/plain, application/json" : "application/json"
        if let credentials { request.headerFields[.authorization] = credentials.authorization }
        for field in fields { request.headerFields.append(field) }
        if !body.isEmpty, request.headerFields[.contentType] == nil {
            request.headerFields[.contentType] = "application/json"
        }
        let reply = try await transport.send(request, body: body)
        guard (200...299).contains(reply.status) || accepted.contains(reply.status) else {
            throw refusal(reply)
        }
        return reply
    }

    /// The failure that an answer other than 2xx means.
    private func refusal(_ reply: ClientReply) -> ClientFailure {
        let detail = ReplyValue(parsing: reply.body)
        var message = detail?["detail"]?.text ?? "\(server.text) answered with HTTP status \(reply.status)"
        if reply.status == 401 {
            message +=
                credentials == nil
                ? "; sign in with --user and --password-file, or with --token-file"
                : "; the \(credentials.map { "\($0)" } ?? "") was not accepted"
        }
        return ClientFailure(
            exit: ClientExit(httpStatus: reply.status),
            message: message,
            errorCode: detail?["errorCode"]?.text,
            details: (detail?["errors"]?.list ?? []).map { ErrorLine($0).text }
        )
    }
}
