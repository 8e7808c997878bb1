import SchedulerCore

extension ObjectDecoder {
    mutating func schedule() -> StoredSchedule? {
        let common = common(.schedule)
        let timezone = reader.string("timezone", bytesMax: MetadataLimits.labelBytesMax)
        let clock = DocumentClock(timezone: timezone)
        let recurrences = recurrences(clock)
        let inclusions = (reader.list("inclusions") ?? []).compactMap { item in
            time(item, "date-time") { clock.instant($0) }
        }
        let exclusions = exclusions("exclusions", clock)
        let definitions = references("exclusionsDefinitions", .exclusionsDefinition)
        let overlapPolicy = reader.choice("overlapPolicy", of: OverlapPolicy.allCases) ?? .defer
        let catchUpPolicy = reader.choice("catchUpPolicy", of: CatchUpPolicy.allCases)
        guard let id = common.id else { return nil }
        return StoredSchedule(
            id: id,
            displayName: common.displayName,
            description: common.description,
            timezone: timezone,
            recurrences: recurrences,
            inclusions: inclusions,
            exclusions: exclusions,
            exclusionsDefinitions: definitions,
            overlapPolicy: overlapPolicy,
            catchUpPolicy: catchUpPolicy
        )
    }

    mutating func exclusionsDefinition() -> ExclusionsDefinition? {
        let common = common(.exclusionsDefinition)
        let clock = DocumentClock(timezone: nil)
        let dates = exclusions("dates", clock)
        let recurrences = recurrences(clock)
        guard let id = common.id else { return nil }
        return ExclusionsDefinition(
            id: id,
            displayName: common.displayName,
            description: common.description,
            dates: dates,
            recurrences: recurrences
        )
    }

    private mutating func recurrences(_ clock: DocumentClock) -> [WrittenRecurrence] {
        (reader.list("recurrences") ?? []).compactMap { item in
            guard var members = MemberReader(item.node, item.path, reader.collector) else { return nil }
            let icalString = members.string("icalString", isRequired: true)
            let startDate = date("startDate", &members, clock)
            let endDate = date("endDate", &members, clock)
            members.finish()
            return icalString.map { WrittenRecurrence(icalString: $0, startDate: startDate, endDate: endDate) }
        }
    }

    private func date(_ name: String, _ members: inout MemberReader, _ clock: DocumentClock) -> Timestamp? {
        guard let text = members.string(name) else { return nil }
        let instant = clock.instant(text)
        if instant == nil { members.report(name, "\(text) is no date-time") }
        return instant
    }

    private mutating func exclusions(_ name: String, _ clock: DocumentClock) -> [ScheduleExclusion] {
        (reader.list(name) ?? []).compactMap { item in
            time(item, "date or date-time") { clock.exclusion($0) }
        }
    }

    private func time<Value>(_ item: MemberReader.Item, _ meaning: String, read: (String) -> Value?) -> Value? {
        guard let text = reader.string(item, bytesMax: MetadataLimits.labelBytesMax) else { return nil }
        let value = read(text)
        if value == nil { reader.collector.report(item.path, item.node.line, "\(text) is no \(meaning)") }
        return value
    }
}
