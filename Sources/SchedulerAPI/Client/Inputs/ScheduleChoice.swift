/// When a request runs again and again: by a stored schedule, or by rules (REST §3.3).
package enum ScheduleChoice: Sendable, Equatable {
    case stored(String)
    case inline(ScheduleInput)

    var scheduleId: DocumentValue? {
        if case .stored(let id) = self { .text(id) } else { nil }
    }

    var schedule: DocumentValue? {
        if case .inline(let input) = self { input.document } else { nil }
    }
}

/// A schedule as a caller writes it; the server reads rules, zones and times.
package struct ScheduleInput: Sendable, Equatable {
    /// RRULE of RFC 5545, and the bounds of its pattern.
    package struct Recurrence: Sendable, Equatable {
        package var icalString: String
        /// RFC 3339.
        package var startDate: String?
        package var endDate: String?

        package init(icalString: String, startDate: String? = nil, endDate: String? = nil) {
            self.icalString = icalString
            self.startDate = startDate
            self.endDate = endDate
        }
    }

    package var recurrences: [Recurrence]
    /// IANA id; nil = the server's zone.
    package var timezone: String?
    /// RFC 3339.
    package var inclusions: [String]
    /// RFC 3339, or dates.
    package var exclusions: [String]

    package init(
        recurrences: [Recurrence],
        timezone: String? = nil,
        inclusions: [String] = [],
        exclusions: [String] = []
    ) {
        self.recurrences = recurrences
        self.timezone = timezone
        self.inclusions = inclusions
        self.exclusions = exclusions
    }

    fileprivate var document: DocumentValue {
        .members([
            "recurrences": DocumentValue(
                recurrences.map { recurrence in
                    .members([
                        "icalString": .text(recurrence.icalString),
                        "startDate": DocumentValue(recurrence.startDate),
                        "endDate": DocumentValue(recurrence.endDate),
                    ])
                }
            ),
            "timezone": DocumentValue(timezone),
            "inclusions": DocumentValue(inclusions.map { .text($0) }),
            "exclusions": DocumentValue(exclusions.map { .text($0) }),
        ])
    }
}
