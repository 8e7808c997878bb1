package import SchedulerCore

/// An inline schedule as a caller sends it (REST §3.3). Rules and zone are texts here: whoever executes the schedule
/// reads them.
package struct ScheduleBody: Hashable, Sendable {
    package struct Recurrence: Hashable, Sendable {
        /// RRULE of RFC 5545, not yet read.
        package var icalString: String
        package var startDate: DateTimeInput?
        package var endDate: DateTimeInput?

        package init(icalString: String, startDate: DateTimeInput? = nil, endDate: DateTimeInput? = nil) {
            self.icalString = icalString
            self.startDate = startDate
            self.endDate = endDate
        }
    }

    /// IANA id, not yet looked up; nil: the configured zone.
    package var timezone: String?
    package var recurrences: [Recurrence]
    package var inclusions: [DateTimeInput]
    package var exclusions: [ExclusionInput]

    package init(
        timezone: String? = nil,
        recurrences: [Recurrence] = [],
        inclusions: [DateTimeInput] = [],
        exclusions: [ExclusionInput] = []
    ) {
        self.timezone = timezone
        self.recurrences = recurrences
        self.inclusions = inclusions
        self.exclusions = exclusions
    }

    /// - Throws: the codes of decoding; ESS-04005 for a recurrence that ends before it starts; ESS-04007 without
    ///   recurrence and inclusion.
    package init(_ json: JSONValue) throws(SchedulerError) {
        try json.requireObject()
        self.init(timezone: try json.stringMember("timezone"))
        if let elements = try json.elements(of: "recurrences") {
            for element in elements { recurrences.append(try Recurrence(element)) }
        }
        if let elements = try json.elements(of: "inclusions") {
            for element in elements { inclusions.append(try element.requireDateTime()) }
        }
        if let elements = try json.elements(of: "exclusions") {
            for element in elements {
                let text = try element.requireString()
                guard let exclusion = ExclusionInput(text) else { throw element.badDateTime(text) }
                exclusions.append(exclusion)
            }
        }
        guard !recurrences.isEmpty || !inclusions.isEmpty else { throw SchedulerError(4007) }
    }
}

extension ScheduleBody.Recurrence {
    fileprivate init(_ json: JSONValue) throws(SchedulerError) {
        try json.requireObject()
        self.init(
            icalString: try json.required("icalString").requireString(),
            startDate: try json.dateTimeMember("startDate"),
            endDate: try json.dateTimeMember("endDate")
        )
        try TimeWindow.check(start: startDate, end: endDate)
    }
}
