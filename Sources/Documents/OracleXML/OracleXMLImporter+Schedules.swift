import SchedulerCore

/// Schedules and exclusions definitions.
extension OracleXMLImporter {
    private static let dates = [
        "explicitdate", "date", "inclusion", "includedate", "inclusiondate", "datetime", "excludedate",
        "exclusiondate",
    ]
    private static let dateContainers = ["explicitdates", "dates", "inclusions"]

    func schedule(_ reader: inout ElementReader, _ members: inout MemberBuilder) -> Bool {
        let errors = report.errorCount
        let zone = zone(&reader)
        if let zone { members.add("timezone", zone) }
        var scope = ScheduleScope(zone: zone?.text)
        for recurrence in reader.children(["recurrence"], in: ["recurrences"]) {
            var recurrence = recurrence
            readRecurrence(&recurrence, &scope, into: \.recurrences)
        }
        // Dates of exclusions stand below elements of their own.
        readExclusions(&reader, &scope)
        for date in reader.children(Self.dates, in: Self.dateContainers) {
            var date = date
            readDate(&date, &scope, isExcluded: false)
        }
        if !scope.excludedRecurrences.isEmpty, report.errorCount == errors { addDefinition(reader, members, &scope) }
        members.add("recurrences", scope.recurrences)
        members.add("inclusions", scope.inclusions)
        members.add("exclusions", scope.exclusions)
        members.add("exclusionsDefinitions", scope.definitions)
        return true
    }

    func exclusionsDefinition(_ reader: inout ElementReader, _ members: inout MemberBuilder) -> Bool {
        var scope = ScheduleScope(zone: zone(&reader)?.text)
        readExclusion(&reader, &scope)
        members.add("dates", scope.exclusions)
        members.add("recurrences", scope.excludedRecurrences)
        for definition in scope.definitions {
            let place = ImportPlace(line: definition.line, path: reader.path)
            report.add(.ignored, place, "an exclusions definition does not refer to others")
        }
        return true
    }

    // MARK: - Zone

    /// The zone of the schedule, else the one that was given.
    private func zone(_ reader: inout ElementReader) -> FoundText? {
        let own = reader.text("timezone", "tz", "timezoneid")
        guard let zone = own ?? options.zone.map({ FoundText(raw: $0, place: reader.place) }) else { return nil }
        guard (try? ZoneRules(identifier: zone.text)) != nil else {
            report.add(.error, zone.place, "\(ImportReport.quoted(zone.text)) is no zone of the IANA database")
            return nil
        }
        if own == nil { report.add(.changed, reader.place, "names no zone and is of \(zone.text)") }
        return zone
    }

    // MARK: - Exclusions

    private func readExclusions(_ reader: inout ElementReader, _ scope: inout ScheduleScope) {
        for child in reader.children("exclusions", "exclusion", "exclusiondates", "excludedates") {
            var child = child
            readExclusion(&child, &scope)
            child.finish()
        }
        let definitions = reader.children(
            ["exclusionsdefinition", "exclusiondefinition", "exclusionsdefinitionid", "exclusionid"],
            in: ["exclusionsdefinitions", "exclusiondefinitions", "exclusionids"]
        )
        for definition in definitions {
            var definition = definition
            if let found = reference(of: &definition, to: .exclusionsDefinition) {
                scope.definitions.append(.text(found.text, line: found.place.line))
            }
            definition.finish()
        }
    }

    /// One exclusion: a date or an id, or dates, rules and exclusions in it. Whoever calls finishes the reader.
    private func readExclusion(_ reader: inout ElementReader, _ scope: inout ScheduleScope) {
        if reader.isLeaf, !reader.element.text.trimmingXMLBlanks.isEmpty {
            let text = reader.ownText()
            guard text.text.contains("/") else { return addDate(text, &scope, isExcluded: true) }
            if let found = reference(of: &reader, to: .exclusionsDefinition) {
                scope.definitions.append(.text(found.text, line: found.place.line))
            }
            return
        }
        for date in reader.children(Self.dates, in: Self.dateContainers) {
            var date = date
            readDate(&date, &scope, isExcluded: true)
        }
        for recurrence in reader.children(["recurrence"], in: ["recurrences"]) {
            var recurrence = recurrence
            readRecurrence(&recurrence, &scope, into: \.excludedRecurrences)
        }
        readExclusions(&reader, &scope)
    }

    /// Schedules hold no rules of exclusion: these become a document beside it.
    private func addDefinition(_ schedule: ElementReader, _ owner: MemberBuilder, _ scope: inout ScheduleScope) {
        // Without name or package the schedule is left out anyway.
        guard let owner = owner.text("name"), let package else { return }
        let name = owner + "_Exclusions"
        let line = schedule.element.line
        var members = MemberBuilder(line: line)
        members.add("kind", .string(MetadataKind.exclusionsDefinition.rawValue), line: line)
        members.add("package", .string(package), line: line)
        members.add("name", .string(name), line: line)
        members.add("recurrences", scope.excludedRecurrences)
        add(members.node, at: ImportPlace(line: line, path: schedule.path + "/exclusions"))
        scope.definitions.append(.text("\(package)/\(name)", line: line))
    }

    // MARK: - Dates

    private func readDate(_ reader: inout ElementReader, _ scope: inout ScheduleScope, isExcluded: Bool) {
        if reader.isLeaf {
            let text = reader.text("value", "date") ?? reader.ownText()
            addDate(text, &scope, isExcluded: isExcluded)
        } else if let text = composedDate(&reader) {
            addDate(text, &scope, isExcluded: isExcluded)
        } else {
            report.add(.error, reader.place, "names no date")
        }
        reader.finish()
    }

    /// A date by its parts: year, month and day, or a date, each with a time.
    private func composedDate(_ reader: inout ElementReader) -> FoundText? {
        let time = reader.text("time", "timeofday")
        let place = reader.place
        if let date = reader.text("date", "datetime", "value", "start") {
            return FoundText(raw: time.map { "\(date.text)T\($0.text)" } ?? date.text, place: date.place)
        }
        guard let year = reader.text("year"), let month = reader.text("month", "monthofyear"),
            let day = reader.text("day", "dayofmonth"), let monthNumber = OracleTime.month(month.text)
        else { return nil }
        let date = "\(year.text)-\(Self.twoDigits(String(monthNumber)))-\(Self.twoDigits(day.text))"
        return FoundText(raw: time.map { "\(date)T\(Self.fullTime($0.text))" } ?? date, place: place)
    }

    private static func twoDigits(_ text: String) -> String { text.utf8.count == 1 ? "0" + text : text }

    private static func fullTime(_ text: String) -> String {
        text.split(separator: ":", omittingEmptySubsequences: false).map { twoDigits(String($0)) }
            .joined(separator: ":")
    }

    private func addDate(_ found: FoundText, _ scope: inout ScheduleScope, isExcluded: Bool) {
        let text = OracleTime.normalised(found.text)
        if case .day(let day)? = ScheduleExclusion(text) {
            if isExcluded {
                scope.exclusions.append(.text(LocalClock.date(day), line: found.place.line))
            } else if let midnight = scope.clock.instant(text + "T00:00") {
                report.add(.changed, found.place, "is \(midnight), 00:00 in \(scope.zoneName)")
                scope.inclusions.append(.text(midnight.description, line: found.place.line))
            }
            return
        }
        guard let node = instant(found, scope) else { return }
        if isExcluded { scope.exclusions.append(node) } else { scope.inclusions.append(node) }
    }

    /// The instant of a date-time, which is reported where the file does not name the offset.
    func instant(_ found: FoundText, _ scope: ScheduleScope) -> DocumentNode? {
        let text = OracleTime.normalised(found.text)
        guard let instant = scope.clock.instant(text) else {
            report.add(.error, found.place, "\(ImportReport.quoted(found.text)) is no date-time")
            return nil
        }
        if DocumentClock(timezone: nil).instant(text + "Z") != nil {
            report.add(.mapped, found.place, "is \(instant), a time of \(scope.zoneName)")
        }
        return .text(instant.description, line: found.place.line)
    }
}
