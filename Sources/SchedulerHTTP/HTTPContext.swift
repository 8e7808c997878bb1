package import Hummingbird

/// What the server knows of a call besides the message: where it came from.
package struct HTTPContext: InitializableFromSource, Sendable {
    /// IP address of the connection; nil where there is none, as in tests without a socket.
    package let clientAddress: String?

    package init(source: ApplicationRequestContextSource) {
        clientAddress = source.channel.remoteAddress?.ipAddress
    }

    package init(clientAddress: String?) { self.clientAddress = clientAddress }
}
