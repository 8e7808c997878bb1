import HTTPTypes
import SchedulerCore

/// Calls a server's APIs: Oracle's below `/ess/rest/scheduler/v1`, ours below `/api/v1`.
///
/// ```swift
/// let id = try await client.send(.submit(SubmitInput(jobDefinitionId: "acme/Import"))).requestId
/// let state = try await client.send(.request(id)).state
/// ```
package struct SchedulerClient: Sendable {
    /// Where a server is.
    package struct Address: Hashable, Sendable {
        /// `http` or `https`.
        package let scheme: String
        /// Host and port as a URL writes them.
        package let authority: String
        /// What stands before the paths of both APIs: empty, or with a slash at its beginning and none at its end.
        package let path: String

        package init(scheme: String, authority: String, path: String = "") {
            self.scheme = scheme
            self.authority = authority
            self.path = path
        }
    }

    package let address: Address
    /// Value of the field Authorization; nil for calls by a job's handle.
    private let authorization: String?
    private let transport: any ClientTransport

    package init(address: Address, authorization: String?, transport: any ClientTransport) {
        self.address = address
        self.authorization = authorization
        self.transport = transport
    }

    /// Makes a call.
    ///
    /// - Parameter call: what to do.
    /// - Returns: what the server answers.
    /// - Throws: ``ClientError``, and what the transport throws.
    package func send<Answer>(_ call: ClientCall<Answer>) async throws -> Answer {
        var request = HTTPRequest(
            method: call.method,
            scheme: address.scheme,
            authority: address.authority,
            path: address.path + call.path + PercentEncoding.query(call.query),
            headerFields: call.fields
        )
        if let authorization { request.headerFields[.authorization] = authorization }
        let reply = try await transport.send(request, body: call.body)
        guard (200...299).contains(reply.status) || call.accepted.contains(reply.status) else {
            throw ClientError.refused(ClientRefusal(reply))
        }
        return try call.read(reply)
    }
}

extension PercentEncoding {
    /// A query string with its question mark; empty where there is nothing to ask for.
    fileprivate static func query(_ items: [(name: String, value: String)]) -> String {
        items.isEmpty ? "" : "?" + items.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
    }
}
