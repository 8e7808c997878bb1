import SchedulerCore

/// Recurrences: an iCalendar expression, or fields.
extension OracleXMLImporter {
    func readRecurrence(
        _ reader: inout ElementReader,
        _ scope: inout ScheduleScope,
        into list: WritableKeyPath<ScheduleScope, [DocumentNode]>
    ) {
        let line = reader.element.line
        let start = reader.text("start", "startdate", "starttime").flatMap { instant($0, scope) }
        let end = reader.text("end", "enddate", "endtime").flatMap { instant($0, scope) }
        let count = count(&reader)
        let written = reader.text("icalexpression", "icalstring", "ical", "rrule", "expression")
        let rules: [FoundText]
        if let written {
            rules = [icalString(written)]
        } else if let frequency = reader.text("frequency", "freq") {
            guard !["ONCE", "NONE"].contains(frequency.text.uppercased()) else {
                readOnce(&reader, start, &scope, into: list)
                return
            }
            rules = fieldRules(&reader, frequency)
        } else {
            report.add(.error, reader.place, "has neither an expression nor a frequency")
            return reader.finish()
        }
        reader.finish()
        if rules.count > 1, let count {
            report.add(.error, count.place, "a count over times that need several rules")
            return
        }
        for rule in rules {
            guard let text = counted(rule, count) else { continue }
            var members = MemberBuilder(line: line)
            members.add("icalString", .string(text), line: rule.place.line)
            if let start { members.add("startDate", start.content, line: start.line) }
            if let end { members.add("endDate", end.content, line: end.line) }
            scope[keyPath: list].append(members.node)
        }
    }

    // MARK: - Expressions

    /// The rule without what Oracle allows around it.
    private func icalString(_ found: FoundText) -> FoundText {
        var text = found.text.filter { !$0.isWhitespace }
        if text != found.text { report.add(.changed, found.place, "blanks are dropped") }
        if text.hasSuffix(";") {
            text = String(text.reversed().drop { $0 == ";" }.reversed())
            report.add(.changed, found.place, "the ; at the end is dropped")
        }
        return FoundText(raw: text, place: found.place)
    }

    /// The rule with its COUNT, if it is a rule; reports what is wrong with it.
    private func counted(_ rule: FoundText, _ count: (value: Int, place: ImportPlace)?) -> String? {
        do throws(SchedulerError) {
            let parsed = try RecurrenceRule(icalString: rule.text, extensions: !options.isStrict)
            guard let count else { return rule.text }
            if options.isStrict {
                report.add(.error, count.place, "a count is an extension, and refused")
                return nil
            }
            if let own = parsed.count {
                if own == count.value { return rule.text }
                report.add(.error, count.place, "\(count.value) is not the COUNT=\(own) of the expression")
                return nil
            }
            let text = rule.text + ";COUNT=\(count.value)"
            _ = try RecurrenceRule(icalString: text, extensions: true)
            report.add(.mapped, count.place, "is COUNT=\(count.value)")
            return text
        } catch {
            report.add(.error, rule.place, "\(ImportReport.quoted(rule.text)): \(error.message)")
            return nil
        }
    }

    /// Nil without a count, and for 0, which is no limit.
    private func count(_ reader: inout ElementReader) -> (value: Int, place: ImportPlace)? {
        guard let found = reader.text("count", "occurrences") else { return nil }
        guard let value = Int(found.text), (0...RecurrenceLimits.countMax).contains(value) else {
            report.add(.error, found.place, "\(ImportReport.quoted(found.text)) is no count")
            return nil
        }
        guard value > 0 else {
            report.add(.mapped, found.place, "0 is no limit")
            return nil
        }
        return (value, found.place)
    }

    // MARK: - Fields

    /// One instant is an inclusion or exclusion.
    private func readOnce(
        _ reader: inout ElementReader,
        _ start: DocumentNode?,
        _ scope: inout ScheduleScope,
        into list: WritableKeyPath<ScheduleScope, [DocumentNode]>
    ) {
        if start != nil { report.add(.mapped, reader.place, "is one instant") }
        if let start, list == \.recurrences {
            scope.inclusions.append(start)
        } else if let start {
            scope.exclusions.append(start)
        } else {
            report.add(.error, reader.place, "happens once, but when it does not say")
        }
        reader.finish()
    }

    /// The rules of the fields; empty, and reported, where something is wrong with them.
    private func fieldRules(_ reader: inout ElementReader, _ found: FoundText) -> [FoundText] {
        let errors = report.errorCount
        let place = reader.place
        guard let frequency = RecurrenceFrequency(rawValue: found.text.uppercased()) else {
            report.add(.error, found.place, "\(ImportReport.quoted(found.text)) is no frequency")
            return []
        }
        var fields = RecurrenceFields(frequency: frequency)
        if let interval = reader.text("interval") {
            fields.interval = read(interval, "interval") { Int($0) } ?? 1
        }
        fields.months = words(reader.words("month", "months", "monthofyear", "monthsofyear"), "month", OracleTime.month)
        fields.times = words(reader.words("time", "times", "timeofday", "timesofday"), "time", OracleTime.secondOfDay)
        fields.weeks = words(reader.words("week", "weeks", "weekofmonth", "weeksofmonth"), "week", OracleTime.week)
        readDays(&reader, &fields)
        if let year = reader.words("year", "years").first {
            report.add(.error, year.place, "a rule cannot be bound to years; give it a start and an end")
        }
        if !fields.weeks.isEmpty, fields.weekdays.isEmpty {
            report.add(.error, place, "weeks of the month without days of the week")
        }
        guard report.errorCount == errors else { return [] }
        let rules = fields.rules
        report.add(.mapped, place, "is \(rules.joined(separator: " and "))")
        return rules.map { FoundText(raw: $0, place: place) }
    }

    /// A day is one of the week by its name, one of the month by its number.
    private func readDays(_ reader: inout ElementReader, _ fields: inout RecurrenceFields) {
        for day in reader.words("day", "days") {
            if let weekday = OracleTime.weekday(day.text) {
                fields.weekdays.append(weekday)
            } else if let monthDay = read(day, "day", OracleTime.monthDay) {
                fields.monthDays.append(monthDay)
            }
        }
        fields.monthDays += words(
            reader.words("dayofmonth", "daysofmonth", "monthday", "monthdays"),
            "day of the month",
            OracleTime.monthDay
        )
        fields.weekdays += words(
            reader.words("dayofweek", "daysofweek", "weekday", "weekdays"),
            "day of the week",
            OracleTime.weekday
        )
    }

    private func words<Value>(_ found: [FoundText], _ meaning: String, _ value: (String) -> Value?) -> [Value] {
        found.compactMap { read($0, meaning, value) }
    }

    private func read<Value>(_ found: FoundText, _ meaning: String, _ value: (String) -> Value?) -> Value? {
        let value = value(found.text)
        if value == nil { report.add(.error, found.place, "\(ImportReport.quoted(found.text)) is no \(meaning)") }
        return value
    }
}
