import SchedulerCore

/// What is to run (REST §3.2). Texts are the server's to read.
package struct SubmitInput: Sendable {
    /// A job definition or job set.
    package var jobDefinitionId: String
    /// Nil = the definition's.
    package var application: String?
    package var description: String?
    package var product: String?
    package var requestCategory: String?
    package var requestLogLevel: String?
    package var requestParameters: [RequestParameterBody] = []
    /// Nil = once.
    package var schedule: ScheduleChoice?
    /// RFC 3339; nil = now.
    package var startTime: String?
    package var endTime: String?
    package var callbackSubscription: CallbackSubscriptionBody?
    /// The running request whose sub-request it is.
    package var requestExecutionContext: RequestExecutionContext?
    /// Whether instances already past are made; nil = yes.
    package var executePast: Bool?
    /// 0 to 9, the highest; nil = 4.
    package var priority: Int?
    /// Minutes; nil = none.
    package var requestTimeout: Int64?
    /// Nil = 0.
    package var retries: Int?

    package init(jobDefinitionId: String) { self.jobDefinitionId = jobDefinitionId }

    var document: DocumentValue {
        .members([
            "jobDefinitionId": .text(jobDefinitionId),
            "application": DocumentValue(application),
            "description": DocumentValue(description),
            "product": DocumentValue(product),
            "requestCategory": DocumentValue(requestCategory),
            "requestLogLevel": DocumentValue(requestLogLevel),
            "requestParameters": DocumentValue(requestParameters.map(\.document)),
            "schedule": schedule?.schedule,
            "scheduleId": schedule?.scheduleId,
            "startTime": DocumentValue(startTime),
            "endTime": DocumentValue(endTime),
            "callbackSubscription": callbackSubscription?.document,
            "requestExecutionContext": requestExecutionContext?.document,
            "executePast": DocumentValue(executePast),
            "priority": DocumentValue(priority),
            "requestTimeout": DocumentValue(requestTimeout),
            "retries": DocumentValue(retries),
        ])
    }
}

extension RequestParameterBody {
    var document: DocumentValue {
        .members([
            "name": .text(name), "paramType": DocumentValue(type?.rawValue), "value": DocumentValue(value),
            "scope": DocumentValue(scope),
        ])
    }
}

extension CallbackSubscriptionBody {
    var document: DocumentValue {
        .members([
            "callbackUrlPrefix": .text(callbackUrlPrefix),
            "callbackResourcePath": .text(callbackResourcePath),
            "securityScheme": .text(securityScheme.rawValue),
            "accessTokenUri": DocumentValue(accessTokenUri),
            "clientId": DocumentValue(clientId),
            "clientSecret": DocumentValue(clientSecret?.value),
            "ouath2ClientCsfKey": DocumentValue(ouath2ClientCsfKey),
        ])
    }
}

extension RequestExecutionContext {
    fileprivate var document: DocumentValue {
        ["requestHandle": .text(requestHandle.value), "requestId": .number(requestId.value)]
    }

    /// The form of checkInCancelling.
    var text: String { "\(requestId),\(requestHandle.value)" }
}
