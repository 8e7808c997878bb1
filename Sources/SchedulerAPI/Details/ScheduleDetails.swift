package import SchedulerCore

/// The schedule in force of a request, as answers show it (REST §3.3).
package struct ScheduleDetails: Hashable, Sendable {
    package struct Recurrence: Hashable, Sendable {
        package var icalString: String
        package var startDate: Timestamp?
        package var endDate: Timestamp?

        package init(icalString: String, startDate: Timestamp? = nil, endDate: Timestamp? = nil) {
            self.icalString = icalString
            self.startDate = startDate
            self.endDate = endDate
        }
    }

    package enum Exclusion: Hashable, Sendable {
        case instant(Timestamp)
        case day(CivilDate)
    }

    package var recurrences: [Recurrence]
    package var inclusions: [Timestamp]
    package var exclusions: [Exclusion]
    package var timezone: String?
    package var name: String?
    package var displayName: String?
    package var description: String?

    package init(
        recurrences: [Recurrence],
        inclusions: [Timestamp] = [],
        exclusions: [Exclusion] = [],
        timezone: String? = nil,
        name: String? = nil,
        displayName: String? = nil,
        description: String? = nil
    ) {
        self.recurrences = recurrences
        self.inclusions = inclusions
        self.exclusions = exclusions
        self.timezone = timezone
        self.name = name
        self.displayName = displayName
        self.description = description
    }

    /// `recurrences` first, the labels last, as Oracle's servers do (REST §2.5).
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("recurrences")
        writer.beginArray()
        for recurrence in recurrences {
            writer.beginObject()
            writer.member("endDate", recurrence.endDate)
            writer.member("icalString", recurrence.icalString)
            writer.member("startDate", recurrence.startDate)
            writer.endObject()
        }
        writer.endArray()
        if !exclusions.isEmpty {
            writer.name("exclusions")
            writer.beginArray()
            for exclusion in exclusions { Self.write(exclusion, to: &writer) }
            writer.endArray()
        }
        if !inclusions.isEmpty {
            writer.name("inclusions")
            writer.beginArray()
            for inclusion in inclusions { writer.value(inclusion) }
            writer.endArray()
        }
        writer.member("timezone", timezone)
        writer.member("description", description)
        writer.member("displayName", displayName)
        writer.member("name", name)
        writer.endObject()
    }

    private static func write(_ exclusion: Exclusion, to writer: inout JSONWriter) {
        switch exclusion {
        case .instant(let instant):
            writer.value(instant)
        case .day(let day):
            let midnight = Timestamp(milliseconds: day.daysSinceEpoch * 86_400_000)
            writer.value(String(midnight.description.prefix { $0 != "T" }))
        }
    }
}
