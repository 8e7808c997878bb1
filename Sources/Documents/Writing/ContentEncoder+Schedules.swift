import SchedulerCore

extension ContentEncoder {
    static func schedule(_ schedule: StoredSchedule) -> Members {
        var members: Members = ["overlapPolicy": .string(schedule.overlapPolicy.rawValue)]
        members["timezone"] = schedule.timezone.map { .string($0) }
        members["recurrences"] = recurrences(schedule.recurrences)
        members["inclusions"] = list(schedule.inclusions.map(\.description))
        members["exclusions"] = list(schedule.exclusions.map(\.description))
        members["exclusionsDefinitions"] = list(schedule.exclusionsDefinitions.map(\.description))
        members["catchUpPolicy"] = schedule.catchUpPolicy.map { .string($0.rawValue) }
        return members
    }

    static func exclusionsDefinition(_ definition: ExclusionsDefinition) -> Members {
        var members: Members = [:]
        members["dates"] = list(definition.dates.map(\.description))
        members["recurrences"] = recurrences(definition.recurrences)
        return members
    }

    private static func recurrences(_ recurrences: [WrittenRecurrence]) -> JSONValue? {
        guard !recurrences.isEmpty else { return nil }
        return .array(
            recurrences.map { recurrence in
                var members: Members = ["icalString": .string(recurrence.icalString)]
                members["startDate"] = recurrence.startDate.map { .string($0.description) }
                members["endDate"] = recurrence.endDate.map { .string($0.description) }
                return .object(members)
            }
        )
    }
}
