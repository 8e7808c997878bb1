import SchedulerCore
import Testing

/// Recurring parents and waiting requests as a forecast gets them.
enum ForecastFixture {
    static let definition = MetadataObjectID(kind: .jobDefinition, package: "/acme", name: "Import")

    static func submission(_ schedule: JobSchedule? = nil, start: Timestamp? = nil) -> Submission {
        var submission = Submission(
            facts: RequestFacts(
                definitionID: definition,
                jobTypeID: MetadataObjectID(kind: .jobType, package: "/acme", name: "Type"),
                executor: .process,
                application: "Acme",
                submitter: "anna"
            )
        )
        submission.requestedStart = start
        if let schedule { submission.plan = RequestPlan(schedule: schedule) }
        return submission
    }

    /// A recurring parent, submitted at `now`, whose next instance waits for the first instant after `cursor`.
    static func parent(
        _ schedule: JobSchedule,
        number: Int64 = 10,
        now: Timestamp,
        after cursor: Timestamp? = nil,
        catchUp: CatchUpPolicy = .all,
        shape: (inout JobRequest) -> Void = { _ in }
    ) throws -> ForecastSource {
        var parent = JobRequest(
            lineage: .root(.recurParent, id: RequestID(number)),
            submission: submission(schedule, start: now),
            now: now
        )
        let occurrences = try Occurrences(schedule, start: now, end: nil)
        let instant = try #require(occurrences.next(after: cursor ?? occurrences.beforeFirst))
        let id = RequestID(number + 1)
        var next = JobRequest(
            lineage: try .child(.recurChild, of: parent, id: id),
            submission: submission(),
            now: now
        )
        next.scheduledTime = instant
        parent.kinship.nextInstance = id
        parent.kinship.cursor = instant
        shape(&parent)
        if parent.state == .hold { next.state = .hold }
        return ForecastSource(request: parent, schedule: schedule, catchUp: catchUp, next: next)
    }

    static func waiting(_ number: Int64, at start: Timestamp, now: Timestamp) -> JobRequest {
        JobRequest(lineage: .root(.singleton, id: RequestID(number)), submission: submission(start: start), now: now)
    }

    /// Runs that took so many seconds.
    static func usual(_ seconds: Int64...) -> [MetadataObjectID: UsualDuration] {
        UsualDuration(milliseconds: seconds.map { $0 * 1000 }).map { [definition: $0] } ?? [:]
    }
}

extension Forecast {
    /// When each entry is due and starts, as `06:00>06:10`, with its notes.
    var lines: [String] {
        entries.map { entry in
            let time = { (instant: Timestamp?) in
                instant.map { String($0.description.dropFirst(11).prefix(5)) } ?? "-"
            }
            return (["\(time(entry.instant))>\(time(entry.start))"] + entry.notes.map(\.rawValue))
                .joined(separator: " ")
        }
    }
}
