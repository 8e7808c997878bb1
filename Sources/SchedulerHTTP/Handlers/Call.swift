import HTTPTypes
import Hummingbird
import NIOCore
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// One call on its way through the operations, all checks before the path's values passed.
struct Call: Sendable {
    let request: Request
    let path: RequestPath
    let query: QueryParameters
    /// Nil where a handle may stand for credentials.
    let caller: Caller?
    let links: LinkBuilder
    let publicURL: String
    let type: SchedulerAPI.MediaType
    /// The whole body; empty where it is not read.
    let body: [UInt8]
    /// The call as a repeat is told by; nil without a key.
    let idempotent: IdempotentCall?

    /// - Throws: ESS-02001; what needs no credentials does not ask.
    func requireCaller() throws -> Caller {
        guard let caller else { throw Refusal.unauthenticated }
        return caller
    }

    func answer(_ bytes: [UInt8], as representation: Representation = .object) -> Answer {
        Answer(contentType: type.contentType(of: representation), bytes: bytes)
    }
}
