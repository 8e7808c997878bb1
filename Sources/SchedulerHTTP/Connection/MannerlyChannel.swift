import HummingbirdCore
import Logging
import NIOCore
import SchedulerAPI
import SchedulerCore

/// A connection of HTTP/1.1 with `ConnectionManners` before the parser.
struct MannerlyChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let base: HTTP1Channel
    /// Asked when somebody sends no HTTP.
    let publicURL: @Sendable () -> String

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let manners = ConnectionManners { [publicURL] in Self.refusal(publicURL: publicURL()) }
        do {
            try channel.pipeline.syncOperations.addHandler(manners)
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return base.setup(channel: channel, logger: logger)
    }

    func handle(value: Value, logger: Logger) async { await base.handle(value: value, logger: logger) }

    /// The whole message for whoever sends no HTTP: of the call nothing is known.
    static func refusal(publicURL: String) -> [UInt8] {
        let body = SimpleExceptionDetail(SchedulerError(5032), publicURL: publicURL).encoded
        let head = """
            HTTP/1.1 400 Bad Request\r
            Connection: close\r
            Content-Type: \(SchedulerAPI.MediaType.json.errorContentType)\r
            Content-Length: \(body.count)\r
            \r

            """
        return Array(head.utf8) + body
    }
}
