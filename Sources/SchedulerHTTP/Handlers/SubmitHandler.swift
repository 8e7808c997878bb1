import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// POST `/requests` (REST §5.3).
struct SubmitHandler {
    let submission: SubmissionService

    func submit(_ call: Call) async throws -> Answer {
        let caller = try call.requireCaller()
        let body = try SubmitBody(json: call.body)
        try Self.refuseUnbuilt(body)
        let request = try await submission.submit(SubmissionOrder(body), caller: caller)
        let lineage = RequestLineage(request)
        var answer = call.answer(SubmitAnswer(lineage: lineage).encoded(by: call.links))
        answer.status = .created
        answer.fields[.location] = call.links.href(of: request.id)
        return answer
    }

    /// A member that this version cannot act on is refused: a request that ran at another time, or alone, would not be
    /// what the caller asked for.
    private static func refuseUnbuilt(_ body: SubmitBody) throws(SchedulerError) {
        let given: [(String, Bool)] = [
            ("schedule", body.schedule != nil),
            ("scheduleId", body.scheduleId != nil),
            ("requestExecutionContext", body.requestExecutionContext != nil),
        ]
        for (member, isGiven) in given where isGiven {
            throw SchedulerError(2, member, "a value, which this version does not execute")
        }
    }
}

extension SubmissionOrder {
    fileprivate init(_ body: SubmitBody) {
        self.init(definition: body.jobDefinitionId)
        application = body.application
        description = body.description
        parameters = body.requestParameters.map {
            SubmittedParameter(name: $0.name, type: $0.type, value: $0.value, scope: $0.scope)
        }
        properties = SubmittedProperties(
            priority: body.priority.map { Int64($0) },
            retries: body.retries.map { Int64($0) },
            requestTimeout: body.requestTimeout,
            product: body.product,
            requestCategory: body.requestCategory,
            requestLogLevel: body.requestLogLevel,
            executePast: body.executePast
        )
        startTime = body.startTime?.instant
        endTime = body.endTime?.instant
        callback = body.callbackSubscription.map { Callback($0) }
    }
}

extension SubmissionOrder.Callback {
    fileprivate init(_ body: CallbackSubscriptionBody) {
        var subscription = CallbackSubscription(url: body.url, securityScheme: body.securityScheme.rawValue)
        subscription.accessTokenURI = body.accessTokenUri
        subscription.clientID = body.clientId
        subscription.clientCredentialKey = body.ouath2ClientCsfKey
        self.init(subscription: subscription, clientSecret: body.clientSecret?.value)
    }
}
