extension CatalogueValidator {
    mutating func validate(_ schedule: StoredSchedule) {
        let id = schedule.id
        if schedule.recurrences.isEmpty, schedule.inclusions.isEmpty {
            report(id, "/recurrences", "a schedule has a recurrence or an inclusion")
        }
        if let timezone = schedule.timezone {
            do throws(SchedulerError) {
                _ = try ZoneRules(identifier: timezone)
            } catch {
                report(id, "/timezone", error.message)
            }
        }
        check(schedule.recurrences, of: id)
        checkCount(schedule.inclusions.count, RecurrenceLimits.instantsMax, "/inclusions", of: id)
        checkCount(schedule.exclusions.count, RecurrenceLimits.instantsMax, "/exclusions", of: id)
        checkDefinitions(of: schedule)
    }

    mutating func validate(_ definition: ExclusionsDefinition) {
        check(definition.recurrences, of: definition.id)
        checkCount(definition.dates.count, RecurrenceLimits.instantsMax, "/dates", of: definition.id)
    }

    private mutating func check(_ recurrences: [WrittenRecurrence], of id: MetadataObjectID) {
        checkCount(recurrences.count, RecurrenceLimits.patternsMax, "/recurrences", of: id)
        for (index, recurrence) in recurrences.enumerated() {
            do throws(SchedulerError) {
                _ = try recurrence.pattern(extensions: true)
            } catch {
                report(id, "/recurrences/\(index)/icalString", error.message)
            }
            if let start = recurrence.startDate, let end = recurrence.endDate, end <= start {
                report(id, "/recurrences/\(index)/endDate", "the end is not after the start")
            }
        }
    }

    /// What the schedule leaves out altogether is bounded as what it leaves out itself.
    private mutating func checkDefinitions(of schedule: StoredSchedule) {
        var seen: Set<MetadataObjectID> = []
        var dates = schedule.exclusions.count
        var patterns = 0
        for (index, reference) in schedule.exclusionsDefinitions.enumerated() {
            let path = "/exclusionsDefinitions/\(index)"
            if !seen.insert(reference).inserted { report(schedule.id, path, "\(reference) stands here twice") }
            guard case .exclusionsDefinition(let definition) = contents[reference] else { continue }
            dates += definition.dates.count
            patterns += definition.recurrences.count
        }
        guard !seen.isEmpty else { return }
        checkCount(dates, RecurrenceLimits.instantsMax, "/exclusionsDefinitions", of: schedule.id)
        checkCount(patterns, RecurrenceLimits.patternsMax, "/exclusionsDefinitions", of: schedule.id)
    }

    private mutating func checkCount(_ count: Int, _ most: Int, _ path: String, of id: MetadataObjectID) {
        if count > most { report(id, path, "more than \(most) of them") }
    }
}
