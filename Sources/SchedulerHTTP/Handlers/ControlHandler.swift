import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// cancel, forceCancel, hold, release and DELETE: no body, links as answer (REST §5.6, §5.7, §6); priority, recover and
/// complete with one (administration §6.1).
struct ControlHandler {
    let control: ControlService

    func perform(_ operation: ControlService.Operation, _ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let caller = try call.requireCaller()
        let request = try await control.perform(operation, on: id, caller: caller, call: call.idempotent)
        guard operation != .delete else { return Answer(status: .noContent) }
        return call.links(of: RequestLineage(request))
    }

    /// Whether the request exists and the caller may change it is answered before the body is read.
    func decide(_ name: OperatorDecision.Name, _ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let caller = try call.requireCaller()
        try await control.check(name, on: id, caller: caller)
        let decision = try Self.decision(name, call.body)
        let request = try await control.perform(decision, on: id, caller: caller, call: call.idempotent)
        return call.links(of: RequestLineage(request))
    }

    private static func decision(_ name: OperatorDecision.Name, _ body: [UInt8]) throws -> OperatorDecision {
        switch name {
        case .priority:
            return .priority(try PriorityBody(json: body).priority)
        case .recover:
            let body = try RecoverBody(json: body)
            return .recover(body.outcome, reason: body.reason)
        case .complete:
            let body = try CompleteBody(json: body)
            return .complete(ReportStatus(body.status), text: body.statusMessage)
        }
    }
}
