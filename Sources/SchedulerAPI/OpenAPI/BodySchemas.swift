import SchedulerCore

/// Schemas of the bodies that operations read (REST §3).
enum BodySchemas {
    static let all: [(name: String, schema: APISchema)] = [
        ("SubmitRequest", submit), ("UpdateRequest", update), ("SubmitArgsRequest", arguments),
        ("RequestParameterInput", parameter), ("ScheduleInput", schedule),
        ("CallbackSubscriptionRequest", callback), ("RequestExecutionContext", execution),
        ("ExecutionStatusRequest", report), ("CheckInRequest", checkIn),
    ]

    private static let times = APISchema.text.about(
        "RFC 3339; seconds, fraction and offset may be left out. Without offset it is in the schedule's zone, else UTC."
    )

    private static let parameters = APISchema.list(of: .named("RequestParameterInput")).atMost(WireLimits.parametersMax)

    private static let submit = APISchema.body([
        "jobDefinitionId": .text.about("A job definition or job set: JobDefinition://package/Name, or package/Name."),
        "jobPackageName": .text.about("With jobDefinitionName in place of jobDefinitionId."),
        "jobDefinitionName": .text,
        "application": .text.about("That of the definition, unless said."),
        "description": .text,
        "product": .text,
        "requestCategory": .text,
        "requestLogLevel": .text.about("Handed to the job."),
        "requestParameters": parameters,
        "parameters": parameters.about("Read if requestParameters is absent or empty."),
        "schedule": .named("ScheduleInput"),
        "scheduleId": .text.about("A stored schedule, in place of an inline one."),
        "startTime": times,
        "endTime": times,
        "callbackSubscription": .named("CallbackSubscriptionRequest"),
        "requestExecutionContext": .named("RequestExecutionContext"),
        "executePast": .flag.about("Whether instances that are already past are made; true unless said."),
        "priority": .integer(in: WireLimits.priorityRange).about("9 is the highest, 4 the standard."),
        "requestTimeout": .integer(in: WireLimits.requestTimeoutMinutesRange).about("Minutes."),
        "retries": .integer(in: WireLimits.retriesRange),
    ])
    .with("anyOf", [["required": ["jobDefinitionId"]], ["required": ["jobPackageName", "jobDefinitionName"]]])

    private static let update = APISchema.body([
        "requestParameters": parameters,
        "schedule": .named("ScheduleInput"),
        "scheduleId": .text,
        "startTime": times,
        "endTime": times,
        "callbackSubscription": .named("CallbackSubscriptionRequest"),
    ])
    .about("At least one member; all or nothing, parameters first.")

    private static let arguments = APISchema.body([
        "application": .text,
        "arguments": .list(of: .either(argument, stepArguments)).about("In their order; a null takes a number only."),
        "requestParameters": parameters.about("The arguments are put into these, in the place of equals."),
    ])

    private static let argument = APISchema.scalar
    private static let stepArguments = APISchema.body(
        ["stepId": .text.length(1...Int64(Int32.max)), "arguments": .list(of: argument)],
        required: ["stepId", "arguments"]
    )

    private static let parameter = APISchema.body(
        [
            "name": .text.length(1...Int64(Int32.max)).about("submit.argumentN, or any."),
            "paramType": .oneOf(ParameterType.self).about("The declared type, unless said."),
            "value": .scalar.about("Numbers and booleans count as their text."),
            "scope": .text.about("Path of a step; absent: all steps."),
        ],
        required: ["name"]
    )

    private static let schedule = APISchema.body([
        "recurrences": .list(
            of: .body(
                ["icalString": .text.about("RRULE of RFC 5545."), "startDate": times, "endDate": times],
                required: ["icalString"]
            )
        ),
        "timezone": .text.about("IANA id; the server's own, unless said."),
        "inclusions": .list(of: times),
        "exclusions": .list(of: .text).about("Dates, or date-times."),
    ])
    .about("At least one recurrence or inclusion.")

    private static let callback = APISchema.body(
        [
            "callbackUrlPrefix": .text,
            "callbackResourcePath": .text,
            "securityScheme": .oneOf(CallbackSecurityScheme.self).with("default", "OWSM_GPA"),
            "accessTokenUri": .text.about("For DIRECT_OAUTH."),
            "clientId": .text.about("For OWSM_LPA and DIRECT_OAUTH."),
            "clientSecret": .text.with("writeOnly", true),
            "ouath2ClientCsfKey": .text.about("For OWSM_LPA: name of a stored secret."),
        ],
        required: ["callbackUrlPrefix", "callbackResourcePath"]
    )

    private static let execution = APISchema.body(
        ["requestHandle": .text, "requestId": .int64],
        required: ["requestHandle", "requestId"]
    )
    .about("Makes the submission a sub-request of that running request.")

    private static let report = APISchema.body(
        [
            "requestHandle": .text.about("What the job got when it was started; or header Escapement-Handle."),
            "status": .oneOf(ExecutionStatus.self),
            "statusMessage": .text.about("Error, warning or paused state, by status."),
        ],
        required: ["status"]
    )

    private static let checkIn = APISchema.body(
        ["requestExecutionContext": .text.about("The request's number, a comma, the handle.")],
        required: ["requestExecutionContext"]
    )
}
