import HTTPTypes
import Hummingbird
import NIOCore
import SchedulerCore

/// Takes the bodies of calls, up to a size and for as long as a call may take to arrive (REST §2.3).
struct BodyReader: Sendable {
    /// The body stopped coming, or stopped being HTTP: nobody is left to be answered.
    struct BrokenMessage: Error {
        let cause: any Error
    }

    private let time: any TimeSource
    private let patience: Duration?

    /// - Parameters:
    ///   - time: by which the wait is measured.
    ///   - patience: how long a body may take; nil for no limit.
    init(time: any TimeSource, patience: Duration?) {
        self.time = time
        self.patience = patience
    }

    /// The whole body.
    ///
    /// - Parameters:
    ///   - request: whose body nobody has read.
    ///   - limit: in bytes.
    /// - Returns: the bytes.
    /// - Throws: ESS-05023; `Refusal` with ESS-05029, after which the connection is of no more use; `BrokenMessage`.
    func body(of request: Request, upTo limit: Int) async throws -> ByteBuffer {
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > limit { throw SchedulerError(5023, String(limit)) }
        do {
            guard let patience else { return try await request.body.collect(upTo: limit) }
            if let length, length <= HTTPLimits.promptBodyBytesMax {
                return try await watch(request.body, for: patience)
            }
            return try await collect(request.body, upTo: limit, within: patience)
        } catch is NIOTooManyBytesError {
            throw SchedulerError(5023, String(limit))
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw BrokenMessage(cause: error)
        }
    }

    /// Each part asks whether the time is up, which costs no timer; where nothing comes at all, the connection is ended
    /// as idle. The parser lets no more through than was announced.
    private func watch(_ body: RequestBody, for patience: Duration) async throws -> ByteBuffer {
        let end = time.monotonicNow() + patience
        var whole: ByteBuffer?
        for try await part in body {
            whole.append(part)
            guard time.monotonicNow() < end else { throw Self.tooLate }
        }
        return whole ?? ByteBuffer()
    }

    /// Whoever is first decides: a body that is cancelled ends as if it were whole.
    private func collect(_ body: RequestBody, upTo limit: Int, within patience: Duration) async throws -> ByteBuffer {
        try await withThrowingTaskGroup(of: ByteBuffer?.self) { [time] group in
            group.addTask { try await body.collect(upTo: limit) }
            group.addTask {
                try await time.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let whole = first else {
                throw Self.tooLate
            }
            return whole
        }
    }

    private static var tooLate: Refusal { Refusal(error: SchedulerError(5029), fields: [.connection: "close"]) }
}

extension ByteBuffer? {
    fileprivate mutating func append(_ part: ByteBuffer) {
        guard self != nil else { return self = part }
        self?.writeImmutableBuffer(part)
    }
}
