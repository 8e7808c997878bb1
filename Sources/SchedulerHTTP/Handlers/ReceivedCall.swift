import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// A call that may be answered as far as head and body say; its path and query have yet to be looked at.
struct ReceivedCall: Sendable {
    let request: Request
    let path: RequestPath
    let route: Route
    /// Nil where a handle may stand for credentials.
    let caller: Caller?
    let publicURL: String
    let type: SchedulerAPI.MediaType
    /// The whole body; empty where it is not read.
    let body: [UInt8]

    /// - Throws: ESS-05028 where path or query cannot be read.
    func call(links: LinkBuilder, idempotent: IdempotentCall? = nil) throws(SchedulerError) -> Call {
        guard path.isWellFormed else { throw SchedulerError(5028, "Path") }
        return Call(
            request: request,
            path: path,
            query: try QueryParameters(request.uri.query),
            caller: caller,
            links: links,
            publicURL: publicURL,
            type: type,
            body: body,
            idempotent: idempotent
        )
    }
}
