/// A schedule as the user names it: the id of a stored one, or rules.
enum ScheduleChoice: Sendable, Equatable {
    case stored(String)
    /// Rules of RFC 5545 and the zone that they are read in; nil = the server's.
    case rules([String], zone: String?)

    /// A rule has an `=`, which no id may have.
    init(parsing text: String) { self = text.contains("=") ? .rules([text], zone: nil) : .stored(text) }

    /// The member of a body that holds it.
    var member: (name: String, value: ReplyValue) {
        switch self {
        case .stored(let id): return ("scheduleId", .text(id))
        case .rules(let rules, let zone):
            var schedule: [String: ReplyValue] = [
                "recurrences": .list(rules.map { .object(["icalString": .text($0)]) })
            ]
            if let zone { schedule["timezone"] = .text(zone) }
            return ("schedule", .object(schedule))
        }
    }
}
