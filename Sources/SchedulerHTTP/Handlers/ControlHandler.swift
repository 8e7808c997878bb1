import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// cancel, forceCancel, hold, release and DELETE: no body, links as answer (REST §5.6, §5.7, §6).
struct ControlHandler {
    let control: ControlService

    func perform(_ operation: ControlService.Operation, _ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let request = try await control.perform(operation, on: id, caller: call.requireCaller())
        guard operation != .delete else { return Answer(status: .noContent) }
        return call.answer(ActionAnswer(lineage: RequestLineage(request)).encoded(by: call.links))
    }
}
