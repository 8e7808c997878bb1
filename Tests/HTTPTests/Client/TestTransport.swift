import HTTPTypes
import SchedulerAPI

/// Carries calls of the client to a test server.
struct TestTransport: ClientTransport {
    let server: TestServer
    let user: String?

    func send(_ request: HTTPRequest, body: [UInt8]) async throws -> ClientReply {
        var fields = request.headerFields
        fields[.authorization] = nil
        let path = request.path ?? ""
        let reply = try await server.call(request.method, path, as: user, bytes: body, fields)
        return ClientReply(status: reply.status, fields: reply.fields, body: reply.body)
    }
}

extension TestServer {
    /// The client, signed in as a user; nil is nobody.
    func client(as user: String? = "anna") -> SchedulerClient {
        SchedulerClient(
            address: SchedulerClient.Address(scheme: "http", authority: "localhost"),
            authorization: user,
            transport: TestTransport(server: self, user: user)
        )
    }
}
