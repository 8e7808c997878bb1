import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// POST `/requests` and `/requests/submitArgs` (REST §5.3, §5.4).
struct SubmitHandler {
    let submission: SubmissionService

    func submit(_ call: Call) async throws -> Answer {
        let order = try order(of: call)
        let request = try await submission.submit(order, caller: call.caller, call: call.idempotent)
        return call.submitted(RequestLineage(request))
    }

    /// Nothing is stored: arguments become parameters that a submit takes.
    func arguments(_ call: Call) throws -> Answer {
        _ = try call.requireCaller()
        var answer = call.answer(SubmitArgsAnswer(try SubmitArgsBody(json: call.body)).encoded)
        answer.status = .created
        return answer
    }

    /// Only who names a running invocation and its handle may do without credentials; of anybody else nothing is read.
    private func order(of call: Call) throws -> SubmissionOrder {
        guard call.caller != nil || Self.namesInvocation(call.body) else { throw Refusal.unauthenticated }
        return SubmissionOrder(try SubmitBody(json: call.body))
    }

    /// Whether a body, right or wrong, is one of a sub-request: what is wrong with it comes before who sends it
    /// (REST §2.3).
    private static func namesInvocation(_ body: [UInt8]) -> Bool {
        guard let context = (try? JSONReader.read(body))?["requestExecutionContext"] else { return false }
        return !context.isNull
    }
}

extension SubmissionOrder {
    fileprivate init(_ body: SubmitBody) {
        self.init(definition: body.jobDefinitionId)
        application = body.application
        description = body.description
        parameters = body.requestParameters.map { SubmittedParameter($0) }
        properties = SubmittedProperties(
            priority: body.priority.map { Int64($0) },
            retries: body.retries.map { Int64($0) },
            requestTimeout: body.requestTimeout,
            product: body.product,
            requestCategory: body.requestCategory,
            requestLogLevel: body.requestLogLevel,
            executePast: body.executePast
        )
        startTime = body.startTime.map { WrittenTime($0) }
        endTime = body.endTime.map { WrittenTime($0) }
        schedule = Schedule(body.schedule, id: body.scheduleId)
        execution = body.requestExecutionContext.map {
            Execution(requestID: $0.requestId, handle: $0.requestHandle.value)
        }
        callback = body.callbackSubscription.map { Callback($0) }
    }
}
