import SchedulerCore
import Testing

extension RequestMachine {
    /// Settings of these tests: the documented half hour.
    static let testSettings = Settings(forceCancelAfter: .seconds(1800))

    static func decide(
        _ event: RequestEvent,
        for request: JobRequest,
        at now: Timestamp = RequestShape.now,
        children: Int = 0
    ) -> Verdict {
        var request = request
        if children > 0 { request.kinship.liveChildren = children }
        return decide(event, for: request, now: now, settings: testSettings)
    }

    /// The decision of an event that must change the request.
    static func change(
        _ event: RequestEvent,
        _ request: JobRequest,
        at now: Timestamp = RequestShape.now,
        children: Int = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Decision {
        let verdict = decide(event, for: request, at: now, children: children)
        guard case .changed(let decision) = verdict else {
            throw UnexpectedVerdict(description: "\(event) gave \(verdict) at \(sourceLocation)")
        }
        return decision
    }
}

struct UnexpectedVerdict: Error, CustomStringConvertible {
    let description: String
}

extension Verdict {
    /// Code of the refusal; nil for every other verdict.
    var code: ErrorCode? {
        switch self {
        case .refused(let error), .noted(let error, _): error.code
        case .changed, .unchanged, .dropped: nil
        }
    }
}
