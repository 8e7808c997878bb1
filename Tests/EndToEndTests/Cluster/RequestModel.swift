import SchedulerCore
import SchedulerTesting

/// What the API must do, by the state machine over a store in memory: the same calls, decided without a server.
struct RequestModel {
    /// A call on a request.
    enum Call: Hashable, Sendable, CustomStringConvertible {
        case get
        case cancel
        case forceCancel
        case hold
        case release
        case delete
        /// With the request's own handle, or with a foreign one.
        case report(ReportStatus, isForeign: Bool)
        case checkIn

        /// PAUSE is left out: the node resumes such a job at once, at a moment that nobody can foretell.
        static let all: [Call] =
            [.get, .cancel, .cancel, .forceCancel, .forceCancel, .hold, .release, .delete, .checkIn]
            + ReportStatus.allCases.filter { $0 != .pause }.map { .report($0, isForeign: false) }
            + [.report(.success, isForeign: true)]

        var description: String {
            switch self {
            case .get: "get"
            case .cancel: "cancel"
            case .forceCancel: "forceCancel"
            case .hold: "hold"
            case .release: "release"
            case .delete: "delete"
            case .report(let status, let isForeign): "report \(status.rawValue)\(isForeign ? ", foreign handle" : "")"
            case .checkIn: "checkIn"
            }
        }
    }

    /// What a caller sees of a request.
    struct View: Hashable, Sendable {
        var state: String
        var previousState: String?
        var phase: String
    }

    private let store: MemoryStore
    private let time = ManualTime()

    init() async throws {
        store = MemoryStore(time: time, settings: .init(forceCancelAfter: .zero))
        try await store.enter()
    }

    /// A request that starts only in a far future.
    func submitWaiting() async throws -> RequestID {
        try await store.submit(StoreSamples.submission(start: time.now() + .seconds(86_400)), audit: nil).id
    }

    /// A request whose remote job has been started and will answer some day.
    func submitRemote() async throws -> RequestID {
        var submission = StoreSamples.asynchronous()
        submission.facts.hasCancelCall = false
        let request = try await store.submit(submission, audit: nil)
        let claim = Claim(node: StoreSamples.node, processor: "model", limit: 1, readyLimit: 0)
        let started = try await store.claim(claim).started.first?.request
        guard let started, started.id == request.id else { throw ServerEnded(text: "the model starts nothing") }
        let accepted = RequestCommand(request.id, .asynchronousStartAccepted(externalID: nil), epoch: started.epoch)
        _ = try await store.perform([accepted])
        return request.id
    }

    /// - Returns: the error code; nil where the call succeeds.
    func perform(_ call: Call, on id: RequestID) async throws -> String? {
        time.advance(by: .milliseconds(1))
        guard let request = try await store.request(id)?.request else { return "ESS-01001" }
        switch call {
        case .get: return nil
        case .cancel: return try await refusal(.cancel, id)
        case .forceCancel: return try await refusal(.forceCancel, id)
        case .hold: return try await refusal(.hold, id)
        case .release: return try await refusal(.release, id)
        case .delete: return try await refusal(.delete, id)
        case .report(let status, let isForeign):
            guard !isForeign, let epoch = request.epoch else { return "ESS-02005" }
            return try await refusal(.report(status, text: nil, handle: epoch), id, dropped: 1052)
        case .checkIn:
            guard let epoch = request.epoch else { return "ESS-02005" }
            return try await refusal(.checkIn(handle: epoch), id, dropped: 1052)
        }
    }

    func view(of id: RequestID) async throws -> View? {
        try await store.request(id).map {
            View(
                state: $0.request.state.rawValue,
                previousState: $0.request.previousState?.rawValue,
                phase: $0.request.phase.rawValue
            )
        }
    }

    private func refusal(_ event: RequestEvent, _ id: RequestID, dropped: ErrorCode = 1051) async throws -> String? {
        switch try await store.perform([RequestCommand(id, event)]).first?.outcome {
        case .applied, .unchanged: nil
        case .refused(let error): error.code.description
        case .dropped, nil: dropped.description
        }
    }
}
