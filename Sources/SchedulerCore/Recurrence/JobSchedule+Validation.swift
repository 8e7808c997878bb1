extension JobSchedule {
    /// What a schedule must fulfil to be taken (REST §3.3, administration §1.4).
    ///
    /// Fails with ESS-04007 without recurrence and inclusion, ESS-04004 for an unknown zone, ESS-04005 for an `endDate`
    /// that is not after its `startDate`, ESS-05008 for a list that is too long.
    package func validate() throws(SchedulerError) {
        guard !recurrences.isEmpty || !inclusions.isEmpty else { throw SchedulerError(4007) }
        try Self.check(recurrences.count, "recurrences", RecurrenceLimits.patternsMax)
        try Self.check(exclusionPatterns.count, "exclusionsDefinitions", RecurrenceLimits.patternsMax)
        try Self.check(inclusions.count, "inclusions", RecurrenceLimits.instantsMax)
        try Self.check(exclusions.count, "exclusions", RecurrenceLimits.instantsMax)
        _ = try ZoneRules(identifier: timezone)
        for pattern in recurrences + exclusionPatterns { try pattern.validate() }
    }
}

extension SchedulePattern {
    /// Fails with ESS-04005 if `endDate` is not after `startDate`.
    package func validate() throws(SchedulerError) {
        guard let startDate, let endDate, endDate <= startDate else { return }
        throw SchedulerError(4005, endDate.description, startDate.description)
    }
}

extension JobSchedule {
    private static func check(_ count: Int, _ member: String, _ most: Int) throws(SchedulerError) {
        guard count > most else { return }
        throw SchedulerError(5008, member, String(most))
    }
}
