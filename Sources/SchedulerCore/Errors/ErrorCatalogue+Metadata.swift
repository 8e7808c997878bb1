/// Codes 03001 to 04007 and 11003: job definitions, applications, nodes and schedules that a call names.
extension ErrorCatalogue {
    static let metadata: [ErrorCatalogueEntry] = [
        .init(
            3001,
            404,
            "Job definition or job set {0} not found",
            ["jobDefinitionId"],
            cause: "The application knows no job definition and no job set of this id.",
            remedy: "Check package and name, upper and lower case included, and the application."
        ),
        .init(
            3002,
            400,
            "Error while parsing the metadata object ID string {0}",
            ["id"],
            cause: "The text is not of the form Kind://package/Name.",
            remedy: "Write the id as JobDefinition://package/Name."
        ),
        .init(
            3003,
            400,
            "Invalid metadata object type {0}",
            ["kind"],
            cause: "The kind in the id is unknown, reserved, or does not fit here.",
            remedy: "Begin the id with a kind that fits here, such as JobDefinition, JobSet or Schedule."
        ),
        .init(
            3004,
            404,
            "Schedule {0} not found",
            ["scheduleId"],
            cause: "There is no stored schedule of this id.",
            remedy: "Check package and name of the stored schedule, or send the schedule inline."
        ),
        .init(
            3005,
            404,
            "Application {0} not found",
            ["application"],
            cause: "No object, request or node names this application.",
            remedy: "Name an application that an object, a request or a node belongs to."
        ),
        .init(
            3006,
            404,
            "Cluster {0} not found",
            ["clusterName"],
            cause: "The server belongs to a cluster of another name.",
            remedy: "Check the name of the cluster."
        ),
        .init(
            3007,
            404,
            "Server {0} not found",
            ["serverName"],
            cause: "No node of the cluster has this name.",
            remedy: "Check the name, or leave it out to ask for all servers."
        ),
        .init(
            3008,
            400,
            "Step {0} does not exist in {1}",
            ["stepId", "jobSetId"],
            cause: "A parameter is meant for a step that the job set does not have.",
            remedy: "Use the id of a step of the job set, with dots between the levels of nested sets."
        ),
        .init(
            11003,
            400,
            "jobPackageName and jobDefinitionName must be given together",
            cause: "Of the older pair of names that stands for jobDefinitionId only one was sent.",
            remedy: "Send both members, or jobDefinitionId instead."
        ),
    ]

    static let schedules: [ErrorCatalogueEntry] = [
        .init(
            4001,
            400,
            "Only one of schedule and scheduleId may be given",
            cause: "A body holds both an inline schedule and the id of a stored one.",
            remedy: "Send the schedule inline or name a stored one, not both."
        ),
        .init(
            4002,
            400,
            "Invalid icalString at position {0}",
            ["position"],
            cause: "The recurrence rule breaks the grammar of RFC 5545.",
            remedy: "Correct the recurrence rule (RFC 5545) at the named position."
        ),
        .init(
            4003,
            400,
            "icalString part {0} is not supported",
            ["part"],
            cause: "The part goes beyond what the server accepts while recurrence.extensions is off.",
            remedy: "Leave the part out, or have the operator switch recurrence.extensions on."
        ),
        .init(
            4004,
            400,
            "Unknown time zone {0}",
            ["timezone"],
            cause: "The IANA database that the server uses has no zone of this name.",
            remedy: "Use a zone id of the IANA database, for example Europe/Berlin."
        ),
        .init(
            4005,
            400,
            "End {0} is not after start {1}",
            ["endTime", "startTime"],
            cause: "A window of time is empty or turned round.",
            remedy: "Choose an end later than the start."
        ),
        .init(
            4006,
            400,
            "The schedule has no occurrence left",
            cause: "All instants of the schedule are past, excluded, or outside of its window.",
            remedy: "Move start, end or exclusions so that at least one instant lies ahead."
        ),
        .init(
            4007,
            400,
            "The schedule is empty",
            cause: "The schedule has neither recurrences nor inclusions.",
            remedy: "Give the schedule at least one recurrence or inclusion."
        ),
    ]
}
