package import SchedulerCore

/// Body of a schedule's preview (administration §6.3).
package struct PreviewBody: WireBody {
    /// One of both is given.
    package var schedule: ScheduleBody?
    package var scheduleId: String?
    package var from: DateTimeInput?
    package var to: DateTimeInput?
    package var max: Int

    /// - Throws: the codes of decoding; ESS-04001 for two schedules, ESS-05003 for none; ESS-04005 for an end that is
    ///   not after the start.
    package init(_ json: JSONValue) throws(SchedulerError) {
        schedule = try json.present("schedule").map { value throws(SchedulerError) in try ScheduleBody(value) }
        scheduleId = try json.stringMember("scheduleId")
        from = try json.dateTimeMember("from")
        to = try json.dateTimeMember("to")
        let range = 1...Int64(RecurrenceLimits.previewMax)
        max = Int(try json.integerMember("max", in: range) ?? Int64(WireLimits.previewStandard))
        guard schedule == nil || scheduleId == nil else { throw SchedulerError(4001) }
        guard schedule != nil || scheduleId != nil else { throw SchedulerError(5003, json.path(of: "schedule")) }
        try TimeWindow.check(start: from, end: to)
    }
}
