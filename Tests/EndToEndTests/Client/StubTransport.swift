import HTTPTypes
import SchedulerAPI
import Synchronization

@testable import escapement

/// A server of canned answers: each call takes the first answer left for its method and path, and
/// the last one for good.
final class StubTransport: ClientTransport {
    struct Call: Sendable, Equatable {
        let line: String
        let body: String
        let authorization: String?
        let range: String?
        var ifMatch: String?
    }

    enum Answer: Sendable {
        case reply(Int, String, fields: [HTTPField] = [])
        case noConnection
        /// Never answers; ends only by cancellation.
        case silence
    }

    private let state: Mutex<(answers: [String: [Answer]], calls: [Call])>

    /// - Parameter answers: by method and path without query, such as `GET /requests/1`; Oracle's base
    ///   path may be left out.
    init(_ answers: [String: [Answer]]) {
        state = Mutex((answers, []))
    }

    var calls: [Call] { state.withLock { $0.calls } }

    /// The request lines of all calls, percent-encoded as sent, without Oracle's base path.
    var lines: [String] { calls.map(\.line) }

    func send(_ request: HTTPRequest, body: [UInt8]) async throws -> ClientReply {
        let path = (request.path ?? "").replacing("/ess/rest/scheduler/v1", with: "")
        let line = "\(request.method.rawValue) \(path)"
        let call = Call(
            line: line,
            body: String(decoding: body, as: UTF8.self),
            authorization: request.headerFields[.authorization],
            range: request.headerFields[.range],
            ifMatch: request.headerFields[.ifMatch]
        )
        let name = line.split(separator: "?").first.map(String.init) ?? line
        let answer: Answer? = state.withLock { state in
            state.calls.append(call)
            guard let left = state.answers[name], let first = left.first else { return nil }
            if left.count > 1 { state.answers[name] = Array(left.dropFirst()) }
            return first
        }
        switch answer {
        case .reply(let status, let text, let fields):
            return ClientReply(status: status, fields: HTTPFields(fields), body: Array(text.utf8))
        case .noConnection:
            throw ClientFailure(exit: .unavailable, message: "no answer from stub")
        case .silence:
            await untilCancelled()
            throw CancellationError()
        case nil:
            throw ClientFailure(exit: .other, message: "the test has no answer for \(line)")
        }
    }
}

/// Suspends until the task is cancelled.
func untilCancelled() async {
    for await _ in AsyncStream<Never>(Never.self, { _ in }) {}
}
