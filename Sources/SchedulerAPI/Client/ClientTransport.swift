package import HTTPTypes

/// Carries one call to a server and its answer back: over the network, or however a test likes.
package protocol ClientTransport: Sendable {
    /// - Parameters:
    ///   - request: with scheme, authority and path.
    ///   - body: empty = none.
    /// - Returns: the answer, whatever its status.
    /// - Throws: an error of its own where no answer came.
    func send(_ request: HTTPRequest, body: [UInt8]) async throws -> ClientReply
}

/// An answer of the server, whole.
package struct ClientReply: Sendable {
    package let status: Int
    package let fields: HTTPFields
    package let body: [UInt8]

    package init(status: Int, fields: HTTPFields, body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
