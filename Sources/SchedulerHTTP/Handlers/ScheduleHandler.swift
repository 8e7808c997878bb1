import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// PATCH and refresh of a request, what is done to its schedule, and previews of schedules (REST §5.5, administration
/// §1.3, §6.1, §6.3).
struct ScheduleHandler {
    let updates: UpdateService
    let refreshes: RefreshService
    let previews: PreviewService

    func update(_ call: Call) async throws -> Answer { try await update(call, action: "update") }

    /// The same as PATCH under the name of what it is mostly for.
    func replace(_ call: Call) async throws -> Answer { try await update(call, action: "replaceSchedule") }

    func control(_ control: ScheduleControl, _ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let caller = try call.requireCaller()
        return links(of: try await updates.control(control, on: id, caller: caller, call: call.idempotent), call)
    }

    /// No body: what was submitted stays, the metadata under it are those of now (administration §1.3).
    func refresh(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let caller = try call.requireCaller()
        return links(of: try await refreshes.refresh(id, caller: caller, call: call.idempotent), call)
    }

    func preview(_ call: Call) async throws -> Answer {
        _ = try call.requireCaller()
        let body = try PreviewBody(json: call.body)
        guard let schedule = SubmissionOrder.Schedule(body.schedule, id: body.scheduleId) else {
            throw SchedulerError(5003, "schedule")
        }
        let preview = try await previews.preview(
            schedule,
            from: body.from.map { WrittenTime($0) },
            to: body.to.map { WrittenTime($0) },
            max: body.max
        )
        return call.answer(PreviewAnswer(preview: preview).encoded)
    }

    /// Whether the request exists and the caller may change it is answered before the body is read.
    private func update(_ call: Call, action: String) async throws -> Answer {
        let id = try call.path.requestID()
        let caller = try call.requireCaller()
        let target = try await updates.target(id, action: action, caller: caller)
        let body = try UpdateBody(json: call.body)
        let order = UpdateOrder(
            parameters: body.requestParameters.map { SubmittedParameter($0) },
            schedule: SubmissionOrder.Schedule(body.schedule, id: body.scheduleId),
            startTime: body.startTime.map { WrittenTime($0) },
            endTime: body.endTime.map { WrittenTime($0) },
            callback: body.callbackSubscription.map { SubmissionOrder.Callback($0) }
        )
        let request = try await updates.update(target, order, action: action, caller: caller, call: call.idempotent)
        return links(of: request, call)
    }

    private func links(of request: JobRequest, _ call: Call) -> Answer {
        call.links(of: RequestLineage(request))
    }
}
