package import SchedulerCore

/// What a schedule will do (administration §6.3).
package struct PreviewView: AnswerView {
    package let json: JSONValue
    package let instants: [Instant]

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        guard json["instants"]?.kind == .array else { throw .unreadable("holds no list of instants") }
        instants = try json.views("instants")
    }

    /// The schedule in words.
    package var text: String? { json.text("text") }

    package struct Instant: AnswerView {
        package let json: JSONValue
        /// RFC 3339.
        package let utc: String

        package init(_ json: JSONValue) throws(ClientError) {
            self.json = json
            utc = try json.needed("utc", json.text)
        }

        package var time: Timestamp? { Timestamp(rfc3339: utc) }
        /// In the schedule's zone.
        package var local: String? { json.text("local") }
        package var notes: [PreviewNote] { json.names("notes") }
    }
}

/// What will start (administration §6.3).
package struct ForecastView: AnswerView {
    package let json: JSONValue
    /// Soonest first.
    package let items: [Start]

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        guard json["items"]?.kind == .array else { throw .unreadable("holds no list of starts") }
        items = try json.views("items")
    }

    /// Whether more will start than is here.
    package var truncated: Bool { json.flag("truncated") == true }
    /// Where to go on; RFC 3339.
    package var nextFrom: String? { json.text("nextFrom") }

    package struct Start: AnswerView {
        package let json: JSONValue

        package init(_ json: JSONValue) { self.json = json }

        package var scheduledTime: Timestamp? { json.instant("scheduledTime") }
        /// Nil where nobody can foresee it.
        package var startTime: Timestamp? { json.instant("startTime") }
        package var endTime: Timestamp? { json.instant("endTime") }
        package var jobDefinitionId: String? { json.text("jobDefinitionId") }
        package var requestId: RequestID? { json.requestID("requestId") }
        package var parentRequestId: RequestID? { json.requestID("parentRequestId") }
        package var notes: [ForecastNote] { json.names("notes") }
    }
}
