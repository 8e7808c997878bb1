import AsyncHTTPClient
import SchedulerAPI
import SchedulerCore

@testable import escapement

/// Calls by the client, as its users make them; `call` is for what no client would send.
extension ServerProcess {
    /// Makes a call as `admin`.
    func send<Answer>(_ call: ClientCall<Answer>) async throws -> Answer {
        let address = try WebAddress(parsing: baseURL)
        let client = SchedulerClient(
            address: SchedulerClient.Address(scheme: address.scheme, authority: address.authority),
            authorization: Credentials.basic(user: "admin", password: Self.password).authorization,
            transport: NetworkTransport(client: .shared)
        )
        return try await client.send(call)
    }

    /// Submits a definition of the package `test` and returns the request's number.
    func submit(_ definition: String, argument: String? = nil) async throws -> Int64 {
        var input = SubmitInput(jobDefinitionId: "JobDefinition://test/\(definition)")
        if let argument {
            input.requestParameters = [RequestParameterBody(name: "submit.argument1", type: .string, value: argument)]
        }
        return try await send(.submit(input)).requestId.value
    }

    func request(_ id: Int64) async throws -> RequestView { try await send(.request(RequestID(id))) }

    /// Asks until the request is as it is wanted; the test's time limit bounds it.
    func waitFor(_ id: Int64, _ isWanted: (RequestView) -> Bool) async throws -> RequestView {
        while true {
            let request = try await request(id)
            if isWanted(request) { return request }
            try Task.checkCancellation()
        }
    }

    /// The log as text.
    func log(of id: Int64) async throws -> String {
        String(decoding: try await send(.log(RequestID(id))), as: UTF8.self)
    }
}
