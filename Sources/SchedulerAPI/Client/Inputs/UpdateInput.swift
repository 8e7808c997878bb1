/// What is to change about a request that waits (REST §5.5). Texts are the server's to read.
package struct UpdateInput: Sendable {
    /// Made, or changed by name and scope.
    package var requestParameters: [RequestParameterBody] = []
    package var schedule: ScheduleChoice?
    /// RFC 3339.
    package var startTime: String?
    package var endTime: String?
    package var callbackSubscription: CallbackSubscriptionBody?

    package init() {}

    var document: DocumentValue {
        .members([
            "requestParameters": DocumentValue(requestParameters.map(\.document)),
            "schedule": schedule?.schedule,
            "scheduleId": schedule?.scheduleId,
            "startTime": DocumentValue(startTime),
            "endTime": DocumentValue(endTime),
            "callbackSubscription": callbackSubscription?.document,
        ])
    }
}
