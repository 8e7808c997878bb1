import SchedulerAPI

/// Calls a server for the client commands, with their credentials, and has its refusals in words for people.
struct ServerClient: Sendable {
    let server: WebAddress
    let credentials: Credentials?
    private let client: SchedulerClient

    init(server: WebAddress, credentials: Credentials?, transport: any ClientTransport) {
        self.server = server
        self.credentials = credentials
        client = SchedulerClient(
            address: SchedulerClient.Address(
                scheme: server.scheme,
                authority: server.authority,
                path: server.path
            ),
            authorization: credentials?.authorization,
            transport: transport
        )
    }

    /// Makes a call.
    ///
    /// - Parameter call: what to do.
    /// - Returns: what the server answers.
    /// - Throws: ``ClientFailure`` for a refusal, and for an answer that is none; what the transport throws.
    func send<Answer>(_ call: ClientCall<Answer>) async throws -> Answer {
        do {
            return try await client.send(call)
        } catch let error as ClientError {
            throw failure(error)
        }
    }

    private func failure(_ error: ClientError) -> ClientFailure {
        switch error {
        case .refused(let refusal):
            ClientFailure(
                exit: ClientExit(httpStatus: refusal.status),
                message: message(refusal),
                errorCode: refusal.errorCode,
                details: refusal.places.map(\.words)
            )
        case .unreadable(let reason):
            ClientFailure(
                exit: .other,
                message: "the answer of \(server.text) \(reason); is it an Escapement server?"
            )
        }
    }

    private func message(_ refusal: ClientRefusal) -> String {
        let message = refusal.detail ?? "\(server.text) answered with HTTP status \(refusal.status)"
        guard refusal.status == 401 else { return message }
        guard let credentials else {
            return message + "; sign in with --user and --password-file, or with --token-file"
        }
        return message + "; the \(credentials) was not accepted"
    }
}
