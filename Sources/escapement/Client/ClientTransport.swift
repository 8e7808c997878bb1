import HTTPTypes

/// Carries one call to the server and its answer back. The program uses the network; tests do not.
protocol ClientTransport: Sendable {
    /// - Throws: ``ClientFailure`` with status ``ClientExit/unavailable`` when no answer came.
    func send(_ request: HTTPRequest, body: [UInt8]) async throws -> ClientReply
}

/// An answer of the server, whole.
struct ClientReply: Sendable {
    let status: Int
    let fields: HTTPFields
    let body: [UInt8]
}
