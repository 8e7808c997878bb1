package import SchedulerCore

/// Body of PATCH: what to change about a request (REST §5.5).
package struct UpdateBody: WireBody {
    package var requestParameters: [RequestParameterBody]
    package var schedule: ScheduleBody?
    package var scheduleId: String?
    package var startTime: DateTimeInput?
    package var endTime: DateTimeInput?
    package var callbackSubscription: CallbackSubscriptionBody?

    /// - Throws: the codes of decoding; ESS-04001 for two schedules; ESS-04005 for an end that is not after the start;
    ///   ESS-05019 for a callback whose scheme lacks something; ESS-05007 where nothing is given.
    package init(_ json: JSONValue) throws(SchedulerError) {
        requestParameters = try RequestParameterBody.list("requestParameters", of: json) ?? []
        schedule = try json.present("schedule").map { value throws(SchedulerError) in try ScheduleBody(value) }
        scheduleId = try json.stringMember("scheduleId")
        startTime = try json.dateTimeMember("startTime")
        endTime = try json.dateTimeMember("endTime")
        callbackSubscription = try json.present("callbackSubscription").map { value throws(SchedulerError) in
            try CallbackSubscriptionBody(value)
        }
        guard schedule == nil || scheduleId == nil else { throw SchedulerError(4001) }
        try TimeWindow.check(start: startTime, end: endTime)
        let givesSchedule = schedule != nil || scheduleId != nil
        let givesTimes = startTime != nil || endTime != nil
        guard !requestParameters.isEmpty || givesSchedule || givesTimes || callbackSubscription != nil else {
            throw SchedulerError(5007)
        }
    }
}
