import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// executionStatus and checkInCancelling: what jobs say (REST §5.9, §5.10).
struct ReportHandler {
    let reports: ReportService

    /// Carries the handle where the body has no member for it, or leaves it out (administration §5.1).
    private static let handleField = HTTPField.Name("Escapement-Handle")

    static func handle(in fields: HTTPFields) -> String? { handleField.flatMap { fields[$0] } }

    func report(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let body = try ExecutionStatusBody(json: call.body)
        let request = try await reports.report(
            ReportStatus(body.status),
            text: body.statusMessage,
            on: id,
            handle: body.requestHandle?.value ?? Self.handle(in: call.request.headers),
            caller: call.caller,
            call: call.idempotent
        )
        return call.links(of: RequestLineage(request))
    }

    func checkIn(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let context = try CheckInBody(json: call.body).context
        // Another id is a handle of another request, whatever it says.
        let handle = context.requestId == id ? context.requestHandle.value : nil
        let isCancelling = try await reports.checkIn(
            on: id,
            handle: handle,
            caller: call.caller,
            call: call.idempotent
        )
        return call.checkedIn(isCancelling: isCancelling)
    }
}
