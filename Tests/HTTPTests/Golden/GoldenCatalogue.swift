import SchedulerCore

/// What the requests of the golden answers are made of; parameters stand in the order in which they are answered.
enum GoldenCatalogue {
    static let catalogue = TestCatalogue.catalogue(
        TestCatalogue.contents + [
            .jobDefinition(ledger), .jobDefinition(report), .jobDefinition(extract), .jobDefinition(convert),
            .jobSet(night), .schedule(daily),
        ]
    )

    private static func id(_ kind: MetadataKind, _ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: kind, package: "/acme/gl", name: name)
    }

    /// Runs on a logical cluster that no node lists, so that it waits.
    private static let ledger = JobDefinition(
        id: id(.jobDefinition, "Ledger"),
        displayName: "Post the ledger",
        description: "Posts journals to the general ledger.",
        jobType: BuiltInJobType.process.id,
        application: "Gl",
        parameters: [
            Parameter(name: "SYS_cmdLine", value: "/bin/true"), Parameter(name: "SYS_className", value: "Poster"),
            Parameter(name: "SYS_externalJobType", value: "BATCH"),
            Parameter(name: "SYS_logicalClusterName", value: "west"),
            Parameter(name: "SYS_requestExpiration", type: .long, value: "60"),
            Parameter(name: "token", value: "hush-hush", isSecret: true),
        ]
    )

    /// A process that is tried twice.
    private static let report = JobDefinition(
        id: id(.jobDefinition, "Report"),
        displayName: "Report",
        jobType: BuiltInJobType.process.id,
        parameters: [
            Parameter(name: "SYS_cmdLine", value: "/bin/report"),
            Parameter(name: "SYS_retries", type: .integer, value: "1"),
        ]
    )

    /// Asynchronous.
    private static let extract = JobDefinition(
        id: id(.jobDefinition, "Extract"),
        jobType: BuiltInJobType.http.id,
        parameters: [
            Parameter(name: "SYS_EXT_httpUrl", value: "https://jobs.example.org/extract"),
            Parameter(name: "SYS_EXT_httpMode", value: "async"),
        ]
    )

    /// With callouts before and after it.
    private static let convert = JobDefinition(
        id: id(.jobDefinition, "Convert"),
        jobType: BuiltInJobType.process.id,
        parameters: [
            Parameter(name: "SYS_cmdLine", value: "/bin/convert"),
            Parameter(name: "SYS_preProcess", value: "https://jobs.example.org/before"),
            Parameter(name: "SYS_postProcess", value: "https://jobs.example.org/after"),
        ]
    )

    private static let night = JobSet(
        id: id(.jobSet, "Night"),
        displayName: "Night",
        description: "What is done every night.",
        executionMode: .serial,
        steps: [JobSetStep(stepID: "convert", job: convert.id)]
    )

    private static let daily = StoredSchedule(
        id: id(.schedule, "Daily"),
        displayName: "Every day",
        description: "At six in the morning.",
        timezone: "Europe/Berlin",
        recurrences: [WrittenRecurrence(icalString: "FREQ=DAILY;BYHOUR=6;BYMINUTE=0;BYSECOND=0")]
    )
}
