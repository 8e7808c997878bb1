import SchedulerCore

extension RequestParameterBody {
    /// A parameter as answers show it (REST §3.1): one without value by its name alone; nil of something else.
    init?(answer json: JSONValue) {
        guard let name = json.text("name") else { return nil }
        self.init(name: name, type: json.named("paramType"), value: json.text("value"), scope: json.text("scope"))
    }
}

extension ScheduleDetails {
    /// A schedule as answers show it (REST §3.3).
    init(answer json: JSONValue) {
        self.init(
            recurrences: json.list("recurrences").map { recurrence in
                Recurrence(
                    icalString: recurrence.text("icalString") ?? "",
                    startDate: recurrence.instant("startDate"),
                    endDate: recurrence.instant("endDate")
                )
            },
            inclusions: json.texts("inclusions").compactMap { Timestamp(rfc3339: $0) },
            exclusions: json.texts("exclusions").compactMap(Exclusion.init(answer:)),
            timezone: json.text("timezone"),
            name: json.text("name"),
            displayName: json.text("displayName"),
            description: json.text("description")
        )
    }
}

extension ScheduleDetails.Exclusion {
    fileprivate init?(answer text: String) {
        switch ExclusionInput(text) {
        case .day(let day): self = .day(day)
        case .instant(let input): self = .instant(input.instant)
        case nil: return nil
        }
    }
}
