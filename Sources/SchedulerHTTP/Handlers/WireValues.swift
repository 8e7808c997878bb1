import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// What bodies hold, as services take it.
extension SubmittedParameter {
    init(_ body: RequestParameterBody) {
        self.init(name: body.name, type: body.type, value: body.value, scope: body.scope)
    }
}

extension SubmissionOrder.Schedule {
    /// Nil where neither is given.
    init?(_ body: ScheduleBody?, id: String?) {
        if let body {
            self = .inline(WrittenSchedule(body))
        } else if let id {
            self = .stored(id)
        } else {
            return nil
        }
    }
}

extension WrittenTime {
    init(_ input: DateTimeInput) { self.init(instant: input.instant, hasOffset: input.hasOffset) }
}

extension WrittenSchedule {
    init(_ body: ScheduleBody) {
        self.init(
            timezone: body.timezone,
            recurrences: body.recurrences.map { recurrence in
                Recurrence(
                    icalString: recurrence.icalString,
                    startDate: recurrence.startDate.map { WrittenTime($0) },
                    endDate: recurrence.endDate.map { WrittenTime($0) }
                )
            },
            inclusions: body.inclusions.map { WrittenTime($0) },
            exclusions: body.exclusions.map { exclusion in
                switch exclusion {
                case .instant(let input): .instant(WrittenTime(input))
                case .day(let date): .day(date)
                }
            }
        )
    }
}
